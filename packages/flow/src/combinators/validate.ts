import { mapResult } from '../deferred.ts';
import { HolonError, isHolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { type StandardSchema, applySchema, isSchema } from '../schema.ts';
import type { Chained } from './chained.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';

const DEFAULT_MESSAGE = 'Validation failed';

/**
 * Lets a value through that fits: for which a predicate holds, or as a schema gives it back. Synchronous while its
 * predicate is.
 *
 * @param message of the error, followed by what is wrong where a schema says so; `Validation failed` when left out
 * @throws HolonError `invalid-input`, when it runs, for a value that does not fit
 *
 * @example
 * const percent = validate((n: number) => n >= 0 && n <= 100, 'Not a percentage');
 * percent(50); // 50
 * percent(500); // throws Not a percentage
 */
export function validate<In, Out extends In>(
  name: string,
  predicate: (value: In) => value is Out,
  message?: string,
): Flow<In, Out>;
export function validate<In, Holds extends boolean | Promise<boolean>>(
  name: string,
  predicate: (value: In) => Holds,
  message?: string,
): Flow<In, Chained<[Holds], In>>;
export function validate<In, Out>(name: string, schema: StandardSchema<In, Out>, message?: string): Flow<In, Out>;
export function validate<In, Out>(schema: StandardSchema<In, Out>, message?: string): Flow<In, Out>;
export function validate<In, Out extends In>(predicate: (value: In) => value is Out, message?: string): Flow<In, Out>;
export function validate<In, Holds extends boolean | Promise<boolean>>(
  predicate: (value: In) => Holds,
  message?: string,
): Flow<In, Chained<[Holds], In>>;
export function validate(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('validate', given);
  const [what, message = DEFAULT_MESSAGE] = rest as [unknown, string?];
  if (typeof message !== 'string')
    throw new HolonError('invalid-option', `${where}: message: ${textOf(message)} is not a text.`);
  return isSchema(what) ? bySchema(what, name, message) : byPredicate(what, name, message);
}

function byPredicate(predicate: unknown, name: string | undefined, message: string): AnyFlow {
  const asks = slot(predicate);
  return combinator({
    kind: 'validate',
    name,
    picture: {
      slots: [asks],
      marks: [],
      edges: [
        { from: 'in', to: asks },
        { from: asks, to: 'out' },
      ],
    },
    run: (input, port) => {
      const value = oneInput(input);
      return mapResult(port.call(asks, value), (holds) => {
        if (holds) return value;
        throw new HolonError('invalid-input', message, { details: { given: textOf(value) } });
      });
    },
  });
}

function bySchema(schema: StandardSchema, name: string | undefined, message: string): AnyFlow {
  return combinator({
    kind: 'validate',
    name,
    picture: { slots: [], marks: [], edges: [{ from: 'in', to: 'out' }] },
    run: (input) => {
      try {
        return applySchema(schema, oneInput(input), 'input', name ?? 'validate');
      } catch (error) {
        if (!isHolonError(error, 'invalid-input')) throw error;
        throw new HolonError('invalid-input', `${message}. ${error.message}`, { details: error.details ?? {} });
      }
    },
  });
}
