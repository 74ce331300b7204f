import { outside } from './ambient.ts';
import type { Clock } from './clock.ts';
import type { Slots } from './scheduling/slots.ts';

/** A log whose listeners have something to hear. */
export interface Untold {
  tell(): void;
}

/**
 * From when something calls into the engine until that call returns: the engine's one stretch of synchronous work.
 * At its end, those who wait for a place go on, then listeners hear what has happened in it, both until there is
 * nothing left. So whatever happens in one turn is one batch.
 */
export class Turn {
  readonly #clock: Clock;
  readonly #slots: Slots;
  #depth = 0;
  #untold: Untold[] = [];
  #nowMs: number | undefined;
  #roughlyMs: number | undefined;

  constructor(clock: Clock, slots: Slots) {
    this.#clock = clock;
    this.#slots = slots;
  }

  /** Each `begin` has its `end`; what is within others only counts. */
  begin(): void {
    this.#depth += 1;
    this.#slots.begin();
  }

  end(): void {
    this.#slots.end();
    if (this.#depth === 1) {
      while (this.#untold.length > 0) this.#tellAll();
      this.#nowMs = undefined;
    }
    this.#depth -= 1;
  }

  /** Listeners may bring about more, which is heard after it. */
  #tellAll(): void {
    const untold = this.#untold;
    this.#untold = [];
    this.#slots.begin();
    for (const log of untold) log.tell();
    this.#slots.end();
  }

  /** Has its listeners called at the end of the turn; now, outside of any. */
  hasNews(log: Untold): void {
    if (this.#depth > 0) this.#untold.push(log);
    else {
      this.begin();
      this.#untold.push(log);
      this.end();
    }
  }

  /** The time, read from the clock once a turn, and again after each body: nothing else in a turn takes long. */
  now(): number {
    if (this.#depth === 0) return this.#clock.now();
    return (this.#nowMs ??= this.#clock.now());
  }

  /** A body has run: time may have passed. */
  timePassed(): void {
    this.#nowMs = undefined;
  }

  /** The time as of when the event loop last went round, for what nobody watches: read once for all the turns until it does again. */
  roughly(): number {
    if (this.#roughlyMs === undefined) {
      this.#roughlyMs = this.#clock.now();
      outside(() => this.#clock.defer(this.#forgetRoughly));
    }
    return this.#roughlyMs;
  }

  readonly #forgetRoughly = (): void => {
    this.#roughlyMs = undefined;
  };
}
