import { HolonError, textOf } from '../errors.ts';

const DEFAULT_CONCURRENCY = 16;

/** @throws HolonError `invalid-option` */
export function resolveConcurrency(given: number | undefined, where: string): number {
  const concurrency = given ?? DEFAULT_CONCURRENCY;
  if (concurrency === Infinity || (Number.isInteger(concurrency) && concurrency >= 1)) return concurrency;
  throw new HolonError(
    'invalid-option',
    `${where}: concurrency: ${textOf(concurrency)} is neither a whole number from 1 nor Infinity.`,
  );
}

/** What stands at the edge to a child that gets each item of a list. */
export function eachLabel(concurrency: number): string {
  return concurrency === Infinity ? 'each, all at once' : `each, ${concurrency} at once`;
}
