import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';

/** A value, or none. */
export type Maybe<T> = T | null | undefined;

/**
 * A flow for a value that may be missing: `null` and `undefined` pass through as they are. Always a promise.
 *
 * @throws what the flow throws
 *
 * @example
 * const initial = maybe((name: string) => name[0]);
 * await Promise.all([initial('Ada'), initial(null)]); // ['A', null]
 */
export function maybe<In, Out>(child: (input: In) => Out): Flow<Maybe<In>, Promise<Maybe<Awaited<Out>>>>;
export function maybe<In, Out>(name: string, child: (input: In) => Out): Flow<Maybe<In>, Promise<Maybe<Awaited<Out>>>>;
export function maybe(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('maybe', given);
  const child = slot(rest[0]);
  const there = { id: 'there', shape: 'choice', label: 'there?' } as const;
  return combinator({
    kind: 'maybe',
    name,
    alwaysPromise: true,
    picture: {
      slots: [child],
      marks: [there],
      edges: [
        { from: 'in', to: there },
        { from: there, to: child, label: 'yes', when: true },
        { from: there, to: 'out', label: 'no', when: false },
        { from: child, to: 'out' },
      ],
    },
    run: (input, port) => {
      const value = oneInput(input);
      return port.choose('there', value !== null && value !== undefined) ? port.call(child, value) : value;
    },
  });
}
