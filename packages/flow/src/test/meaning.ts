/** What a flow comes to: a value, or what it may fail with (of several failing siblings, any may be first). */
export type Meaning = { readonly value: number } | { readonly failures: ReadonlySet<string> };
export type Means = (x: number) => Meaning;

export const failsWith = (message: string): Meaning => ({ failures: new Set([message]) });

/** `next` on the value, where there is one. */
export function andThen(meaning: Meaning, next: Means): Meaning {
  return 'value' in meaning ? next(meaning.value) : meaning;
}

/** The sum of several that run at once. */
export function together(meanings: readonly Meaning[]): Meaning {
  const failures = new Set(meanings.flatMap((each) => ('failures' in each ? [...each.failures] : [])));
  return failures.size > 0 ? { failures } : { value: sum(meanings.map((each) => ('value' in each ? each.value : 0))) };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, x) => total + x, 0);
}

export function itemsOf(x: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => x + i);
}
