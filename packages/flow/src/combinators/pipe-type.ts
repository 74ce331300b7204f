import type { Flow, InputTo } from '../flow.ts';
import type { Chained } from './chained.ts';

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
type PipeOf<Given extends readonly unknown[]> = Given extends readonly [string, ...infer Steps]
  ? PipeOf<Steps>
  : Given extends readonly [(...args: infer Args) => unknown, ...unknown[]]
    ? OutsOf<Given> extends readonly [...unknown[], infer Last]
      ? Flow<InputTo<Given[0], Args>, Chained<OutsOf<Given>, Last>, Args>
      : never
    : never;

/**
 * The type of `pipe`: up to nine arguments, the first of which may be a name, or a list of steps.
 *
 * Each argument is inferred as what it is and checked against the one before it, so that one family of
 * overloads serves with and without a name, and a mistake is reported at the step that is wrong.
 */
export interface Pipe {
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
}
