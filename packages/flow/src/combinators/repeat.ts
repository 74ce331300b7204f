import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { oneInput } from './input.ts';
import { DONE, iterate } from './iterate.ts';
import { takeName } from './named.ts';

/**
 * A flow `times` times, each time on what it gave the last time; its input for 0 times. Always a promise. Where
 * a condition ends it, use `loop`.
 *
 * @throws HolonError `invalid-option` for what is no number of times; when it runs, what the flow throws
 *
 * @example
 * const bolder = repeat((text: string) => `*${text}*`, 2);
 * await bolder('so'); // '**so**'
 */
export function repeat<T>(body: (value: T) => T | Promise<T>, times: number): Flow<T, Promise<T>>;
export function repeat<T>(name: string, body: (value: T) => T | Promise<T>, times: number): Flow<T, Promise<T>>;
export function repeat(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('repeat', given);
  const [body, times] = rest as [unknown, number];
  if (!(Number.isSafeInteger(times) && times >= 0)) {
    throw new HolonError('invalid-option', `${where}: times: ${textOf(times)} is not a whole number from 0.`);
  }
  const round = slot(body, { many: true });
  return combinator({
    kind: 'repeat',
    name,
    alwaysPromise: true,
    picture: {
      slots: [round],
      marks: [],
      edges: [
        { from: 'in', to: round, label: times === 1 ? 'once' : `${times} times` },
        { from: round, to: round, label: 'again', back: true },
        { from: round, to: 'out' },
      ],
    },
    run: (input, port) =>
      iterate(times === 0 ? oneInput(input) : input, (value, i) => (i < times ? port.call(round, value, i) : DONE)),
  });
}
