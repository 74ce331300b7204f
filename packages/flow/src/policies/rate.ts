import type { RateLimit } from './scheduling.ts';

/** What {@link decideRate} has to know. */
export interface RateFacts {
  /** How many began within the last interval. */
  readonly begun: number;
  /** How many may begin any moment, having been let through. */
  readonly reserved: number;
  /** When the first of those that began within the last interval did. */
  readonly oldestMs: number | undefined;
}

/** Whether one more may begin, and why, or when. */
export type RateDecision =
  | { readonly kind: 'pass' }
  /** `untilMs` is when a token comes back; undefined while all are with those who have yet to begin. */
  | { readonly kind: 'wait'; readonly untilMs: number | undefined };

/**
 * A bucket of `limit` tokens. Each beginning takes one, which comes back `intervalMs` later: so in any stretch of time
 * as long as the interval, at most `limit` begin, and there is no burst of twice as many as in a bucket that is filled
 * at a steady rate. Pure.
 */
export function decideRate(
  { limit, intervalMs }: Pick<RateLimit, 'limit' | 'intervalMs'>,
  facts: RateFacts,
): RateDecision {
  const { begun, reserved, oldestMs } = facts;
  if (begun + reserved < limit) return { kind: 'pass' };
  return { kind: 'wait', untilMs: oldestMs === undefined ? undefined : oldestMs + intervalMs };
}
