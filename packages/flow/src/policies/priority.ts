import { HolonError, textOf } from '../errors.ts';
import { suggestion } from '../suggest.ts';

/** Named priorities, each one above the one before it. */
export type PriorityLevel = 'low' | 'normal' | 'high' | 'critical';

/** How urgent something is: a level, or a number from -10 to 10, of which `normal` is 0 and each level is 1. */
export type Priority = PriorityLevel | number;

const LEVELS: Readonly<Record<PriorityLevel, number>> = { low: -1, normal: 0, high: 1, critical: 2 };

/** Beyond it ageing, which makes up for one level at a time, would take too long to be worth the name. */
const MOST = 10;

/** A {@link Priority} as a number. @throws HolonError `invalid-option` naming the option and the value */
export function parsePriority(value: unknown, option: string): number {
  if (typeof value === 'number' && value >= -MOST && value <= MOST) return value;
  if (typeof value === 'string' && Object.hasOwn(LEVELS, value)) return LEVELS[value as PriorityLevel];
  const known = Object.keys(LEVELS);
  throw new HolonError(
    'invalid-option',
    `${option}: ${textOf(value)} is not a priority. Give a number from -${MOST} to ${MOST}, or a level.${suggestion(String(value), known)}`,
  );
}

/** `high`, or `1.5`: the name of a level where it has one. */
export function priorityText(priority: number): string {
  return Object.entries(LEVELS).find(([, level]) => level === priority)?.[0] ?? String(priority);
}
