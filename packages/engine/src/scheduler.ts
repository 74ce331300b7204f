/** Someone who wants a place on the executor. */
export interface SlotWaiter {
  /** Its place is there: go on. Called once, from the scheduler's own loop, never from inside {@link Slots.take}. */
  onSlot(): void;
}

export interface SchedulerFacts {
  readonly limit: number;
  readonly inUse: number;
  /** Bodies whose last open child has ended, and that want to go on. */
  readonly resuming: number;
  /** Bodies that want to begin. */
  readonly waiting: number;
}

export type NextDecision =
  | { readonly kind: 'grant'; readonly to: 'resuming' | 'waiting'; readonly reason: string }
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'idle' };

/**
 * Who runs next, and why the others wait. What has begun goes before what has not, or a body could
 * wait forever behind those that came after it; otherwise first come, first served. Pure.
 */
export function decideNext(facts: SchedulerFacts): NextDecision {
  if (facts.resuming + facts.waiting === 0) return IDLE;
  if (facts.inUse >= facts.limit) {
    return { kind: 'wait', reason: `waiting for one of ${facts.limit} places: all are taken (maxConcurrency)` };
  }
  return facts.resuming > 0 ? GRANT_RESUMING : GRANT_WAITING;
}

const IDLE: NextDecision = { kind: 'idle' };
const GRANT_RESUMING: NextDecision = { kind: 'grant', to: 'resuming', reason: 'its children have ended' };
const GRANT_WAITING: NextDecision = { kind: 'grant', to: 'waiting', reason: 'first come, first served' };

/**
 * The places on the executor: `limit` running task bodies that have no open child. Acts on
 * {@link decideNext} and does nothing else.
 */
export class Slots {
  readonly limit: number;
  #inUse = 0;
  /** How many {@link batch} calls are open: places that become free in one go to nobody in the queue before it ends. */
  #depth = 0;
  readonly #resuming = new Queue();
  readonly #waiting = new Queue();

  constructor(limit: number) {
    this.limit = limit;
  }

  get inUse(): number {
    return this.#inUse;
  }

  /** Takes a place if one is free now, and nobody came earlier; otherwise `waiter` is called when its turn has come. */
  take(waiter: SlotWaiter, resuming: boolean): boolean {
    const earlier = resuming ? this.#resuming.size : this.#resuming.size + this.#waiting.size;
    if (this.#inUse < this.limit && (earlier === 0 || this.#depth > 0)) {
      this.#inUse += 1;
      return true;
    }
    (resuming ? this.#resuming : this.#waiting).add(waiter);
    return false;
  }

  /** Gives a place back. Who is next is decided when the current {@link batch} ends, so that the same branch may take it again first. */
  give(): void {
    this.#inUse -= 1;
    if (this.#depth === 0) this.batch(nothing);
  }

  /** A waiter that no longer wants a place. */
  leave(waiter: SlotWaiter): void {
    this.#resuming.delete(waiter);
    this.#waiting.delete(waiter);
  }

  /** Why a waiter waits. */
  get reason(): string {
    const decision = decideNext({ limit: this.limit, inUse: this.limit, resuming: 0, waiting: 1 });
    return decision.kind === 'wait' ? decision.reason : '';
  }

  /** Runs `work`, then lets those who wait go on as far as there is room: the shallow loop all queued bodies start from. */
  batch<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } finally {
      if (this.#depth === 1) this.#dispatch();
      this.#depth -= 1;
    }
  }

  #dispatch(): void {
    for (;;) {
      const decision = decideNext({
        limit: this.limit,
        inUse: this.#inUse,
        resuming: this.#resuming.size,
        waiting: this.#waiting.size,
      });
      if (decision.kind !== 'grant') return;
      const waiter = (decision.to === 'resuming' ? this.#resuming : this.#waiting).shift();
      this.#inUse += 1;
      waiter.onSlot();
    }
  }

  /** Those who want to begin, in the order in which they will. */
  queued(): readonly SlotWaiter[] {
    return this.#waiting.list();
  }
}

const nothing = (): void => undefined;

/** Places that were left are let go of when there are at least this many and they are the majority. */
const COMPACT_AT = 256;

/** First in, first out; leaving from the middle costs the same. No Set: taking the first of one walks past all that have left it. */
class Queue {
  #places: (SlotWaiter | undefined)[] = [];
  /** In `#places`: all before it have left. */
  #first = 0;
  /** How many places have been let go of. */
  #gone = 0;
  /** The place of each, counted from the first there ever was. */
  readonly #placeOf = new Map<SlotWaiter, number>();

  get size(): number {
    return this.#placeOf.size;
  }

  add(waiter: SlotWaiter): void {
    this.#placeOf.set(waiter, this.#gone + this.#places.length);
    this.#places.push(waiter);
  }

  delete(waiter: SlotWaiter): void {
    const place = this.#placeOf.get(waiter);
    if (place === undefined) return;
    this.#placeOf.delete(waiter);
    this.#places[place - this.#gone] = undefined;
  }

  /** The first. There has to be one. */
  shift(): SlotWaiter {
    while (this.#places[this.#first] === undefined) this.#first += 1;
    const waiter = this.#places[this.#first++]!;
    this.#placeOf.delete(waiter);
    if (this.#first > COMPACT_AT && this.#first * 2 > this.#places.length) {
      this.#places = this.#places.slice(this.#first);
      this.#gone += this.#first;
      this.#first = 0;
    }
    return waiter;
  }

  list(): readonly SlotWaiter[] {
    return [...this.#placeOf.keys()];
  }
}
