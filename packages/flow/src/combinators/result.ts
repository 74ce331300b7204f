import { HolonError, isHolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';

/** A value, or what went wrong instead. */
export type Fallible<T, E = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * A flow that gets and gives failures as values: an error it is given passes through, the same object; what it throws
 * becomes one. Always a promise, which rejects only when it is canceled.
 *
 * @throws HolonError `invalid-input`, when it runs, for what is neither `{ ok: true, value }` nor `{ ok: false, error }`
 *
 * @example
 * const parse = result((text: string) => JSON.parse(text) as unknown);
 * await parse({ ok: true, value: '[1]' }); // { ok: true, value: [1] }
 * (await parse({ ok: true, value: '[' })).ok; // false
 * await parse({ ok: false, error: 'no file' }); // { ok: false, error: 'no file' }
 */
export function result<In, Out, E = unknown>(
  child: (input: In) => Out,
): Flow<Fallible<In, E>, Promise<Fallible<Awaited<Out>, E>>>;
export function result<In, Out, E = unknown>(
  name: string,
  child: (input: In) => Out,
): Flow<Fallible<In, E>, Promise<Fallible<Awaited<Out>, E>>>;
export function result(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('result', given);
  const child = slot(rest[0]);
  const ok = { id: 'ok', shape: 'choice', label: 'ok?' } as const;
  return combinator({
    kind: 'result',
    name,
    alwaysPromise: true,
    picture: {
      slots: [child],
      marks: [ok],
      edges: [
        { from: 'in', to: ok },
        { from: ok, to: child, label: 'yes', when: true },
        { from: ok, to: 'out', label: 'no', when: false },
        { from: child, to: 'out' },
      ],
    },
    run: async (input, port) => {
      const before = oneInput(input);
      if (!isFallible(before)) {
        throw new HolonError(
          'invalid-input',
          `${where} takes { ok: true, value } or { ok: false, error }; it was given ${textOf(before)}.`,
        );
      }
      if (!port.choose('ok', before.ok)) return before;
      try {
        return { ok: true, value: await port.call(child, 'value' in before ? before.value : undefined) };
      } catch (error) {
        if (isHolonError(error, 'canceled')) throw error;
        return { ok: false, error };
      }
    },
  });
}

function isFallible(value: unknown): value is Fallible<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean';
}
