/** What a combinator was given, its optional leading name taken off. */
export interface Given {
  readonly name: string | undefined;
  readonly rest: readonly unknown[];
  /** What messages call it: `map "pages"`. */
  readonly where: string;
}

export function takeName(kind: string, given: readonly unknown[]): Given {
  const [first, ...rest] = given;
  return typeof first === 'string'
    ? { name: first, rest, where: `${kind} "${first}"` }
    : { name: undefined, rest: given, where: kind };
}
