import type { Clock, TimerHandle } from '@holon/engine';

/**
 * Time that stands still until it is told to go on. Unlike the engine's simulated clock it lets sockets
 * go on meanwhile: what is deferred happens by itself.
 */
export class ManualClock implements Clock {
  #now = 1_000_000;
  readonly #timers = new Map<number, { readonly at: number; readonly ms: number; readonly fire: () => void }>();
  readonly #waiting = new Set<() => void>();
  #last = 0;

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  setTimer(fire: () => void, ms: number): TimerHandle {
    this.#last += 1;
    this.#timers.set(this.#last, { at: this.#now + ms, ms, fire });
    for (const wake of this.#waiting) wake();
    return this.#last;
  }

  clearTimer(handle: TimerHandle): void {
    this.#timers.delete(handle as number);
  }

  defer(run: () => void): void {
    setImmediate(run);
  }

  /** Waits until a timer of this length runs. */
  async timer(ms: number): Promise<void> {
    while (![...this.#timers.values()].some((timer) => timer.ms === ms)) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Fires what is due on the way, in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      const [handle, { at, fire }] = due;
      this.#timers.delete(handle);
      this.#now = at;
      fire();
    }
    this.#now = until;
  }
}
