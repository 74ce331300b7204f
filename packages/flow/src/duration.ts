import { HolonError, textOf } from './errors.ts';

/** Milliseconds as a number, or a number with a unit: `'500ms'`, `'10s'`, `'2m'`, `'1h'`, `'3d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The longest duration taken: ten years. A longer one is a slip of units. */
const MAX_DURATION_MS = 10 * 366 * 86_400_000;

/**
 * A {@link Duration} in milliseconds.
 *
 * @param option the option's name, for the message
 * @throws HolonError `invalid-option` when it is not a duration, negative, not finite or over ten years
 *
 * @example
 * parseDuration('1.5s', 'timeout'); // 1500
 * parseDuration('soon', 'timeout'); // throws invalid-option
 */
export function parseDuration(value: unknown, option: string): number {
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value) : null;
  const ms = typeof value === 'number' ? value : match ? Number(match[1]) * UNIT_MS[match[2]!]! : Number.NaN;
  if (!(ms >= 0 && ms <= MAX_DURATION_MS)) {
    throw new HolonError(
      'invalid-option',
      `${option}: ${textOf(value)} is not a duration. Give milliseconds from 0 to ten years, or a text such as "500ms", "10s", "2m", "1h", "3d".`,
    );
  }
  return ms;
}

/** A duration for people: `300 ms`, `1.5 s`. */
export function durationText(ms: number): string {
  return ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`;
}
