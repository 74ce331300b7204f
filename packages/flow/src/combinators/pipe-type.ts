import type { Flow } from '../flow.ts';
import type { Chained } from './chained.ts';

type Head<Args extends readonly unknown[]> = Args extends readonly [infer One]
  ? One
  : Args extends readonly []
    ? void
    : Args;
type Piped<Args extends readonly unknown[], Outs extends readonly unknown[], Last> = Flow<
  Head<Args>,
  Chained<Outs, Last>,
  Args
>;
type Next<From, To> = (input: Awaited<From>) => To;

/**
 * The type of `pipe`: one to eight typed steps, or a list of steps of one type. Plain overloads, and
 * twice, because only they let each step's parameter be inferred from the step before; with an
 * optional name through a tuple type TypeScript infers `unknown` from the third step on.
 */
export interface Pipe {
  <A extends unknown[], B>(a: (...args: A) => B): Piped<A, [B], B>;
  <A extends unknown[], B, C>(a: (...args: A) => B, b: Next<B, C>): Piped<A, [B, C], C>;
  <A extends unknown[], B, C, D>(a: (...args: A) => B, b: Next<B, C>, c: Next<C, D>): Piped<A, [B, C, D], D>;
  <A extends unknown[], B, C, D, E>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
  ): Piped<A, [B, C, D, E], E>;
  <A extends unknown[], B, C, D, E, F>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
  ): Piped<A, [B, C, D, E, F], F>;
  <A extends unknown[], B, C, D, E, F, G>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
  ): Piped<A, [B, C, D, E, F, G], G>;
  <A extends unknown[], B, C, D, E, F, G, H>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
    g: Next<G, H>,
  ): Piped<A, [B, C, D, E, F, G, H], H>;
  <A extends unknown[], B, C, D, E, F, G, H, I>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
    g: Next<G, H>,
    h: Next<H, I>,
  ): Piped<A, [B, C, D, E, F, G, H, I], I>;
  <A extends unknown[], B>(name: string, a: (...args: A) => B): Piped<A, [B], B>;
  <A extends unknown[], B, C>(name: string, a: (...args: A) => B, b: Next<B, C>): Piped<A, [B, C], C>;
  <A extends unknown[], B, C, D>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
  ): Piped<A, [B, C, D], D>;
  <A extends unknown[], B, C, D, E>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
  ): Piped<A, [B, C, D, E], E>;
  <A extends unknown[], B, C, D, E, F>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
  ): Piped<A, [B, C, D, E, F], F>;
  <A extends unknown[], B, C, D, E, F, G>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
  ): Piped<A, [B, C, D, E, F, G], G>;
  <A extends unknown[], B, C, D, E, F, G, H>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
    g: Next<G, H>,
  ): Piped<A, [B, C, D, E, F, G, H], H>;
  <A extends unknown[], B, C, D, E, F, G, H, I>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
    g: Next<G, H>,
    h: Next<H, I>,
  ): Piped<A, [B, C, D, E, F, G, H, I], I>;
  /** A list whose length is known only when it runs: every step takes and gives the same type. */
  <T, Out extends T | Promise<T>>(steps: readonly ((value: T) => Out)[]): Flow<T, Out>;
  <T, Out extends T | Promise<T>>(name: string, steps: readonly ((value: T) => Out)[]): Flow<T, Out>;
}
