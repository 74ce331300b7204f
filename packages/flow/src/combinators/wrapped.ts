import type { Flow, InputTo } from '../flow.ts';

/** Any function, whatever its parameters: a step, a child. */
export type AnyFunction = (...args: never[]) => unknown;

/** A flow around `F` that takes what `F` takes, its `Args`, and gives a promise of what comes `Out`. */
export type Wrapped<
  F,
  Args extends readonly unknown[] = F extends AnyFunction ? Parameters<F> : never,
  Out = F extends AnyFunction ? ReturnType<F> : never,
> = Flow<InputTo<F, Args>, Promise<Awaited<Out>>, Args>;
