import {
  type Duration,
  HolonError,
  type RetryOptions,
  type RetryPolicy,
  checkKnown,
  parseDuration,
  resolveRetryOptions,
  textOf,
} from '@holon/flow';
import type { Answers } from './answers.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Pick } from './inbox.ts';
import { type Random, systemRandom } from './random.ts';

/** Everything has a default: `createEngine()` is an engine. */
export interface EngineOptions {
  /** How many task bodies run at once, over all runs; 1 or more. @default 64 */
  readonly maxConcurrency?: number | undefined;
  /** What follows a failed attempt of a task whose author named no `retry`. @default nothing is retried */
  readonly errorRecovery?: ErrorRecovery | undefined;
  /** How long an aborted body that ignores its signal is waited for before it is abandoned. @default '1s' */
  readonly gracePeriod?: Duration | undefined;
  /** Asked before each attempt of each instance, in every run. */
  readonly answers?: Answers | undefined;
  /** @default the machine's */
  readonly clock?: Clock | undefined;
  /** @default the machine's */
  readonly random?: Random | undefined;
  /** Which of several settled bodies goes on first. @default in the order in which they settled */
  readonly pick?: Pick | undefined;
}

/**
 * The retry policy of tasks that name none. It acts where a failure begins: a task that fails with what a flow it
 * called has failed with is not retried by it, nor is any composite, or each level would multiply the attempts of
 * the one below. `retry: 0` on a flow keeps it out.
 */
export interface ErrorRecovery extends Omit<RetryOptions, 'retries'> {
  /** Calls after the first: `maxRetries: 3` means up to 4 attempts. Whole, 0 to 1,000,000. */
  readonly maxRetries: number;
}

export interface StartOptions {
  /** Holds the run at its first node until `run.resume()`. @default false */
  readonly paused?: boolean | undefined;
  /** Cancels the run when aborted; what it is aborted with becomes the `cause` of the cancellation. */
  readonly signal?: AbortSignal | undefined;
  /** How long the whole run may take, as a duration; then it fails with `timeout`. @default no limit */
  readonly timeout?: Duration | undefined;
  /** Asked before the engine's. */
  readonly answers?: Answers | undefined;
}

/** Checked {@link EngineOptions}, every default filled in. */
export interface EngineSettings {
  readonly maxConcurrency: number;
  readonly errorRecovery: RetryPolicy | undefined;
  readonly gracePeriodMs: number;
  readonly answers: Answers | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly pick: Pick | undefined;
}

/** Checked {@link StartOptions}. */
export interface StartSettings {
  readonly paused: boolean;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly answers: Answers | undefined;
}

const DEFAULT_CONCURRENCY = 64;
const DEFAULT_GRACE = '1s';

const ENGINE_OPTIONS: readonly string[] = [
  'maxConcurrency',
  'errorRecovery',
  'gracePeriod',
  'answers',
  'clock',
  'random',
  'pick',
];

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveEngineOptions(options: EngineOptions): EngineSettings {
  const where = 'createEngine';
  checkKnown(options, ENGINE_OPTIONS, where);
  const { maxConcurrency = DEFAULT_CONCURRENCY, errorRecovery, answers, pick } = options;
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1) {
    throw new HolonError(
      'invalid-option',
      `${where}: maxConcurrency: ${textOf(maxConcurrency)} is not a whole number from 1.`,
    );
  }
  checkFunction(answers, `${where}: answers`);
  checkFunction(pick, `${where}: pick`);
  return {
    maxConcurrency,
    errorRecovery: errorRecovery === undefined ? undefined : resolveErrorRecovery(errorRecovery, where),
    gracePeriodMs: parseDuration(options.gracePeriod ?? DEFAULT_GRACE, `${where}: gracePeriod`),
    answers,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    pick,
  };
}

const ERROR_RECOVERY: readonly string[] = [
  'maxRetries',
  'backoff',
  'delay',
  'maxDelay',
  'multiplier',
  'jitter',
  'retryIf',
];

function resolveErrorRecovery(given: ErrorRecovery, where: string): RetryPolicy {
  const option = `${where}: errorRecovery`;
  checkKnown(given, ERROR_RECOVERY, option);
  const { maxRetries, ...rest } = given;
  if (!Number.isInteger(maxRetries) || maxRetries < 0 || maxRetries > 1_000_000) {
    throw new HolonError(
      'invalid-option',
      `${option}.maxRetries: ${textOf(maxRetries)} is not a whole number from 0 to 1,000,000.`,
    );
  }
  return resolveRetryOptions({ ...rest, retries: maxRetries }, option);
}

const START_OPTIONS: readonly string[] = ['paused', 'signal', 'timeout', 'answers'];

const NO_START_OPTIONS: StartSettings = {
  paused: false,
  signal: undefined,
  timeoutMs: undefined,
  answers: undefined,
};

/**
 * @param where what the caller called: `start`, `execute`
 * @throws HolonError `invalid-option` naming the option and the value
 */
export function resolveStartOptions(options: StartOptions | undefined, where: string): StartSettings {
  if (options === undefined) return NO_START_OPTIONS;
  checkKnown(options, START_OPTIONS, where);
  const { paused = false, signal, timeout, answers } = options;
  checkBoolean(paused, `${where}: paused`);
  checkFunction(answers, `${where}: answers`);
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new HolonError('invalid-option', `${where}: signal: ${textOf(signal)} is not an AbortSignal.`);
  }
  return {
    paused,
    signal,
    timeoutMs: timeout === undefined ? undefined : parseDuration(timeout, `${where}: timeout`),
    answers,
  };
}

function checkFunction(value: unknown, option: string): void {
  if (value !== undefined && typeof value !== 'function')
    throw new HolonError('invalid-option', `${option}: ${textOf(value)} is not a function.`);
}

function checkBoolean(value: unknown, option: string): void {
  if (typeof value !== 'boolean')
    throw new HolonError('invalid-option', `${option}: ${textOf(value)} is neither true nor false.`);
}
