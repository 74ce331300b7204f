import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';

/**
 * One flow where `predicate` holds for the input, another where it doesn't: the input itself when no other is given. Always a
 * promise. The predicate may be asynchronous. For more than two ways there are `branch` and `match`.
 *
 * @throws what the predicate throws, or the flow that is taken
 *
 * @example
 * const isLong = (text: string) => text.length > 5;
 * const shown = when(isLong, (text) => `${text.slice(0, 5)}…`);
 * await Promise.all([shown('short'), shown('a longer text')]); // ['short', 'a lon…']
 */
export function when<In, Yes>(
  name: string,
  predicate: (input: In) => boolean | Promise<boolean>,
  yes: (input: In) => Yes,
): Flow<In, Promise<Awaited<Yes> | In>>;
export function when<In, Yes, No>(
  name: string,
  predicate: (input: In) => boolean | Promise<boolean>,
  yes: (input: In) => Yes,
  no: (input: In) => No,
): Flow<In, Promise<Awaited<Yes> | Awaited<No>>>;
export function when<In, Yes>(
  predicate: (input: In) => boolean | Promise<boolean>,
  yes: (input: In) => Yes,
): Flow<In, Promise<Awaited<Yes> | In>>;
export function when<In, Yes, No>(
  predicate: (input: In) => boolean | Promise<boolean>,
  yes: (input: In) => Yes,
  no: (input: In) => No,
): Flow<In, Promise<Awaited<Yes> | Awaited<No>>>;
export function when(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('when', given);
  const asks = slot(rest[0]);
  const yes = slot(rest[1]);
  const no = rest[2] === undefined ? undefined : slot(rest[2]);
  const holds = { id: 'holds', shape: 'choice', label: 'holds?' } as const;
  return combinator({
    kind: 'when',
    name,
    alwaysPromise: true,
    picture: {
      slots: no === undefined ? [asks, yes] : [asks, yes, no],
      marks: [holds],
      edges: [
        { from: 'in', to: asks },
        { from: asks, to: holds },
        { from: holds, to: yes, label: 'yes', when: true },
        { from: holds, to: no ?? 'out', label: 'no', when: false },
        { from: yes, to: 'out' },
        ...(no === undefined ? [] : [{ from: no, to: 'out' as const }]),
      ],
    },
    run: async (input, port) => {
      const value = oneInput(input);
      const taken = port.choose('holds', Boolean(await port.call(asks, value))) ? yes : no;
      return taken === undefined ? value : port.call(taken, value);
    },
  });
}
