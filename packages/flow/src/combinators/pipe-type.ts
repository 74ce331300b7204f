import type { Flow, InputTo } from '../flow.ts';
import type { Chained } from './chained.ts';
import type { PipeInferring } from './pipe-inferring.ts';

type Step = (...args: never[]) => unknown;

/** A step after the name: by its methods, since a call signature here would make a returned literal's type circular. */
interface FirstStep {
  readonly call: unknown;
  readonly apply: unknown;
}
/** What may stand after `Before` in a call of `pipe`: a step that takes what the one before gives. */
type After<Before> = Before extends (...args: never[]) => infer Out ? (input: Awaited<Out>) => unknown : FirstStep;

type OutsOf<Steps extends readonly unknown[]> = {
  [K in keyof Steps]: Steps[K] extends (...args: never[]) => infer Out ? Out : never;
};
/** The flow of these steps, a name before them left out. */
export type PipeOf<Given extends readonly unknown[]> = Given extends readonly [string, ...infer Steps]
  ? PipeOf<Steps>
  : Given extends readonly [(...args: infer Args) => unknown, ...unknown[]]
    ? OutsOf<Given> extends readonly [...unknown[], infer Last]
      ? Flow<InputTo<Given[0], Args>, Chained<OutsOf<Given>, Last>, Args>
      : never
    : never;

/**
 * Of none, of one, of a list; and again the up to sixteen steps of {@link PipeInferring}, with or without a name before them.
 *
 * Each argument is inferred as what it is and checked against the one before it, so that one family of
 * overloads serves with and without a name, and a mistake is reported at the step that is wrong.
 */
interface PipeChecking {
  /** No steps: it gives what it is given. */
  <T = unknown>(): Flow<T, T>;
  <T = unknown>(name: string): Flow<T, T>;
  /** A list whose length is known only when it runs: every step takes and gives the same type. */
  <T, Out extends T | Promise<T>>(steps: readonly ((value: T) => Out)[]): Flow<T, Out>;
  <T, Out extends T | Promise<T>>(name: string, steps: readonly ((value: T) => Out)[]): Flow<T, Out>;
  <A extends Step>(a: A): PipeOf<[A]>;
  <A extends Step | string, B>(a: A, b: After<A> & B): PipeOf<[A, B]>;
  <A extends Step | string, B, C>(a: A, b: After<A> & B, c: After<B> & C): PipeOf<[A, B, C]>;
  <A extends Step | string, B, C, D>(a: A, b: After<A> & B, c: After<B> & C, d: After<C> & D): PipeOf<[A, B, C, D]>;
  <A extends Step | string, B, C, D, E>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
  ): PipeOf<[A, B, C, D, E]>;
  <A extends Step | string, B, C, D, E, F>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
  ): PipeOf<[A, B, C, D, E, F]>;
  <A extends Step | string, B, C, D, E, F, G>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
  ): PipeOf<[A, B, C, D, E, F, G]>;
  <A extends Step | string, B, C, D, E, F, G, H>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
  ): PipeOf<[A, B, C, D, E, F, G, H]>;
  <A extends Step | string, B, C, D, E, F, G, H, I>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
  ): PipeOf<[A, B, C, D, E, F, G, H, I]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K, L>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
    l: After<K> & L,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K, L]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K, L, M>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
    l: After<K> & L,
    m: After<L> & M,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K, L, M]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K, L, M, N>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
    l: After<K> & L,
    m: After<L> & M,
    n: After<M> & N,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K, L, M, N]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K, L, M, N, O>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
    l: After<K> & L,
    m: After<L> & M,
    n: After<M> & N,
    o: After<N> & O,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
    l: After<K> & L,
    m: After<L> & M,
    n: After<M> & N,
    o: After<N> & O,
    p: After<O> & P,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P]>;
  <A extends Step | string, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q>(
    a: A,
    b: After<A> & B,
    c: After<B> & C,
    d: After<C> & D,
    e: After<D> & E,
    f: After<E> & F,
    g: After<F> & G,
    h: After<G> & H,
    i: After<H> & I,
    j: After<I> & J,
    k: After<J> & K,
    l: After<K> & L,
    m: After<L> & M,
    n: After<M> & N,
    o: After<N> & O,
    p: After<O> & P,
    q: After<P> & Q,
  ): PipeOf<[A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q]>;
}

/** The type of `pipe`: the first family infers, the second has the last word, and so says what is wrong. */
export type Pipe = PipeInferring & PipeChecking;
