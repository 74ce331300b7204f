import type { Slot } from '../definition.ts';
import { DEFINITION } from '../brand.ts';
import { type AnyFlow, combinator, slot } from '../flow.ts';
import { chainPicture, chainProcedure } from './chain.ts';
import { identity } from './identity.ts';
import { takeName } from './named.ts';
import type { Pipe } from './pipe-type.ts';

/**
 * Steps one after another: each gets what the one before it gave. Synchronous while its steps are.
 * An optional name comes first. Types follow up to sixteen steps; a list made
 * elsewhere, of any length, is given as one array: `pipe(steps)`, every step taking and giving the same type. When a step fails, later ones don't start.
 *
 * Of no steps it is `identity()`, and of one, without a name, that step.
 *
 * @throws what the step that fails throws
 *
 * @example
 * const shout = pipe(
 *   (text: string) => text.trim(),
 *   (text) => text.toUpperCase(),
 * );
 * shout('  hey '); // 'HEY'
 */
export const pipe: Pipe = (...given: unknown[]): never => pipeOf('pipe', given) as never;

/** @internal {@link pipe}, as a combinator of any kind. */
export function pipeOf(kind: string, given: readonly unknown[]): AnyFlow {
  const { name, rest } = takeName(kind, given);
  const steps: readonly unknown[] = Array.isArray(rest[0]) ? rest[0] : rest;
  if (steps.length === 0) return identity(name);
  const slots = steps.map((step) => slot(step));
  const [first] = slots as [Slot, ...Slot[]];
  if (slots.length === 1 && name === undefined) return first.flow;
  return combinator({
    kind,
    name,
    arity: first.flow[DEFINITION].arity,
    picture: chainPicture(slots),
    run: chainProcedure(slots),
  });
}
