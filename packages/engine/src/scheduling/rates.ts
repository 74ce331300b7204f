import { type RateLimit, decideRate } from '@holon/flow';
import type { Timer, Timers } from '../timers.ts';
import type { WaitQueue } from './queues/queue.ts';
import type { Gate, Ticket } from './ticket.ts';
import type { WaitReason } from './wait-reason.ts';

/** Times that have passed are let go of when there are at least this many and they are the majority. */
const COMPACT_AT = 256;

/** What {@link RateGate} needs of the engine. */
export interface RatePorts {
  readonly elapsed: () => number;
  readonly timers: Timers;
  readonly onPassed: (ticket: Ticket) => void;
  /** Runs what a timer brings about as one stretch of work. */
  readonly enter: (work: () => void) => void;
}

/** The tokens of one key: who began when, and who waits for one to come back. */
export class RateGate implements Gate {
  /** `rate of key "bank"`, for people. */
  readonly name: string;
  readonly #rate: RateLimit;
  readonly #line: WaitQueue<Ticket>;
  readonly #ports: RatePorts;
  /** When those of the last interval began, in order; all before `#first` are older. */
  #times: number[] = [];
  #first = 0;
  /** Let through, and not begun. */
  readonly #reserved = new Set<Ticket>();
  #timer: Timer | undefined;

  constructor(name: string, rate: RateLimit, line: WaitQueue<Ticket>, ports: RatePorts) {
    this.name = name;
    this.#rate = rate;
    this.#line = line;
    this.#ports = ports;
  }

  get isIdle(): boolean {
    this.#forget();
    return this.#line.size + this.#reserved.size + this.#begun === 0;
  }

  get line(): readonly Ticket[] {
    return this.#line.list();
  }

  get #begun(): number {
    return this.#times.length - this.#first;
  }

  enter(ticket: Ticket): boolean {
    if (this.#line.size === 0 && this.#decide().kind === 'pass') {
      this.#reserved.add(ticket);
      return true;
    }
    this.#line.add(ticket);
    this.#arm();
    return false;
  }

  #decide(): ReturnType<typeof decideRate> {
    this.#forget();
    return decideRate(this.#rate, {
      begun: this.#begun,
      reserved: this.#reserved.size,
      oldestMs: this.#times[this.#first],
    });
  }

  /** What began longer ago than the interval counts no more. */
  #forget(): void {
    const since = this.#ports.elapsed() - this.#rate.intervalMs;
    while (this.#first < this.#times.length && this.#times[this.#first]! <= since) this.#first += 1;
    if (this.#first < COMPACT_AT || this.#first * 2 < this.#times.length) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }

  leave(ticket: Ticket): void {
    this.#line.delete(ticket);
    if (this.#line.size === 0) this.#disarm();
  }

  began(ticket: Ticket): void {
    this.#reserved.delete(ticket);
    this.#times.push(this.#ports.elapsed());
    if (this.#line.size > 0) this.#arm();
  }

  release(ticket: Ticket): void {
    if (this.#reserved.delete(ticket)) this.#admit();
  }

  #admit(): void {
    for (let next = this.#line.peek(); next !== undefined; next = this.#line.peek()) {
      if (this.#decide().kind === 'wait') return this.#arm();
      this.#line.delete(next);
      this.#reserved.add(next);
      this.#ports.onPassed(next);
    }
  }

  /** For when the oldest token comes back. Nothing to wait for while all are with those who have yet to begin. */
  #arm(): void {
    if (this.#timer !== undefined) return;
    const decision = this.#decide();
    if (decision.kind !== 'wait' || decision.untilMs === undefined) return;
    const { timers, elapsed, enter } = this.#ports;
    this.#timer = timers.add(decision.untilMs - elapsed(), () => {
      this.#timer = undefined;
      enter(() => this.#admit());
    });
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#ports.timers.remove(this.#timer);
    this.#timer = undefined;
  }

  why(ticket: Ticket): WaitReason {
    const { limit, intervalMs } = this.#rate;
    const decision = this.#decide();
    const untilMs = decision.kind === 'wait' ? decision.untilMs : undefined;
    const order = this.#line.why(ticket);
    return {
      kind: 'rate',
      key: this.name,
      limit,
      ...(untilMs !== undefined && { untilMs }),
      reason: `waiting for the ${this.name}: ${limit} have begun within ${intervalMs} ms${order === '' ? '' : ` (${order})`}`,
    };
  }
}
