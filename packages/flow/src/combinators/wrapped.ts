import type { Flow, InputTo } from '../flow.ts';

/** Any function, whatever its parameters: a step, a child. */
export type AnyFunction = (...args: never[]) => unknown;

/** A flow that takes what `F` takes, and gives a promise: of what `F` comes to, unless `Out` says otherwise. */
export type Wrapped<F extends AnyFunction, Out = Awaited<ReturnType<F>>> = Flow<
  InputTo<F, Parameters<F>>,
  Promise<Out>,
  Parameters<F>
>;
