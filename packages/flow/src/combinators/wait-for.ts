import { type Flow, combinator } from '../flow.ts';
import { HolonError, textOf } from '../errors.ts';
import { type StandardSchema, applySchema, isSchema } from '../schema.ts';
import { checkNamed } from './named.ts';

/**
 * Waits for a value from outside, sent by `run.signal(name, value)`, and gives it; what it is given itself goes nowhere.
 * Always a promise. A value sent before is there at once; each value is taken once, by who waited first.
 *
 * @param schema what the value has to fit. One that doesn't is refused at its sender, with what is wrong, and the wait
 *   goes on; sent too early for that, it is dropped, and the run's events say so.
 * @throws HolonError `needs-engine`, when it is called directly: then there is no run to send a value to; `invalid-flow`,
 *   when it runs, in work that several calls share, such as of `memoize`: that is a run that nobody has a handle to
 *
 * @example
 * import { z } from 'zod';
 *
 * const approved = waitFor('approval', z.object({ by: z.string() }));
 * await approved(); // throws needs-engine
 */
export function waitFor<T = unknown>(
  name: string,
  schema?: StandardSchema<unknown, T>,
): Flow<unknown, Promise<T>, [input?: unknown]> {
  checkNamed('waitFor', name, 'waitFor(name, schema)');
  if (schema !== undefined && !isSchema(schema)) {
    throw new HolonError(
      'invalid-option',
      `waitFor "${name}": schema: ${textOf(schema)} is not a Standard Schema (zod 4, valibot, arktype give one).`,
    );
  }
  return combinator({
    kind: 'wait-for',
    name,
    alwaysPromise: true,
    arity: 0,
    picture: { slots: [], marks: [], edges: [{ from: 'in', to: 'out', label: 'when it is sent' }] },
    run: (_input, port) =>
      schema === undefined
        ? port.signal(name)
        : port.signal(name, (value) => applySchema(schema, value, 'input', name)),
  });
}
