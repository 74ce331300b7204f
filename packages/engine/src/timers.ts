import TinyQueue from 'tinyqueue';
import { outside } from './ambient.ts';
import type { Clock, TimerHandle } from './clock.ts';

/** A timer of the engine. It can stand still, as timeouts do while the debugger holds something in their scope. */
export interface Timer {
  readonly fire: () => void;
  /** When it fires, by the clock's elapsed time; while it stands still, what was left. */
  dueAt: number;
  state: 'armed' | 'still' | 'done';
  /** Which arming of which timer came first, among those due at the same time. */
  order: number;
}

interface Entry {
  readonly timer: Timer;
  readonly dueAt: number;
  readonly order: number;
}

/** Dead entries are swept out when there are at least this many and they are the majority. */
const SWEEP_AT = 256;

/** All timers of an engine: one heap over one timer of the clock. */
export class Timers {
  readonly #clock: Clock;
  readonly #onBroken: (error: unknown) => void;
  #queue = new TinyQueue<Entry>([], byDueTime);
  #dead = 0;
  #order = 0;
  #handle: TimerHandle | undefined;
  #handleDueAt = Number.POSITIVE_INFINITY;

  /** @param onBroken hears when the clock can't be set: then none of these timers can be relied on */
  constructor(clock: Clock, onBroken: (error: unknown) => void) {
    this.#clock = clock;
    this.#onBroken = onBroken;
  }

  add(delayMs: number, fire: () => void): Timer {
    const timer: Timer = { fire, dueAt: this.#clock.elapsed() + delayMs, state: 'armed', order: 0 };
    this.#push(timer);
    return timer;
  }

  remove(timer: Timer): void {
    if (timer.state === 'armed') this.#bury();
    timer.state = 'done';
  }

  /** Stops its time until {@link resume}. */
  suspend(timer: Timer): void {
    if (timer.state !== 'armed') return;
    timer.dueAt -= this.#clock.elapsed();
    timer.state = 'still';
    this.#bury();
  }

  resume(timer: Timer): void {
    if (timer.state !== 'still') return;
    timer.dueAt += this.#clock.elapsed();
    timer.state = 'armed';
    this.#push(timer);
  }

  #push(timer: Timer): void {
    timer.order = this.#order++;
    this.#queue.push({ timer, dueAt: timer.dueAt, order: timer.order });
    if (timer.dueAt < this.#handleDueAt) this.#arm();
  }

  #bury(): void {
    this.#dead += 1;
    if (this.#dead === this.#queue.length) {
      this.#queue = new TinyQueue<Entry>([], byDueTime);
      this.#dead = 0;
      this.#arm();
    } else if (this.#dead >= SWEEP_AT && this.#dead * 2 > this.#queue.length) {
      this.#queue = new TinyQueue(this.#queue.data.filter(isAlive), byDueTime);
      this.#dead = 0;
    }
  }

  /** Sets the clock's one timer for the earliest of ours, or for none. */
  #arm(): void {
    try {
      this.#setClock();
    } catch (error) {
      this.#handleDueAt = Number.POSITIVE_INFINITY;
      this.#onBroken(error);
    }
  }

  #setClock(): void {
    if (this.#handle !== undefined) this.#clock.clearTimer(this.#handle);
    this.#handle = undefined;
    this.#handleDueAt = Number.POSITIVE_INFINITY;
    let first = this.#queue.peek();
    // The dead must not keep the clock's timer, and with it the process, waiting.
    for (; first !== undefined && !isAlive(first); first = this.#queue.peek()) {
      this.#queue.pop();
      this.#dead -= 1;
    }
    if (first === undefined) return;
    this.#handleDueAt = first.dueAt;
    const delayMs = Math.max(0, first.dueAt - this.#clock.elapsed());
    this.#handle = outside(() => this.#clock.setTimer(() => this.#ring(), delayMs));
  }

  #ring(): void {
    this.#handle = undefined;
    this.#handleDueAt = Number.POSITIVE_INFINITY;
    const now = this.#clock.elapsed();
    for (let entry = this.#queue.peek(); entry !== undefined && entry.dueAt <= now; entry = this.#queue.peek()) {
      this.#queue.pop();
      if (!isAlive(entry)) {
        this.#dead -= 1;
        continue;
      }
      entry.timer.state = 'done';
      entry.timer.fire();
    }
    this.#arm();
  }
}

function byDueTime(a: Entry, b: Entry): number {
  return a.dueAt - b.dueAt || a.order - b.order;
}

/** Suspended and resumed, a timer has a later entry, and this one is dead. */
function isAlive(entry: Entry): boolean {
  return entry.timer.state === 'armed' && entry.timer.order === entry.order;
}
