import { HolonError } from '../errors.ts';
import { DEFINITION } from '../brand.ts';
import { combinator, slot } from '../flow.ts';
import { chainPicture, chainProcedure } from './chain.ts';
import type { Pipe } from './pipe-type.ts';

/**
 * Steps one after another: each gets what the one before it gave. Synchronous while its steps are.
 * An optional name comes first. Types follow up to sixteen steps; a list made
 * elsewhere, of any length, is given as one array: `pipe(steps)`, every step taking and giving the same type. Fails as the step that fails; later steps don't start.
 *
 * @example
 * const shout = pipe(
 *   (text: string) => text.trim(),
 *   (text) => text.toUpperCase(),
 * );
 * shout('  hey '); // 'HEY'
 */
export const pipe: Pipe = (...given: unknown[]): never => {
  const [name, rest] = typeof given[0] === 'string' ? [given[0], given.slice(1)] : [undefined, given];
  const steps: readonly unknown[] = Array.isArray(rest[0]) ? rest[0] : rest;
  if (steps.length === 0) throw new HolonError('invalid-flow', 'pipe() needs at least one step.');
  const slots = steps.map((step) => slot(step));
  return combinator({
    kind: 'pipe',
    name,
    arity: slots[0]!.flow[DEFINITION].arity,
    picture: chainPicture(slots),
    run: chainProcedure(slots),
  }) as never;
};
