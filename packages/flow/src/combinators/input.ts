import { HolonError, textOf } from '../errors.ts';
import { ArgumentList } from '../port.ts';

/**
 * The input of a procedure that looks at it. Called with more arguments, as by `list.map(flow)`, it takes the first,
 * as a function of one parameter does.
 */
export function oneInput(input: unknown): unknown {
  return input instanceof ArgumentList ? input.values[0] : input;
}

/** @throws HolonError `invalid-input` when it is no array */
export function listInput(input: unknown, where: string): readonly unknown[] {
  const list = oneInput(input);
  if (Array.isArray(list)) return list;
  throw new HolonError('invalid-input', `${where} takes an array; it was given ${textOf(list)}.`);
}
