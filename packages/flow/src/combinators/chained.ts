/** Whether a body that returns `Out` has to be awaited: always, never, or sometimes (`any`, `T | Promise<T>`). */
type Waits<Out> = 0 extends 1 & Out
  ? 'sometimes'
  : [Out] extends [never]
    ? 'never'
    : [Out] extends [PromiseLike<unknown>]
      ? 'always'
      : [Extract<Out, PromiseLike<unknown>>] extends [never]
        ? 'never'
        : 'sometimes';

/** {@link Waits} for each of a tuple or record of outputs, as a union. */
export type WaitsOf<Outs> = { [K in keyof Outs]: Waits<Outs[K]> }[keyof Outs &
  (Outs extends readonly unknown[] ? number : keyof Outs)];

/** What a chain of bodies returning `Outs` gives, `Last` being the last: a promise when one of them does. */
export type Chained<Outs extends readonly unknown[], Last> =
  'always' extends WaitsOf<Outs>
    ? Promise<Awaited<Last>>
    : 'sometimes' extends WaitsOf<Outs>
      ? Awaited<Last> | Promise<Awaited<Last>>
      : Last;

/** What one of several bodies gives, known only when it runs: a promise when all of them do, perhaps one when some do. */
export type OneOf<Outs extends Readonly<Record<string, unknown>>> = [WaitsOf<Outs>] extends ['always']
  ? Promise<Awaited<Outs[keyof Outs]>>
  : [WaitsOf<Outs>] extends ['never']
    ? Outs[keyof Outs]
    : Awaited<Outs[keyof Outs]> | Promise<Awaited<Outs[keyof Outs]>>;
