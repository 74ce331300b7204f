import { HolonError, textOf } from '../errors.ts';

/** What a combinator was given, its optional leading name taken off. */
export interface Given {
  readonly name: string | undefined;
  readonly rest: readonly unknown[];
  /** What messages call it: `map "pages"`. */
  readonly where: string;
}

/** @throws HolonError `invalid-name` where the name that has to come first is left out, or is none */
export function checkNamed(kind: string, name: unknown, call: string): void {
  if (typeof name === 'string') return;
  throw new HolonError('invalid-name', `${kind} has its name first: ${call}. Given as the name: ${textOf(name)}`);
}

export function takeName(kind: string, given: readonly unknown[]): Given {
  const [first, ...rest] = given;
  return typeof first === 'string'
    ? { name: first, rest, where: `${kind} "${first}"` }
    : { name: undefined, rest: given, where: kind };
}
