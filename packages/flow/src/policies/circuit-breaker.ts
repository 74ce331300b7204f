import { checkKnown } from '../check-known.ts';
import { type Duration, durationText, parseDuration } from '../duration.ts';
import { HolonError, assertNever, textOf } from '../errors.ts';
import { parseLimit } from './scheduling.ts';

/** When a circuit breaker opens, and how it closes again. */
export interface CircuitBreakerOptions {
  /** Failures in a row that open it: 1 or more; `Infinity` for no number of them. @default 5 */
  readonly failures?: number | undefined;
  /** Opens it as well, where given: see {@link FailureRateOptions}. */
  readonly failureRate?: FailureRateOptions | undefined;
  /** How long it is open before calls are tried again. @default '60s' */
  readonly recovery?: Duration | undefined;
  /** How many calls are tried at once then: 1 or more. @default 3 */
  readonly probes?: number | undefined;
  /** How many of them have to succeed, none failing, before it closes: 1 or more. @default 2 */
  readonly successes?: number | undefined;
  /** Whether this failure speaks against what is called. One that doesn't counts as a success. @default every failure does */
  readonly isFailure?: ((error: unknown) => boolean) | undefined;
}

/** When the share of calls that fail is too high. */
export interface FailureRateOptions {
  /** Share of calls that fail, above 0 to 1, from which on it opens. */
  readonly threshold: number;
  /** How far back it looks, in tenths of this. */
  readonly window: Duration;
  /** How many calls there have to be in it: 1 or more. @default 10 */
  readonly minimum?: number | undefined;
}

/** Checked {@link CircuitBreakerOptions}, every default filled in. */
export interface BreakerPolicy {
  readonly failures: number;
  readonly rate: { readonly threshold: number; readonly windowMs: number; readonly minimum: number } | undefined;
  readonly recoveryMs: number;
  readonly probes: number;
  readonly successes: number;
  readonly isFailure: ((error: unknown) => boolean) | undefined;
}

/**
 * Where a breaker is. Plain data. The generation grows with each change of `kind`: what a call that began in an earlier
 * one comes to is ignored.
 *
 * ```
 *              failures
 *    closed ────────────► open ◄──────────┐
 *      ▲                   │ recovery      │ any failure
 *      │ successes         ▼ is over       │
 *      └─────────────── half-open ─────────┘
 * ```
 */
export type BreakerState = ClosedBreaker | OpenBreaker | HalfOpenBreaker;

/** Calls go through, and are counted. */
export interface ClosedBreaker {
  readonly kind: 'closed';
  readonly generation: number;
  readonly failuresInRow: number;
  /** Calls that ended within the window, in slices of a tenth of it, the oldest first. Empty without a rate. */
  readonly slices: readonly CallSlice[];
}

/** Calls are refused, until some are tried again. */
export interface OpenBreaker {
  readonly kind: 'open';
  readonly generation: number;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Why it opened. */
  readonly reason: string;
}

/** Some calls are tried. */
export interface HalfOpenBreaker {
  readonly kind: 'half-open';
  readonly generation: number;
  /** Probes that have not ended. */
  readonly inFlight: number;
  readonly successes: number;
}

/** What ended in a slice of time. */
export interface CallSlice {
  readonly startMs: number;
  readonly calls: number;
  readonly failures: number;
}

/** How a breaker begins. */
export const NEW_BREAKER: ClosedBreaker = { kind: 'closed', generation: 1, failuresInRow: 0, slices: [] };

/** Whether a call may begin; `state` is the breaker's from here on. */
export type BreakerDecision =
  | { readonly kind: 'call'; readonly state: ClosedBreaker | HalfOpenBreaker }
  | {
      readonly kind: 'refuse';
      readonly state: OpenBreaker | HalfOpenBreaker;
      /** When calls are tried again; undefined when that hangs on the probes in flight. */
      readonly untilMs: number | undefined;
      readonly reason: string;
    };

/** Decides whether a call may begin. Pure. A probe that is let through has to be given back to {@link settleBreaker}, whatever it comes to. */
export function decideBreaker(state: BreakerState, policy: BreakerPolicy, nowMs: number): BreakerDecision {
  switch (state.kind) {
    case 'closed':
      return { kind: 'call', state };
    case 'open': {
      // A clock that was set back does not keep it open longer.
      const isOpen = nowMs >= state.sinceMs && nowMs < state.untilMs;
      if (isOpen) return { kind: 'refuse', state, untilMs: state.untilMs, reason: state.reason };
      return {
        kind: 'call',
        state: { kind: 'half-open', generation: state.generation + 1, inFlight: 1, successes: 0 },
      };
    }
    case 'half-open': {
      if (state.inFlight < policy.probes) return { kind: 'call', state: { ...state, inFlight: state.inFlight + 1 } };
      const reason = `${count(state.inFlight, 'call')} that ${state.inFlight === 1 ? 'tries' : 'try'} it again ${state.inFlight === 1 ? 'is' : 'are'} under way`;
      return { kind: 'refuse', state, untilMs: undefined, reason };
    }
    default:
      return assertNever(state);
  }
}

/** What a call came to, for its breaker: a cancellation says nothing about what was called. */
export type CallResult = 'success' | 'failure' | 'canceled';

/**
 * The breaker after a call has ended. Pure.
 *
 * @param generation the breaker's when the call began
 */
export function settleBreaker(
  state: BreakerState,
  policy: BreakerPolicy,
  result: CallResult,
  generation: number,
  nowMs: number,
): BreakerState {
  if (generation !== state.generation) return state;
  switch (state.kind) {
    case 'closed':
      return settleClosed(state, policy, result, nowMs);
    case 'open':
      return state;
    case 'half-open':
      return settleProbe(state, policy, result, nowMs);
    default:
      return assertNever(state);
  }
}

function settleClosed(state: ClosedBreaker, policy: BreakerPolicy, result: CallResult, nowMs: number): BreakerState {
  if (result === 'canceled') return state;
  const failed = result === 'failure';
  const failuresInRow = failed ? state.failuresInRow + 1 : 0;
  if (failuresInRow >= policy.failures)
    return opened(state, policy, nowMs, `${count(failuresInRow, 'failure')} in a row`);
  if (policy.rate === undefined) return { ...state, failuresInRow };
  const slices = withCall(state.slices, policy.rate.windowMs, failed, nowMs);
  const reason = failed ? rateReason(slices, policy.rate) : undefined;
  return reason === undefined ? { ...state, failuresInRow, slices } : opened(state, policy, nowMs, reason);
}

function settleProbe(state: HalfOpenBreaker, policy: BreakerPolicy, result: CallResult, nowMs: number): BreakerState {
  const inFlight = state.inFlight - 1;
  switch (result) {
    case 'canceled':
      return { ...state, inFlight };
    case 'failure':
      return opened(state, policy, nowMs, 'a call that tried it again failed');
    case 'success': {
      const successes = state.successes + 1;
      if (successes < policy.successes) return { ...state, inFlight, successes };
      return { ...NEW_BREAKER, generation: state.generation + 1 };
    }
    default:
      return assertNever(result);
  }
}

function opened(state: BreakerState, policy: BreakerPolicy, nowMs: number, reason: string): OpenBreaker {
  return {
    kind: 'open',
    generation: state.generation + 1,
    sinceMs: nowMs,
    untilMs: nowMs + policy.recoveryMs,
    reason,
  };
}

const SLICES = 10;

/** The slices with one more call, those before the window left out. */
function withCall(
  slices: readonly CallSlice[],
  windowMs: number,
  failed: boolean,
  nowMs: number,
): readonly CallSlice[] {
  const widthMs = windowMs / SLICES;
  const startMs = widthMs === 0 ? nowMs : Math.floor(nowMs / widthMs) * widthMs;
  const kept = slices.filter((slice) => slice.startMs > startMs - windowMs && slice.startMs <= startMs);
  const last = kept.at(-1);
  const current = last?.startMs === startMs ? last : { startMs, calls: 0, failures: 0 };
  const before = last === current ? kept.slice(0, -1) : kept;
  return [...before, { startMs, calls: current.calls + 1, failures: current.failures + (failed ? 1 : 0) }];
}

function rateReason(slices: readonly CallSlice[], rate: NonNullable<BreakerPolicy['rate']>): string | undefined {
  let calls = 0;
  let failures = 0;
  for (const slice of slices) {
    calls += slice.calls;
    failures += slice.failures;
  }
  if (calls < rate.minimum || failures / calls < rate.threshold) return undefined;
  return `${failures} of ${count(calls, 'call')} within ${durationText(rate.windowMs)} failed`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

/** The names of {@link CircuitBreakerOptions}. */
export const BREAKER_OPTIONS: readonly string[] = [
  'failures',
  'failureRate',
  'recovery',
  'probes',
  'successes',
  'isFailure',
];

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveBreakerOptions(options: CircuitBreakerOptions, where: string): BreakerPolicy {
  const { failures = 5, failureRate, recovery = 60_000, probes = 3, successes = 2, isFailure } = options;
  if (isFailure !== undefined && typeof isFailure !== 'function')
    throw new HolonError('invalid-option', `${where}: isFailure: ${textOf(isFailure)} is not a function.`);
  return {
    failures: failures === Number.POSITIVE_INFINITY ? failures : parseLimit(failures, `${where}: failures`),
    rate: failureRate === undefined ? undefined : resolveRate(failureRate, `${where}: failureRate`),
    recoveryMs: parseDuration(recovery, `${where}: recovery`),
    probes: parseLimit(probes, `${where}: probes`),
    successes: parseLimit(successes, `${where}: successes`),
    isFailure,
  };
}

function resolveRate(given: FailureRateOptions, option: string): NonNullable<BreakerPolicy['rate']> {
  checkKnown(given, ['threshold', 'window', 'minimum'], option);
  const { threshold, window, minimum = 10 } = given;
  if (!(threshold > 0 && threshold <= 1))
    throw new HolonError('invalid-option', `${option}.threshold: ${textOf(threshold)} is not a share above 0 to 1.`);
  return {
    threshold,
    windowMs: parseDuration(window, `${option}.window`),
    minimum: parseLimit(minimum, `${option}.minimum`),
  };
}
