import { mapResult } from '../deferred.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';

/**
 * Gives what it is given, once `effect` has done something with it: a look at what passes by. Always a promise. The effect
 * is awaited, and when it fails, this fails the same way.
 *
 * @throws what the effect throws
 *
 * @example
 * const seen: string[] = [];
 * const noted = tap((page: string) => seen.push(page));
 * await pipe(noted, (page) => page.length)('a page'); // 6
 * seen; // ['a page']
 */
export function tap<In>(effect: (input: In) => unknown): Flow<In, Promise<In>>;
export function tap<In>(name: string, effect: (input: In) => unknown): Flow<In, Promise<In>>;
export function tap(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('tap', given);
  const effect = slot(rest[0]);
  return combinator({
    kind: 'tap',
    name,
    alwaysPromise: true,
    picture: {
      slots: [effect],
      marks: [],
      edges: [
        { from: 'in', to: effect },
        { from: effect, to: 'out' },
      ],
    },
    run: (input, port) => {
      const value = oneInput(input);
      return mapResult(port.call(effect, value), () => value);
    },
  });
}
