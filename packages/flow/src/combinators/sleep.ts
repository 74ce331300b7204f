import { type Duration, durationText, parseDuration } from '../duration.ts';
import { type AnyFlow, type Flow, combinator } from '../flow.ts';
import { oneInput } from './input.ts';

/**
 * Waits, then gives what it was given. Always a promise; ends early, with `canceled`, when it is canceled.
 *
 * @throws HolonError `invalid-option` for what is no duration; `canceled`, when it runs
 *
 * @example
 * const began = Date.now();
 * const pause = sleep<string>('1s');
 * const polite = pipe((page: string) => page.length, sleep('1s'));
 * await polite('a page'); // 6
 * Date.now() - began; // 1000
 */
export function sleep<T>(duration: Duration): Flow<T, Promise<T>>;
export function sleep<T>(name: string, duration: Duration): Flow<T, Promise<T>>;
export function sleep(...given: unknown[]): AnyFlow {
  // One text alone is the duration.
  const [name, duration] = given.length > 1 ? (given as [string, unknown]) : [undefined, given[0]];
  const ms = parseDuration(duration, name === undefined ? 'sleep' : `sleep "${name}"`);
  return combinator({
    kind: 'sleep',
    name,
    alwaysPromise: true,
    picture: { slots: [], marks: [], edges: [{ from: 'in', to: 'out', label: durationText(ms) }] },
    run: async (input, port) => {
      await port.sleep(ms);
      return oneInput(input);
    },
  });
}
