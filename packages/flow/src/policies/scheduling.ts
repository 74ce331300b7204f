import { checkKnown } from '../check-known.ts';
import { type Duration, durationText, parseDuration } from '../duration.ts';
import { HolonError, textOf } from '../errors.ts';
import { ArgumentList } from '../port.ts';
import { type Priority, parsePriority, priorityText } from './priority.ts';

/**
 * What an author may say about when a flow runs, and beside what. Policies are the engine's to act on; a direct call
 * ignores them.
 *
 * @typeParam In what the flow takes: its one input, or the list of several
 */
export interface SchedulingOptions<In = unknown> {
  /**
   * How urgent it and all beneath it are, where the engine's scheduler goes by priority.
   *
   * @default that of what it stands in, in the end the run's
   */
  readonly priority?: Priority | undefined;
  /** How many of it are under way at once, over all runs of an engine. Copies made by `with` count together. @default no limit */
  readonly maxConcurrency?: number | undefined;
  /** The same for all flows that name the same key. @default no key */
  readonly concurrencyKey?: ConcurrencyKeyOptions<In> | undefined;
  /** How often it may begin, attempts counted one by one. @default no limit */
  readonly rate?: RateOptions<In> | undefined;
}

/** A key, or what gives it for an input: one customer, one host, one account. */
export type KeyOf<In> = string | KeyFunction<In>;

/** A method's type, so that one over a narrower input still fits a flow of any. */
type KeyFunction<In> = { key(input: In): string }['key'];

/** What an author writes as `concurrencyKey`. */
export interface ConcurrencyKeyOptions<In = unknown> {
  /** Whoever names the same key, in whatever flow or run of an engine, counts together. */
  readonly key: KeyOf<In>;
  /** How many may be under way at once before this one has to wait; 1 or more. */
  readonly limit: number;
}

/** What an author writes as `rate`. */
export interface RateOptions<In = unknown> {
  /** How many may begin in any stretch of time as long as `interval`; 1 to 1,000,000. */
  readonly limit: number;
  readonly interval: Duration;
  /** Whoever names the same key with the same numbers counts together. @default this flow, with its copies */
  readonly key?: KeyOf<In> | undefined;
}

/** At most `limit` at once of all that name one key. */
export interface ConcurrencyLimit {
  readonly key: KeyOf<unknown>;
  readonly limit: number;
}

/** At most `limit` beginnings in any `intervalMs`. */
export interface RateLimit {
  readonly key: KeyOf<unknown> | undefined;
  readonly limit: number;
  readonly intervalMs: number;
}

/** At most `limit` of one flow at once. It is its own key: copies of the flow share it. */
export interface FlowLimit {
  readonly limit: number;
}

/** Checked {@link SchedulingOptions}. */
export interface SchedulingPolicy {
  readonly priority: number | undefined;
  readonly maxConcurrency: FlowLimit | undefined;
  readonly concurrencyKey: ConcurrencyLimit | undefined;
  readonly rate: RateLimit | undefined;
}

/** The names of {@link SchedulingOptions}. */
export const SCHEDULING_OPTIONS: readonly string[] = ['priority', 'maxConcurrency', 'concurrencyKey', 'rate'];

const MAX_RATE_LIMIT = 1_000_000;

/** @returns null when nothing is said, which is what nearly all flows say @throws HolonError `invalid-option` naming the option and the value */
export function resolveSchedulingOptions(options: SchedulingOptions): SchedulingPolicy | null {
  const { priority, maxConcurrency, concurrencyKey, rate } = options;
  if (priority === undefined && maxConcurrency === undefined && concurrencyKey === undefined && rate === undefined)
    return null;
  return {
    priority: priority === undefined ? undefined : parsePriority(priority, 'priority'),
    maxConcurrency: maxConcurrency === undefined ? undefined : { limit: parseLimit(maxConcurrency, 'maxConcurrency') },
    concurrencyKey: concurrencyKey === undefined ? undefined : resolveConcurrencyKey(concurrencyKey, 'concurrencyKey'),
    rate: rate === undefined ? undefined : resolveRateOptions(rate, 'rate'),
  };
}

function resolveConcurrencyKey(given: ConcurrencyKeyOptions, option: string): ConcurrencyLimit {
  checkKnown(given, ['key', 'limit'], option);
  checkKey(given.key, `${option}.key`);
  return { key: given.key, limit: parseLimit(given.limit, `${option}.limit`) };
}

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveRateOptions(given: RateOptions, option: string): RateLimit {
  checkKnown(given, ['limit', 'interval', 'key'], option);
  const { key, interval } = given;
  const limit = parseLimit(given.limit, `${option}.limit`, MAX_RATE_LIMIT);
  if (key !== undefined) checkKey(key, `${option}.key`);
  return { key, limit, intervalMs: parseDuration(interval, `${option}.interval`) };
}

/** @throws HolonError `invalid-option` unless it is a whole number from 1 to `most` */
export function parseLimit(value: unknown, option: string, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return value as number;
  const range = most === Number.MAX_SAFE_INTEGER ? 'from 1' : `from 1 to ${most.toLocaleString('en')}`;
  throw new HolonError('invalid-option', `${option}: ${textOf(value)} is not a whole number ${range}.`);
}

const MAX_KEY_CHARS = 1_000;

function checkKey(key: unknown, option: string): void {
  if (typeof key === 'function' || isKey(key)) return;
  throw new HolonError(
    'invalid-option',
    `${option}: ${textOf(key)} is neither a text of 1 to ${MAX_KEY_CHARS} characters nor a function that gives one.`,
  );
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= MAX_KEY_CHARS;
}

/**
 * The key for an input: what a key function gives for it. Several arguments are given to it as the list of them.
 *
 * @param where whose key it is, for the message
 * @throws HolonError `invalid-option` when the function gives no text; what it throws
 */
export function keyFor(key: KeyOf<unknown>, input: unknown, where: string): string {
  if (typeof key === 'string') return key;
  const given = key(input instanceof ArgumentList ? input.values : input);
  if (isKey(given)) return given;
  throw new HolonError(
    'invalid-option',
    `${where}: its key function gave ${textOf(given)}, not a text of 1 to ${MAX_KEY_CHARS} characters.`,
  );
}

/** What a copy has: what is said about it, and for the rest what is said about the original. */
export function mergeScheduling(
  own: SchedulingPolicy | null,
  original: SchedulingPolicy | null,
): SchedulingPolicy | null {
  if (own === null || original === null) return own ?? original;
  return {
    priority: own.priority ?? original.priority,
    maxConcurrency: own.maxConcurrency ?? original.maxConcurrency,
    concurrencyKey: own.concurrencyKey ?? original.concurrencyKey,
    rate: own.rate ?? original.rate,
  };
}

/** The policy in words, for pictures. */
export function schedulingTexts(policy: SchedulingPolicy | null): string[] {
  if (policy === null) return [];
  const { priority, maxConcurrency, concurrencyKey, rate } = policy;
  const texts: string[] = [];
  if (priority !== undefined) texts.push(`priority ${priorityText(priority)}`);
  if (maxConcurrency !== undefined) texts.push(`${maxConcurrency.limit} at once`);
  if (concurrencyKey !== undefined) texts.push(`${concurrencyKey.limit} at once for ${keyText(concurrencyKey.key)}`);
  if (rate !== undefined)
    texts.push(
      `${rate.limit} in ${durationText(rate.intervalMs)}${rate.key === undefined ? '' : ` for ${keyText(rate.key)}`}`,
    );
  return texts;
}

function keyText(key: KeyOf<unknown>): string {
  return typeof key === 'string' ? `"${key}"` : 'each key';
}
