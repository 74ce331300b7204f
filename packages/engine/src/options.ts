import {
  type Duration,
  HolonError,
  type Priority,
  type RetryOptions,
  type RetryPolicy,
  checkKnown,
  parseDuration,
  parseLimit,
  parsePriority,
  resolveRetryOptions,
  textOf,
} from '@holon/flow';
import type { Answers } from './answers.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Labels, Trace } from './events/index.ts';
import type { Pick } from './inbox.ts';
import { type Random, systemRandom } from './random.ts';
import { type Resources, systemResources } from './resources.ts';
import { type AdmissionLimits, type AdmissionOptions, resolveAdmission } from './scheduling/admission.ts';
import { type ResourceLimits, resolveResourceLimits } from './scheduling/resource-limits.ts';
import { type SchedulerOptions, type SchedulerSettings, resolveScheduler } from './scheduling/options.ts';
import type { PressureLimits } from './scheduling/pressure.ts';

/** Everything has a default: `createEngine()` is an engine. */
export interface EngineOptions {
  /** How many task bodies run at once, over all runs, those not counted that have an open child; 1 or more. @default 64 */
  readonly maxConcurrency?: number | undefined;
  /** Who goes next, among those who wait. @default 'fifo' */
  readonly scheduler?: SchedulerOptions | undefined;
  /** How many runs are let in at once, and what becomes of further ones. @default all are let in */
  readonly admission?: AdmissionOptions | undefined;
  /** What the process may use of the machine before new work is held back, and how long a run may take. @default no limits */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** What follows a failed attempt of a task whose author named no `retry`. @default nothing is retried */
  readonly errorRecovery?: ErrorRecovery | undefined;
  /**
   * How many worker threads run bodies of isolated flows at once. With 0 there are none, and such bodies run in the
   * engine's own thread: for tests on a simulated clock, and for stepping through them with an inspector.
   *
   * @default as many as the machine runs in parallel
   */
  readonly threads?: number | undefined;
  /** Flows by the names of the exports by which a worker can reach them: `import * as flows from './flows.ts'`. Needed only for isolated flows that it can't tell apart otherwise. */
  readonly flows?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Measures how long attempts wait for a place and run: `latency` of each node in `metrics()`. Costs a look at the clock at
   * both ends of each attempt. @default false
   */
  readonly monitoring?: boolean | undefined;
  /** How long an aborted body that ignores its signal is waited for before it is abandoned. @default '1s' */
  readonly gracePeriod?: Duration | undefined;
  /** Asked before each attempt of each instance, in every run. */
  readonly answers?: Answers | undefined;
  /** @default the machine's */
  readonly clock?: Clock | undefined;
  /** @default the machine's */
  readonly random?: Random | undefined;
  /** What the process uses of the machine. @default what the machine says */
  readonly resources?: Resources | undefined;
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
  /** How urgent it is, where the engine's scheduler goes by priority. @default 'normal' */
  readonly priority?: Priority | undefined;
  /**
   * What it is for, whose it is: for schedulers that go by a label, and for people. They stand on the run, in its first event,
   * and beside each event that an engine tells. @default none
   */
  readonly labels?: Labels | undefined;
  /**
   * Keeps what each instance did when, and why it waited: `run.trace`. A function is given the whole of it when the run has
   * ended, which is the way to have it of `execute`. Costs what a listener costs. @default false
   */
  readonly trace?: boolean | ((trace: Trace) => void) | undefined;
  /**
   * Makes the call one that can be made again: a second call with the same key is given the run of the first, if it is for the
   * same flow and an equal input, and is refused with `idempotency-conflict` if not. Other options of a second call do nothing.
   * A failed run is given again as well. Known are all runs that have not ended and the last 1,000 that have, with a
   * copy of their inputs. Bodies find it at the beginning of `context().idempotencyKey`, in place of the run's id. Any text but ''.
   */
  readonly idempotencyKey?: string | undefined;
}

export interface DrainOptions {
  /** Stops the waiting when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Checked {@link EngineOptions}, every default filled in. */
export interface EngineSettings {
  readonly maxConcurrency: number;
  readonly scheduler: SchedulerSettings;
  /** Null when all runs are let in. */
  readonly admission: AdmissionLimits | null;
  /** Null when the process may use what it will. */
  readonly pressure: PressureLimits | null;
  /** Of a run that is started without options. */
  readonly start: StartSettings;
  readonly resources: Resources;
  readonly errorRecovery: RetryPolicy | undefined;
  readonly threads: number;
  readonly flows: Readonly<Record<string, unknown>>;
  readonly monitoring: boolean;
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
  readonly priority: number;
  readonly labels: Labels;
  readonly trace: boolean | ((trace: Trace) => void);
  readonly idempotencyKey: string | undefined;
}

const DEFAULT_CONCURRENCY = 64;
const DEFAULT_GRACE = '1s';

const ENGINE_OPTIONS: readonly string[] = [
  'maxConcurrency',
  'scheduler',
  'admission',
  'resourceLimits',
  'errorRecovery',
  'threads',
  'flows',
  'monitoring',
  'gracePeriod',
  'answers',
  'clock',
  'random',
  'resources',
  'pick',
];

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveEngineOptions(options: EngineOptions): EngineSettings {
  const where = 'createEngine';
  checkKnown(options, ENGINE_OPTIONS, where);
  const { maxConcurrency = DEFAULT_CONCURRENCY, monitoring = false, errorRecovery, flows = {} } = options;
  const { answers, pick } = options;
  const clock = options.clock ?? systemClock;
  const threads = options.threads ?? (options.resources ?? systemResources).cores();
  if (!Number.isInteger(threads) || threads < 0) {
    throw new HolonError('invalid-option', `${where}: threads: ${textOf(threads)} is not a whole number from 0.`);
  }
  if (typeof flows !== 'object' || flows === null) {
    throw new HolonError('invalid-option', `${where}: flows: ${textOf(flows)} is not a record of flows.`);
  }
  checkBoolean(monitoring, `${where}: monitoring`);
  checkFunction(answers, `${where}: answers`);
  checkFunction(pick, `${where}: pick`);
  const { pressure, timeoutMs } = resolveResourceLimits(options.resourceLimits, `${where}: resourceLimits`);
  return {
    maxConcurrency: parseLimit(maxConcurrency, `${where}: maxConcurrency`),
    scheduler: resolveScheduler(options.scheduler ?? 'fifo', () => clock.elapsed(), `${where}: scheduler`),
    admission: options.admission === undefined ? null : resolveAdmission(options.admission, `${where}: admission`),
    pressure,
    start: timeoutMs === undefined ? DEFAULT_START : { ...DEFAULT_START, timeoutMs },
    resources: options.resources ?? systemResources,
    errorRecovery: errorRecovery === undefined ? undefined : resolveErrorRecovery(errorRecovery, where),
    threads,
    flows,
    monitoring,
    gracePeriodMs: parseDuration(options.gracePeriod ?? DEFAULT_GRACE, `${where}: gracePeriod`),
    answers,
    clock,
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

const START_OPTIONS: readonly string[] = [
  'paused',
  'signal',
  'timeout',
  'answers',
  'priority',
  'labels',
  'trace',
  'idempotencyKey',
];

const NO_LABELS: Labels = Object.freeze({});

/** Of a start without options. */
export const DEFAULT_START: StartSettings = {
  paused: false,
  signal: undefined,
  timeoutMs: undefined,
  answers: undefined,
  priority: 0,
  labels: NO_LABELS,
  trace: false,
  idempotencyKey: undefined,
};

/**
 * @param where what the caller called: `start`, `execute`
 * @param defaults what holds where nothing is said
 * @throws HolonError `invalid-option` naming the option and the value
 */
export function resolveStartOptions(
  options: StartOptions | undefined,
  where: string,
  defaults: StartSettings,
): StartSettings {
  if (options === undefined) return defaults;
  checkKnown(options, START_OPTIONS, where);
  const { paused = false, signal, timeout, answers, priority = 'normal', labels, trace = false } = options;
  checkBoolean(paused, `${where}: paused`);
  checkFunction(answers, `${where}: answers`);
  if (typeof trace !== 'function') checkBoolean(trace, `${where}: trace`);
  checkSignal(signal, where);
  return {
    paused,
    signal,
    timeoutMs: timeout === undefined ? defaults.timeoutMs : parseDuration(timeout, `${where}: timeout`),
    answers,
    priority: parsePriority(priority, `${where}: priority`),
    labels: labels === undefined ? NO_LABELS : checkLabels(labels, `${where}: labels`),
    trace,
    idempotencyKey: checkKey(options.idempotencyKey, `${where}: idempotencyKey`),
  };
}

function checkKey(key: unknown, option: string): string | undefined {
  if (key === undefined || (typeof key === 'string' && key !== '')) return key;
  throw new HolonError('invalid-option', `${option}: ${textOf(key)} is not a text of at least one character.`);
}

function checkLabels(labels: unknown, option: string): Labels {
  const isRecord = typeof labels === 'object' && labels !== null && !Array.isArray(labels);
  if (isRecord && Object.values(labels).every((value) => typeof value === 'string'))
    return Object.freeze({ ...labels });
  throw new HolonError('invalid-option', `${option}: ${textOf(labels)} is not a record of texts.`);
}

/** @throws HolonError `invalid-option` */
export function resolveDrainOptions(options: DrainOptions = {}): AbortSignal | undefined {
  checkKnown(options, ['signal'], 'drain');
  checkSignal(options.signal, 'drain');
  return options.signal;
}

function checkSignal(signal: unknown, where: string): void {
  if (signal === undefined || typeof (signal as AbortSignal | null)?.addEventListener === 'function') return;
  throw new HolonError('invalid-option', `${where}: signal: ${textOf(signal)} is not an AbortSignal.`);
}

function checkFunction(value: unknown, option: string): void {
  if (value !== undefined && typeof value !== 'function')
    throw new HolonError('invalid-option', `${option}: ${textOf(value)} is not a function.`);
}

function checkBoolean(value: unknown, option: string): void {
  if (typeof value !== 'boolean')
    throw new HolonError('invalid-option', `${option}: ${textOf(value)} is neither true nor false.`);
}
