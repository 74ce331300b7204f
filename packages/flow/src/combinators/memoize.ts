import { DEFINITION } from '../brand.ts';
import { checkKnown } from '../check-known.ts';
import { mapResult } from '../deferred.ts';
import { type Duration, parseDuration } from '../duration.ts';
import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, type InputTo, combinator, slot } from '../flow.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import { parseLimit } from '../policies/scheduling.ts';
import { ArgumentList, type Port } from '../port.ts';
import type { Work } from '../work.ts';
import { joinWork } from './join-work.ts';
import { takeName } from './named.ts';
import { ValueKeys } from './value-keys.ts';
import type { AnyFunction } from './wrapped.ts';

/** A flow that takes and gives what `F` does. */
export type Memoized<F extends AnyFunction> = Flow<InputTo<F, Parameters<F>>, ReturnType<F>, Parameters<F>>;

/** What calls with the same result have in common: any value, compared as inputs are. */
export type MemoizeKey<F extends AnyFunction> = (...args: Parameters<F>) => unknown;

/** What {@link memoize} takes beside its flow. */
export interface MemoizeOptions<F extends AnyFunction = AnyFunction> extends FlowOptions {
  /** @default the input: see {@link memoize} */
  readonly key?: MemoizeKey<F> | undefined;
  /** How many results are kept; beyond that, the one that was not asked for the longest goes. 1 or more. @default 1,000 */
  readonly max?: number | undefined;
  /** How long a result is kept, from when it was there. With 0 only calls at the same time share one. @default for good */
  readonly ttl?: Duration | undefined;
}

const DEFAULT_MAX = 1_000;

/**
 * A flow that remembers what it gave: a cache. Calls with the same input while one is under way share it; failures are
 * not kept. Synchronous when what it wraps is.
 *
 * Inputs are the same when they are the same primitive, or arrays and plain objects that hold the same. Functions and
 * objects of a class are the same as themselves only: give a `key` where that is too strict, or where inputs are large.
 *
 * Copies made by `with` share the results; so do all runs of an engine. Canceling a run never cancels a call that another
 * waits for. What is kept is given as it is, not copied: don't change it.
 *
 * @throws HolonError `invalid-option` naming the option and the value; when it runs, what the flow throws
 *
 * @example
 * let asked = 0;
 * const rates = memoize(async (currency: string) => `${currency}: answer ${++asked}`, { ttl: '5m', max: 100 });
 * await rates('EUR'); // 'EUR: answer 1'
 * await rates('EUR'); // 'EUR: answer 1'
 */
export function memoize<F extends AnyFunction>(
  name: string,
  child: F,
  key?: MemoizeKey<F> | MemoizeOptions<F>,
): Memoized<F>;
export function memoize<F extends AnyFunction>(child: F, key?: MemoizeKey<F> | MemoizeOptions<F>): Memoized<F>;
export function memoize(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('memoize', given);
  const child = slot(rest[0]);
  const { key, max, ttl, ...options } = optionsOf(rest[1], where);
  const limits: Limits = {
    max: parseLimit(max ?? DEFAULT_MAX, `${where}: max`),
    ttlMs: ttl === undefined ? Number.POSITIVE_INFINITY : parseDuration(ttl, `${where}: ttl`),
  };
  const known = { id: 'known', shape: 'choice', label: 'known?' } as const;
  const owner = {};

  const keyed = (input: unknown): unknown => {
    if (key === undefined) return input;
    return (key as (...args: unknown[]) => unknown)(...(input instanceof ArgumentList ? input.values : [input]));
  };
  return combinator({
    kind: 'memoize',
    name,
    options,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [known],
      edges: [
        { from: 'in', to: known },
        { from: known, to: child, label: 'no', when: false },
        { from: known, to: 'out', label: 'yes', when: true },
        { from: child, to: 'out' },
      ],
    },
    run: (input, port) => {
      const results = port.shared(owner, () => new Results(limits));
      const place = results.placeOf(keyed(input));
      const found = results.find(place, port);
      if (port.choose('known', found?.kind === 'value') && found?.kind === 'value') return found.value;
      const call = found?.kind === 'call' ? found : results.begin(place, port.work(child, input));
      return mapResult(joinWork(call.work, port, 'waiting for the call with this input'), (value) => {
        results.settle(place, call, value, port);
        return value;
      });
    },
  });
}

function optionsOf(given: unknown, where: string): MemoizeOptions {
  if (given === undefined || typeof given === 'function') return { key: given as MemoizeOptions['key'] };
  checkKnown(given, ['key', 'max', 'ttl', ...FLOW_OPTIONS], where);
  const options = given as MemoizeOptions;
  if (options.key === undefined || typeof options.key === 'function') return options;
  throw new HolonError('invalid-option', `${where}: key: ${textOf(options.key)} is not a function.`);
}

interface Limits {
  readonly max: number;
  readonly ttlMs: number;
}

interface Call {
  readonly kind: 'call';
  readonly work: Work;
}

interface Value {
  readonly kind: 'value';
  readonly value: unknown;
  readonly since: number;
}

/** Results and calls under way, the one that was asked for last at the end. */
class Results {
  readonly #limits: Limits;
  readonly #keys = new ValueKeys();
  readonly #entries = new Map<string, Call | Value>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  placeOf(key: unknown): string {
    return this.#keys.keyOf(key);
  }

  /** What is there and still good. A call that has failed, or that all have left, is not. */
  find(place: string, port: Port): Call | Value | undefined {
    const entry = this.#entries.get(place);
    if (entry === undefined) return undefined;
    this.#entries.delete(place);
    const isGood =
      entry.kind === 'call'
        ? !entry.work.left && entry.work.outcome?.kind !== 'error'
        : this.#now(port) - entry.since < this.#limits.ttlMs;
    if (!isGood) return undefined;
    this.#entries.set(place, entry);
    return entry;
  }

  begin(place: string, work: Work): Call {
    const call: Call = { kind: 'call', work };
    this.#entries.delete(place);
    if (this.#entries.size >= this.#limits.max) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest!);
    }
    this.#entries.set(place, call);
    return call;
  }

  /** The call has come to a value; the first who hears of it says so, if it still has its place. */
  settle(place: string, call: Call, value: unknown, port: Port): void {
    if (this.#entries.get(place) === call) this.#entries.set(place, { kind: 'value', value, since: this.#now(port) });
  }

  #now(port: Port): number {
    return this.#limits.ttlMs === Number.POSITIVE_INFINITY ? 0 : port.now();
  }
}
