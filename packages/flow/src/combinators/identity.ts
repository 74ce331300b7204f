import { type Flow, combinator } from '../flow.ts';
import { oneInput } from './input.ts';

/**
 * Gives what it is given, at once. For a place where a flow has to stand and nothing is to be done.
 *
 * @throws nothing
 *
 * @example
 * const isLong = (text: string) => text.length > 5;
 * const same = identity<string>();
 * const shown = branch('shown', isLong, { true: (text) => `${text.slice(0, 5)}…`, false: same });
 * [shown('short'), shown('a longer text')]; // ['short', 'a lon…']
 */
export function identity<T>(name?: string): Flow<T, T> {
  return combinator({
    kind: 'identity',
    name,
    picture: { slots: [], marks: [], edges: [{ from: 'in', to: 'out' }] },
    run: oneInput,
  });
}
