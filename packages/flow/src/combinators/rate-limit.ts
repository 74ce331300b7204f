import { DEFINITION } from '../brand.ts';
import { durationText } from '../duration.ts';
import { type AnyFlow, type InputTo, combinator, slot } from '../flow.ts';
import { type RateDecision, decideRate } from '../policies/rate.ts';
import { type RateLimit, type RateOptions, keyFor, resolveRateOptions } from '../policies/scheduling.ts';
import type { Port } from '../port.ts';
import type { Settle } from '../work.ts';
import { Keyed } from './keyed.ts';
import { takeName } from './named.ts';
import type { AnyFunction, Wrapped } from './wrapped.ts';

/**
 * A flow that begins at most `limit` times in any stretch of time as long as `interval`; who comes too early waits, first
 * come, first served. Always a promise. It acts in direct calls, too; the option `rate` is the engine's.
 *
 * It counts with copies made by `with`, with all who name the same `key` and numbers, and in an engine with all of its
 * runs.
 *
 * @throws HolonError `invalid-option` naming the option and the value; when it runs, what the flow throws
 *
 * @example
 * const began = Date.now();
 * const fetchPage = async (host: string) => `${host} after ${Date.now() - began} ms`;
 * const polite = rateLimit(fetchPage, { limit: 1, interval: '1s', key: (host) => host });
 * await Promise.all([polite('a'), polite('a'), polite('b')]); // ['a after 0 ms', 'a after 1000 ms', 'b after 0 ms']
 */
export function rateLimit<F extends AnyFunction>(child: F, rate: RateOptions<InputTo<F, Parameters<F>>>): Wrapped<F>;
export function rateLimit<F extends AnyFunction>(
  name: string,
  child: F,
  rate: RateOptions<InputTo<F, Parameters<F>>>,
): Wrapped<F>;
export function rateLimit(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('rateLimit', given);
  const child = slot(rest[0]);
  const rate = resolveRateOptions((rest[1] ?? {}) as RateOptions, where);
  const { key, limit, intervalMs } = rate;
  const label = `${limit} in ${durationText(intervalMs)}`;
  const owner = {};
  const newLine = (): Line => new Line(rate);
  const lineOf = (input: unknown, port: Port): Line => {
    if (key === undefined) return port.shared(owner, newLine);
    const lines = port.shared(`rate-limit ${limit} in ${intervalMs}`, () => new Keyed(newLine));
    return lines.of(keyFor(key, input, `${where}: key`), (line) => line.isIdle(port.now()));
  };
  return combinator({
    kind: 'rate-limit',
    name,
    alwaysPromise: true,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [],
      edges: [
        { from: 'in', to: child, label },
        { from: child, to: 'out' },
      ],
    },
    run: async (input, port) => {
      await lineOf(input, port).pass(port, label);
      return port.call(child, input);
    },
  });
}

/** Someone who wants to begin. */
interface Waiter {
  /** Tells it that it is the first. */
  wake: (() => void) | undefined;
}

/** Times that have passed are let go of when there are at least this many and they are the majority. */
const COMPACT_AT = 256;

/** Those who count together: when they began, and who waits to, in order. */
class Line {
  readonly #rate: RateLimit;
  /** When those within the last interval began, in order; all before `#oldest` are older. */
  #times: number[] = [];
  #oldest = 0;
  readonly #waiters = new Set<Waiter>();

  constructor(rate: RateLimit) {
    this.#rate = rate;
  }

  /** Whether a new one would do the same. */
  isIdle(now: number): boolean {
    this.#forget(now);
    return this.#waiters.size === 0 && this.#begun === 0;
  }

  get #begun(): number {
    return this.#times.length - this.#oldest;
  }

  /** Waits until one more may begin, and counts it. */
  async pass(port: Port, label: string): Promise<void> {
    const waiter: Waiter = { wake: undefined };
    this.#waiters.add(waiter);
    try {
      for (;;) {
        if (this.#first !== waiter) {
          const begin = ({ resolve }: Settle<void>): (() => void) => {
            waiter.wake = resolve;
            return nothing;
          };
          await port.wait(`waiting for its turn: ${label}, others came earlier`, begin, undefined, 'rate');
          continue;
        }
        const now = port.now();
        const decision = this.#decide(now);
        if (decision.kind === 'pass') {
          this.#times.push(now);
          return;
        }
        const leftMs = Math.max(0, decision.untilMs! - now);
        await port.wait(`waiting for its turn: ${label}`, () => nothing, leftMs, 'rate');
      }
    } finally {
      this.#waiters.delete(waiter);
      this.#first?.wake?.();
    }
  }

  get #first(): Waiter | undefined {
    const [first] = this.#waiters;
    return first;
  }

  #decide(now: number): RateDecision {
    this.#forget(now);
    return decideRate(this.#rate, {
      begun: this.#begun,
      reserved: 0,
      oldestMs: this.#times[this.#oldest],
    });
  }

  #forget(now: number): void {
    // A clock that was set back: what it calls the future was just now at the latest.
    if ((this.#times.at(-1) ?? now) > now) this.#times = this.#times.map((time) => Math.min(time, now));
    while (this.#begun > 0 && this.#times[this.#oldest]! <= now - this.#rate.intervalMs) this.#oldest += 1;
    if (this.#oldest < COMPACT_AT && this.#begun > 0) return;
    if (this.#oldest * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#oldest);
    this.#oldest = 0;
  }
}

function nothing(): void {}
