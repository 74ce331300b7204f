import { textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator } from '../flow.ts';

/**
 * Gives the same value, at once, whatever it is given.
 *
 * @throws nothing
 *
 * @example
 * const none = constant(0);
 * none('whatever'); // 0
 */
export function constant<T>(value: T): Flow<unknown, T, unknown[]>;
export function constant<T>(name: string, value: T): Flow<unknown, T, unknown[]>;
export function constant(...given: unknown[]): AnyFlow {
  // One text alone is the value.
  const [name, value] = given.length > 1 ? (given as [string, unknown]) : [undefined, given[0]];
  return combinator({
    kind: 'constant',
    name,
    picture: { slots: [], marks: [], edges: [{ from: 'in', to: 'out', label: textOf(value, 40) }] },
    run: () => value,
  });
}
