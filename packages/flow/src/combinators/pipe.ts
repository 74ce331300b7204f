import type { Edge, Slot } from '../definition.ts';
import { HolonError } from '../errors.ts';
import { type Flow, combinator, slot } from '../flow.ts';
import { type Port, isPromiseLike } from '../port.ts';

type IsPromise<T> = T extends PromiseLike<unknown> ? true : false;

/** What a chain ending in `Last` returns: a promise when any of its steps returns one. */
export type Chained<Outs extends readonly unknown[], Last> = true extends IsPromise<Outs[number]> ? Promise<Awaited<Last>> : Last;

type Head<Args extends readonly unknown[]> = Args extends readonly [infer One] ? One : Args extends readonly [] ? void : Args;
type Next<From, To> = (input: Awaited<From>) => To;

/** The type of {@link pipe}: up to twelve typed steps, then a list. */
export interface Pipe {
  <A extends unknown[], B>(a: (...args: A) => B): Flow<Head<A>, B, A>;
  <A extends unknown[], B, C>(a: (...args: A) => B, b: Next<B, C>): Flow<Head<A>, Chained<[B, C], C>, A>;
  <A extends unknown[], B, C, D>(a: (...args: A) => B, b: Next<B, C>, c: Next<C, D>): Flow<Head<A>, Chained<[B, C, D], D>, A>;
  <A extends unknown[], B, C, D, E>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
  ): Flow<Head<A>, Chained<[B, C, D, E], E>, A>;
  <A extends unknown[], B, C, D, E, F>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
  ): Flow<Head<A>, Chained<[B, C, D, E, F], F>, A>;
  <A extends unknown[], B, C, D, E, F, G>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
  ): Flow<Head<A>, Chained<[B, C, D, E, F, G], G>, A>;
  <A extends unknown[], B, C, D, E, F, G, H>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
    g: Next<G, H>,
  ): Flow<Head<A>, Chained<[B, C, D, E, F, G, H], H>, A>;
  <A extends unknown[], B, C, D, E, F, G, H, I>(
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
    g: Next<G, H>,
    h: Next<H, I>,
  ): Flow<Head<A>, Chained<[B, C, D, E, F, G, H, I], I>, A>;
  /** A list whose length is known only when it runs: every step takes and gives the same type. */
  <T>(...steps: readonly ((value: T) => T | Promise<T>)[]): Flow<T, T | Promise<T>>;
}

/** {@link pipe} with a name before the steps. */
type NamedPipe = {
  <A extends unknown[], B>(name: string, a: (...args: A) => B): Flow<Head<A>, B, A>;
  <A extends unknown[], B, C>(name: string, a: (...args: A) => B, b: Next<B, C>): Flow<Head<A>, Chained<[B, C], C>, A>;
  <A extends unknown[], B, C, D>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
  ): Flow<Head<A>, Chained<[B, C, D], D>, A>;
  <A extends unknown[], B, C, D, E>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
  ): Flow<Head<A>, Chained<[B, C, D, E], E>, A>;
  <A extends unknown[], B, C, D, E, F>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
  ): Flow<Head<A>, Chained<[B, C, D, E, F], F>, A>;
  <A extends unknown[], B, C, D, E, F, G>(
    name: string,
    a: (...args: A) => B,
    b: Next<B, C>,
    c: Next<C, D>,
    d: Next<D, E>,
    e: Next<E, F>,
    f: Next<F, G>,
  ): Flow<Head<A>, Chained<[B, C, D, E, F, G], G>, A>;
};

/**
 * Steps one after another: each gets what the one before it gave. Synchronous while its steps are.
 * An optional name comes first. Fails as the step that fails; later steps don't start.
 *
 * @example
 * const shout = pipe(trim, upperCase);
 */
export const pipe: Pipe & NamedPipe = (...given: unknown[]): never => {
  const [name, steps] = typeof given[0] === 'string' ? [given[0], given.slice(1)] : [undefined, given];
  if (steps.length === 0) throw new HolonError('invalid-flow', 'pipe() needs at least one step.');
  const slots = steps.map((step) => slot(step));
  return combinator({
    kind: 'pipe',
    name,
    picture: { slots, marks: [], edges: chainEdges(slots) },
    run: (input, port) => runFrom(slots, 0, input, port),
  }) as never;
};

function runFrom(slots: readonly Slot[], start: number, input: unknown, port: Port): unknown {
  let value = input;
  for (let i = start; i < slots.length; i++) {
    const result = port.call(slots[i]!, value);
    if (isPromiseLike(result)) return awaitFrom(slots, i + 1, result, port);
    value = result;
  }
  return value;
}

async function awaitFrom(slots: readonly Slot[], start: number, first: PromiseLike<unknown>, port: Port): Promise<unknown> {
  let value = await first;
  for (let i = start; i < slots.length; i++) {
    const result = port.call(slots[i]!, value);
    value = isPromiseLike(result) ? await result : result;
  }
  return value;
}

function chainEdges(slots: readonly Slot[]): Edge[] {
  const ends = ['in' as const, ...slots, 'out' as const];
  return ends.slice(1).map((to, i) => ({ from: ends[i]!, to }));
}
