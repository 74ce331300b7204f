import type { Flow, InputTo } from '../flow.ts';
import type { Chained } from './chained.ts';
import type { AnyFunction } from './wrapped.ts';

/** What comes out of a function, awaited. */
type From<F extends AnyFunction> = Awaited<ReturnType<F>>;
/** The flow that begins with `A`; `Outs` is what its steps return, `Last` the last of them. */
type Begun<A extends AnyFunction, Outs extends readonly unknown[], Last> = Flow<
  InputTo<A, Parameters<A>>,
  Chained<[ReturnType<A>, ...Outs], Last>,
  Parameters<A>
>;

/**
 * Up to sixteen steps, with or without a name before them, each told what it gets: so a step that is made in the call, such
 * as `tap((user) => …)` or `sleep('1s')`, needs no annotation. Of calls that fit none, nothing good would be said
 * here: that is what the overloads after these are for.
 */
export interface PipeInferring {
  <A extends AnyFunction, B>(a: A, b: (input: From<A>) => B): Begun<A, [B], B>;
  <A extends AnyFunction, B>(name: string, a: A, b: (input: From<A>) => B): Begun<A, [B], B>;
  <A extends AnyFunction, B, C>(a: A, b: (input: From<A>) => B, c: (input: Awaited<B>) => C): Begun<A, [B, C], C>;
  <A extends AnyFunction, B, C>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
  ): Begun<A, [B, C], C>;
  <A extends AnyFunction, B, C, D>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
  ): Begun<A, [B, C, D], D>;
  <A extends AnyFunction, B, C, D>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
  ): Begun<A, [B, C, D], D>;
  <A extends AnyFunction, B, C, D, E>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
  ): Begun<A, [B, C, D, E], E>;
  <A extends AnyFunction, B, C, D, E>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
  ): Begun<A, [B, C, D, E], E>;
  <A extends AnyFunction, B, C, D, E, F>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
  ): Begun<A, [B, C, D, E, F], F>;
  <A extends AnyFunction, B, C, D, E, F>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
  ): Begun<A, [B, C, D, E, F], F>;
  <A extends AnyFunction, B, C, D, E, F, G>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
  ): Begun<A, [B, C, D, E, F, G], G>;
  <A extends AnyFunction, B, C, D, E, F, G>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
  ): Begun<A, [B, C, D, E, F, G], G>;
  <A extends AnyFunction, B, C, D, E, F, G, H>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
  ): Begun<A, [B, C, D, E, F, G, H], H>;
  <A extends AnyFunction, B, C, D, E, F, G, H>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
  ): Begun<A, [B, C, D, E, F, G, H], H>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
  ): Begun<A, [B, C, D, E, F, G, H, I], I>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
  ): Begun<A, [B, C, D, E, F, G, H, I], I>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
  ): Begun<A, [B, C, D, E, F, G, H, I, J], J>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
  ): Begun<A, [B, C, D, E, F, G, H, I, J], J>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K], K>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K], K>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L], L>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L], L>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M], M>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M], M>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M, N>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
    n: (input: Awaited<M>) => N,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M, N], N>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M, N>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
    n: (input: Awaited<M>) => N,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M, N], N>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M, N, O>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
    n: (input: Awaited<M>) => N,
    o: (input: Awaited<N>) => O,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M, N, O], O>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M, N, O>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
    n: (input: Awaited<M>) => N,
    o: (input: Awaited<N>) => O,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M, N, O], O>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
    n: (input: Awaited<M>) => N,
    o: (input: Awaited<N>) => O,
    p: (input: Awaited<O>) => P,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M, N, O, P], P>;
  <A extends AnyFunction, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(
    name: string,
    a: A,
    b: (input: From<A>) => B,
    c: (input: Awaited<B>) => C,
    d: (input: Awaited<C>) => D,
    e: (input: Awaited<D>) => E,
    f: (input: Awaited<E>) => F,
    g: (input: Awaited<F>) => G,
    h: (input: Awaited<G>) => H,
    i: (input: Awaited<H>) => I,
    j: (input: Awaited<I>) => J,
    k: (input: Awaited<J>) => K,
    l: (input: Awaited<K>) => L,
    m: (input: Awaited<L>) => M,
    n: (input: Awaited<M>) => N,
    o: (input: Awaited<N>) => O,
    p: (input: Awaited<O>) => P,
  ): Begun<A, [B, C, D, E, F, G, H, I, J, K, L, M, N, O, P], P>;
}
