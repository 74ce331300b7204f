/** Someone who wants a place on the executor. */
export interface SlotWaiter {
  /** Its place is there: go on. Called once, from the scheduler's own loop, never from inside {@link Slots.take}. */
  onSlot(): void;
}

/** Those who want a place: bodies that want to begin, and bodies whose last open child has ended and that want to go on. */
export type SlotQueue = 'resuming' | 'waiting';

export interface SchedulerFacts {
  readonly limit: number;
  readonly inUse: number;
  /** How many are in each queue. */
  readonly resuming: number;
  readonly waiting: number;
  /** Someone who asks just now, and the queue it would wait in. */
  readonly asking: SlotQueue | undefined;
  /** Whether places have become free in this very turn, for the branch that gave them back to take again. */
  readonly sameTurn: boolean;
}

export type NextDecision =
  | { readonly kind: 'grant'; readonly to: SlotQueue | 'asking'; readonly reason: string }
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'idle' };

/**
 * Who runs next, and why the others wait. What has begun goes before what has not, or a body could
 * wait forever behind those that came after it; otherwise first come, first served. Pure.
 */
export function decideNext(facts: SchedulerFacts): NextDecision {
  const { limit, inUse, resuming, waiting, asking } = facts;
  if (asking === undefined && resuming + waiting === 0) return IDLE;
  if (inUse >= limit)
    return { kind: 'wait', reason: `waiting for one of ${limit} places: all are taken (maxConcurrency)` };
  if (asking !== undefined) {
    const earlier = asking === 'resuming' ? resuming : resuming + waiting;
    return earlier === 0 || facts.sameTurn ? GRANT_ASKING : WAIT_FOR_EARLIER;
  }
  return resuming > 0 ? GRANT_RESUMING : GRANT_WAITING;
}

const IDLE: NextDecision = { kind: 'idle' };
const GRANT_ASKING: NextDecision = { kind: 'grant', to: 'asking', reason: 'a place is free' };
const GRANT_RESUMING: NextDecision = { kind: 'grant', to: 'resuming', reason: 'its children have ended' };
const GRANT_WAITING: NextDecision = { kind: 'grant', to: 'waiting', reason: 'first come, first served' };
const WAIT_FOR_EARLIER: NextDecision = { kind: 'wait', reason: 'waiting for a place: others came earlier' };

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

  /** Takes a place if there is one for it now. Otherwise gives why not, and `waiter` is called when its turn has come. */
  take(waiter: SlotWaiter, queue: SlotQueue): string | undefined {
    const decision = this.#decide(queue);
    if (decision.kind === 'grant') {
      this.#inUse += 1;
      return undefined;
    }
    (queue === 'resuming' ? this.#resuming : this.#waiting).add(waiter);
    return decision.kind === 'wait' ? decision.reason : '';
  }

  /** Takes a place if there is one now, and waits for none: for a body that runs already. */
  takeNow(): boolean {
    if (this.#decide('resuming').kind !== 'grant') return false;
    this.#inUse += 1;
    return true;
  }

  #decide(asking: SlotQueue | undefined): NextDecision {
    return decideNext({
      limit: this.limit,
      inUse: this.#inUse,
      resuming: this.#resuming.size,
      waiting: this.#waiting.size,
      asking,
      sameTurn: this.#depth > 0,
    });
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

  /** Runs `work` between {@link begin} and {@link end}. */
  batch<T>(work: () => T): T {
    this.begin();
    try {
      return work();
    } finally {
      this.end();
    }
  }

  begin(): void {
    this.#depth += 1;
  }

  /** Lets those who wait go on as far as there is room: the shallow loop all queued bodies start from. */
  end(): void {
    if (this.#depth === 1) this.#dispatch();
    this.#depth -= 1;
  }

  #dispatch(): void {
    for (;;) {
      const decision = this.#decide(undefined);
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
