import { HolonError, textOf } from './errors.ts';

/** Milliseconds as a number, or a number with a unit: `'500ms'`, `'10s'`, `'2m'`, `'1h'`, `'3d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The longest duration taken: ten years. A longer one is a slip of units. */
const MAX_DURATION_DAYS = 3_660;
const MAX_DURATION_MS = MAX_DURATION_DAYS * UNIT_MS['d']!;

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
  const ms = millisecondsIn(value);
  const problem = problemWith(ms);
  if (problem === undefined) return ms!;
  throw new HolonError('invalid-option', `${option}: ${textOf(value)} is not a duration${problem}`);
}

function millisecondsIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/u.exec(value) : null;
  return match === null ? undefined : Number(match[1]) * UNIT_MS[match[2]!]!;
}

function problemWith(ms: number | undefined): string | undefined {
  if (ms === undefined) return '. Give milliseconds, or a number with a unit: "500ms", "10s", "2m", "1h", "3d".';
  if (ms < 0) return ': it is negative. The shortest is 0.';
  const longest = `The longest is ${MAX_DURATION_DAYS}d, ten years.`;
  if (!Number.isFinite(ms)) return `: it is not finite. ${longest}`;
  return ms > MAX_DURATION_MS ? `: it is too long. ${longest}` : undefined;
}

/** A duration for people: `300 ms`, `1.5 s`. */
export function durationText(ms: number): string {
  return ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`;
}
