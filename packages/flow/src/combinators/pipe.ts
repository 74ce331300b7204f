import type { Edge, Slot } from '../definition.ts';
import { HolonError } from '../errors.ts';
import { DEFINITION } from '../brand.ts';
import { combinator, slot } from '../flow.ts';
import { DONE, iterate } from './iterate.ts';
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
    picture: { slots, marks: [], edges: chainEdges(slots) },
    run: (input, port) =>
      iterate(input, (value, index) => (index < slots.length ? port.call(slots[index]!, value) : DONE)),
  }) as never;
};

function chainEdges(slots: readonly Slot[]): Edge[] {
  const ends = ['in' as const, ...slots, 'out' as const];
  return ends.slice(1).map((to, i) => ({ from: ends[i]!, to }));
}
