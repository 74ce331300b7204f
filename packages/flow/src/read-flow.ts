import { HolonError, textOf } from './errors.ts';
import type { GivenOptions, NamedOptions } from './options.ts';

/** A function that is called with whatever a flow is given. */
export type AnyFunction = (...args: unknown[]) => unknown;

/** A flow as its author wrote it, in whichever form. */
export interface WrittenFlow {
  readonly fn: AnyFunction;
  readonly functionName: string | undefined;
  readonly onError: AnyFunction | undefined;
  readonly given: GivenOptions;
}

/**
 * Reads what `flow()` was given: `(fn, options?)`, `(name, fn, options?)` or `({ fn, onError?, …options })`.
 *
 * @throws HolonError `invalid-flow` when that is no flow, `invalid-option` for `onError` in the wrong place
 */
export function readFlow(args: readonly unknown[]): WrittenFlow {
  const [first] = args;
  if (typeof first === 'object' && first !== null && !Array.isArray(first)) return readSpec(first, args.length);
  const name = typeof first === 'string' ? first : undefined;
  const [fn, options] = name === undefined ? args : args.slice(1);
  checkFunction(fn, `flow(${name === undefined ? '' : `${textOf(name)}, `}…)`);
  if (typeof options === 'object' && options !== null && 'onError' in options) {
    throw new HolonError(
      'invalid-option',
      `flow ${textOf(name ?? functionNameOf(fn) ?? 'anonymous')}: onError stands beside the function: flow({ fn, onError, … }).`,
    );
  }
  return {
    fn,
    functionName: functionNameOf(fn),
    onError: undefined,
    given: { name, options: options as NamedOptions | undefined, alsoKnown: ['name'] },
  };
}

function readSpec(spec: object, count: number): WrittenFlow {
  const { fn, onError, ...options } = spec as NamedOptions & { readonly fn?: unknown; readonly onError?: unknown };
  checkFunction(fn, 'flow({…}): fn');
  if (onError !== undefined) checkFunction(onError, 'flow({…}): onError');
  if (count > 1) throw new HolonError('invalid-flow', 'flow({…}): it takes one object; options go into that.');
  const name = functionNameOf(fn);
  return {
    fn,
    // The name that `{ fn: (x) => … }` gives the function says nothing.
    functionName: name === 'fn' ? undefined : name,
    onError,
    given: { options, alsoKnown: ['name', 'fn', 'onError'] },
  };
}

function checkFunction(value: unknown, what: string): asserts value is AnyFunction {
  if (typeof value !== 'function') throw new HolonError('invalid-flow', `${what}: ${textOf(value)} is not a function.`);
}

/** The name that a function has of itself. */
export function functionNameOf(fn: AnyFunction): string | undefined {
  const name: unknown = fn.name;
  return typeof name === 'string' && name !== '' ? name.replace(/^(?:bound )+/u, '') || undefined : undefined;
}
