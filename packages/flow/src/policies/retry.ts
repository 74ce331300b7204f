import { HolonError, assertNever, isHolonError, textOf } from '../errors.ts';
import { type Duration, parseDuration } from '../duration.ts';
import { suggestion } from '../suggest.ts';
import { checkKnown } from '../check-known.ts';

/** How the delay grows from one retry to the next. */
export type Backoff = 'fixed' | 'linear' | 'exponential';

/** What an author writes as `retry`. */
export interface RetryOptions {
  /** Calls after the first: `retries: 3` means up to 4 attempts. Whole, 0 to 1,000,000. */
  readonly retries: number;
  /** @default 'exponential' */
  readonly backoff?: Backoff;
  /** Delay before the first retry. @default '200ms' */
  readonly delay?: Duration;
  /** No delay is longer than this: what jitter and the error's own wish come to included. @default '30s' */
  readonly maxDelay?: Duration;
  /** What an exponential delay grows by from one retry to the next: 1 or more. @default 2 */
  readonly multiplier?: number;
  /** Share of each delay that is drawn at random, 0 (none) to 1 (all of it). @default 0 */
  readonly jitter?: number;
  /** Whether this failure is worth another attempt. One that throws counts as no. @default every failure is */
  readonly retryIf?: (error: unknown) => boolean;
}

/** A checked {@link RetryOptions}, every default filled in. */
export interface RetryPolicy {
  readonly retries: number;
  readonly backoff: Backoff;
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly multiplier: number;
  readonly jitter: number;
  readonly retryIf: ((error: unknown) => boolean) | undefined;
}

/**
 * Why there is no other attempt: the allowed ones are used up, `retryIf` is against it, what failed was canceled, or
 * nobody asked for one.
 */
export type GaveUp = 'exhausted' | 'not-retryable' | 'canceled' | 'no-policy';

/** What follows a failed attempt, and why in words for people. */
export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number; readonly reason: string }
  | {
      readonly kind: 'give-up';
      readonly why: GaveUp;
      readonly reason: string;
    };

/** What {@link decideRetry} has to know of an attempt that failed. */
export interface FailedAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  readonly error: unknown;
  /** A random draw in [0, 1), used for jitter only. */
  readonly draw: number;
}

/**
 * Decides what follows a failed attempt. Pure; the only place that decides it.
 *
 * @example
 * const policy = resolveRetryOptions({ retries: 2, delay: '1s' }, 'retry');
 * decideRetry(policy, { attempt: 1, error: new Error('no'), draw: 0 }).kind; // 'retry'
 * decideRetry(policy, { attempt: 3, error: new Error('no'), draw: 0 }).reason; // 'attempt 3 of 3 failed: none left'
 */
export function decideRetry(policy: RetryPolicy | undefined, failed: FailedAttempt): RetryDecision {
  const { attempt, error } = failed;
  if (isHolonError(error, 'canceled')) return { kind: 'give-up', why: 'canceled', reason: 'canceled: never retried' };
  if (policy === undefined) return { kind: 'give-up', why: 'no-policy', reason: 'no retry was asked for' };
  const attempts = policy.retries + 1;
  if (attempt >= attempts) {
    return { kind: 'give-up', why: 'exhausted', reason: `attempt ${attempt} of ${attempts} failed: none left` };
  }
  const refusal = refusalOf(policy, error);
  if (refusal !== undefined) return { kind: 'give-up', why: 'not-retryable', reason: refusal };
  const ownMs = retryDelayMs(policy, attempt, failed.draw);
  const askedMs = wishOf(error);
  const delayMs = Math.min(Math.max(ownMs, askedMs), policy.maxDelayMs);
  const why = askedMs > ownMs ? wishText(askedMs, policy.maxDelayMs) : policy.backoff;
  return {
    kind: 'retry',
    delayMs,
    reason: `attempt ${attempt} of ${attempts} failed: next in ${Math.round(delayMs)} ms (${why})`,
  };
}

/**
 * How many milliseconds a failure asks to be left alone, 0 when it asks for nothing: its `retryAfterMs`, else its
 * `retryAfter` in seconds, as a number or as HTTP's text of one; of a HolonError, the same among its `details`.
 */
function wishOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0;
  try {
    return readWish(error) || (isHolonError(error) && error.details !== undefined ? readWish(error.details) : 0);
  } catch {
    // A getter of somebody's error threw.
    return 0;
  }
}

function readWish(from: { readonly retryAfterMs?: unknown; readonly retryAfter?: unknown }): number {
  const { retryAfterMs, retryAfter } = from;
  if (typeof retryAfterMs === 'number') return retryAfterMs > 0 ? retryAfterMs : 0;
  if (typeof retryAfter === 'number') return retryAfter > 0 ? retryAfter * 1_000 : 0;
  return typeof retryAfter === 'string' && /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : 0;
}

function wishText(askedMs: number, maxDelayMs: number): string {
  return askedMs > maxDelayMs
    ? `the error asks for ${Math.round(askedMs)} ms, maxDelay allows no more`
    : 'as the error asks';
}

/** Why `retryIf` is against another attempt. One that throws is: what it would have said is not known. */
function refusalOf(policy: RetryPolicy, error: unknown): string | undefined {
  try {
    if (policy.retryIf === undefined || policy.retryIf(error)) return undefined;
    return 'retryIf said that this failure is not worth another attempt';
  } catch (thrown) {
    return `retryIf itself failed (${textOf(thrown instanceof Error ? thrown.message : thrown)}), so there is no other attempt`;
  }
}

/**
 * The delay after failed attempt `attempt`, but for what the error asks: `min(base(attempt), max)`, of which the share `jitter` is
 * replaced by a random part of itself. Jitter only shortens, so no delay exceeds `maxDelayMs`.
 * (AWS Architecture Blog, "Exponential Backoff and Jitter", 2015: full jitter is `jitter: 1`.)
 */
function retryDelayMs(policy: RetryPolicy, attempt: number, draw: number): number {
  const capped = Math.min(baseDelayMs(policy, attempt), policy.maxDelayMs);
  return capped * (1 - policy.jitter * draw);
}

function baseDelayMs(policy: RetryPolicy, attempt: number): number {
  switch (policy.backoff) {
    case 'fixed':
      return policy.delayMs;
    case 'linear':
      return policy.delayMs * attempt;
    case 'exponential':
      // A power that has become infinite, times a delay of 0, would be no number.
      return policy.delayMs === 0 ? 0 : policy.delayMs * policy.multiplier ** (attempt - 1);
    default:
      return assertNever(policy.backoff);
  }
}

const RETRY_OPTIONS = ['retries', 'backoff', 'delay', 'maxDelay', 'multiplier', 'jitter', 'retryIf'];
const BACKOFFS: readonly string[] = ['fixed', 'linear', 'exponential'] satisfies Backoff[];

/**
 * Checks `retry` as an author wrote it; a bare number is `{ retries: n }`.
 *
 * @param option what to call it in messages
 * @throws HolonError `invalid-option` naming the option and the value
 */
export function resolveRetryOptions(given: number | RetryOptions, option = 'retry'): RetryPolicy {
  const options: RetryOptions = typeof given === 'number' ? { retries: given } : given;
  checkKnown(options, RETRY_OPTIONS, option);
  const { retries, backoff = 'exponential', multiplier = 2, jitter = 0, retryIf } = options;
  if (!Number.isInteger(retries) || retries < 0 || retries > 1_000_000) {
    throw new HolonError(
      'invalid-option',
      `${option}.retries: ${textOf(retries)} is not a whole number from 0 to 1,000,000.`,
    );
  }
  if (!BACKOFFS.includes(backoff)) {
    throw new HolonError(
      'invalid-option',
      `${option}.backoff: ${textOf(backoff)} is not known.${suggestion(String(backoff), BACKOFFS)}`,
    );
  }
  if (!(multiplier >= 1 && multiplier < Number.POSITIVE_INFINITY)) {
    throw new HolonError('invalid-option', `${option}.multiplier: ${textOf(multiplier)} is not a number from 1.`);
  }
  if (options.multiplier !== undefined && backoff !== 'exponential') {
    throw new HolonError(
      'invalid-option',
      `${option}.multiplier: ${textOf(multiplier)} has no meaning with backoff ${textOf(backoff)}: only an exponential delay is multiplied.`,
    );
  }
  if (!(jitter >= 0 && jitter <= 1)) {
    throw new HolonError('invalid-option', `${option}.jitter: ${textOf(jitter)} is not a number from 0 to 1.`);
  }
  if (retryIf !== undefined && typeof retryIf !== 'function') {
    throw new HolonError('invalid-option', `${option}.retryIf: ${textOf(retryIf)} is not a function.`);
  }
  return {
    retries,
    backoff,
    delayMs: parseDuration(options.delay ?? 200, `${option}.delay`),
    maxDelayMs: parseDuration(options.maxDelay ?? 30_000, `${option}.maxDelay`),
    multiplier,
    jitter,
    retryIf,
  };
}
