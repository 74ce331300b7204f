import { type NextDecision, type SlotQueue, decideNext } from '../scheduler.ts';
import { type LimitPorts, Limits } from './limits.ts';
import type { SchedulerSettings } from './options.ts';
import type { Pressure } from './pressure.ts';
import { Line } from './queues/fifo.ts';
import type { WaitQueue } from './queues/queue.ts';
import type { WaitReason } from './wait-reason.ts';
import type { Contender, SlotWaiter } from './waiter.ts';

/** What {@link Slots} needs of the engine. */
export interface SlotPorts extends Omit<LimitPorts, 'onThrough'> {
  readonly scheduler: SchedulerSettings;
  /** Null where the process may use what it will. */
  readonly pressure: Pressure | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Someone who waits, and for what. */
export interface Queued {
  readonly waiter: SlotWaiter;
  readonly why: WaitReason;
  /** Since when, in milliseconds since 1970, where it does not know so itself: what goes on has begun long ago. */
  readonly since?: number;
}

/** How many times in a row branches may take places that they gave back, before those who wait. */
const MAX_AHEAD = 64;

/**
 * The places on the executor: `limit` running task bodies that have no open child. Acts on {@link decideNext}, and
 * leaves to the queue of the scheduling policy who stands where in line.
 *
 * ```
 * take ─ limits of its flow ─ line for a place ─ onSlot ─ give
 * ```
 */
export class Slots {
  readonly limit: number;
  #inUse = 0;
  /** How many {@link begin} have no {@link end}: places that become free meanwhile go to nobody in the queue before. */
  #depth = 0;
  /** How many have gone before those who wait, since one of these went. */
  #ahead = 0;
  readonly #resuming = new Line<SlotWaiter>();
  readonly #resumingSince = new WeakMap<SlotWaiter, number>();
  readonly #waiting: WaitQueue<Contender>;
  /** Those who have passed their limits and need no place. */
  readonly #through = new Line<Contender>();
  /** Those who have come from a limit to the line for a place in this turn, and have yet to say so, if they wait there. */
  readonly #untold = new Set<Contender>();
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #pressure: Pressure | null;
  /** Whether something else has a say than the flow itself and the number of places. */
  readonly #askAll: boolean;

  constructor(limit: number, { scheduler, pressure, timers, elapsed, threads, now, enter }: SlotPorts) {
    this.limit = limit;
    this.#waiting = scheduler.makeQueue();
    this.#limits = new Limits(scheduler, {
      timers,
      elapsed,
      threads,
      enter,
      onThrough: (waiter) => this.#onThrough(waiter),
    });
    this.#now = now;
    this.#pressure = pressure;
    this.#askAll = pressure !== null || scheduler.rate !== null;
    pressure?.onChange(() => enter(nothing));
  }

  get inUse(): number {
    return this.#inUse;
  }

  /** How many hold something of their flow's limits, or are on their way to. */
  get held(): number {
    return this.#limits.held;
  }

  /**
   * Takes a place if there is one for it now. Otherwise gives why not, and `waiter` is called when its turn has come.
   *
   * @throws what a key function of its flow throws; then it waits for nothing
   */
  take(waiter: Contender, queue: 'waiting'): string | undefined;
  take(waiter: SlotWaiter, queue: 'resuming'): string | undefined;
  take(waiter: SlotWaiter, queue: SlotQueue): string | undefined {
    if (queue === 'resuming') return this.#takePlace(waiter, queue)?.reason;
    const contender = waiter as Contender;
    if (contender.scheduling === null && !this.#askAll) return this.#takePlace(contender, queue)?.reason;
    if (!this.#limits.enter(contender)) return this.#limits.why(contender).reason;
    const why = contender.needsPlace ? this.#takePlace(contender, queue) : undefined;
    if (why === undefined) this.#limits.began(contender);
    return why?.reason;
  }

  #takePlace(waiter: SlotWaiter, queue: SlotQueue): WaitReason | undefined {
    const isAlone = this.#resuming.size + this.#waiting.size === 0;
    if (isAlone && this.#inUse < this.limit && !this.#askAll) {
      this.#inUse += 1;
      return undefined;
    }
    const decision = this.#decide(queue);
    if (decision.kind === 'grant') {
      this.#inUse += 1;
      if (!isAlone) this.#ahead += 1;
      return undefined;
    }
    return this.#stand(waiter, queue, decision);
  }

  #stand(waiter: SlotWaiter, queue: SlotQueue, decision: NextDecision): WaitReason {
    const why = decision.kind === 'wait' ? decision.why : UNKNOWN;
    if (queue === 'resuming') {
      this.#resuming.add(waiter);
      this.#resumingSince.set(waiter, this.#now());
      return why;
    }
    this.#waiting.add(waiter as Contender);
    if (why.kind !== 'slot') this.#pressure?.lookAgain();
    return this.#withOrder(why, waiter as Contender);
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
      sameTurn: this.#depth > 0 && this.#ahead < MAX_AHEAD && this.#waiting.yieldsToSameTurn,
      heldBack: this.#pressure === null || asking === 'resuming' ? undefined : this.#pressure.heldBack,
    });
  }

  /** Gives a place back. Who is next is decided when the current {@link batch} ends, so that the same branch may take it again first. */
  give(): void {
    this.#inUse -= 1;
    if (this.#depth === 0) this.batch(nothing);
  }

  /** A waiter that no longer wants a place, or what its flow's limits let it have. */
  leave(waiter: SlotWaiter): void {
    if (this.#resuming.delete(waiter) || !isContender(waiter)) return;
    this.#waiting.delete(waiter);
    this.#through.delete(waiter);
    this.#untold.delete(waiter);
    this.#limits.leave(waiter);
    if (this.#depth === 0) this.batch(nothing);
  }

  #onThrough(waiter: Contender): void {
    if (!waiter.needsPlace) {
      this.#through.add(waiter);
      return;
    }
    this.#waiting.add(waiter);
    this.#untold.add(waiter);
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
    if (this.#depth === 1) {
      this.#dispatch();
      if (this.#untold.size > 0) this.#tell();
      this.#limits.onChange();
    }
    this.#depth -= 1;
  }

  #dispatch(): void {
    for (;;) {
      if (this.#through.size > 0) {
        this.#start(this.#through.shift());
        continue;
      }
      const decision = this.#decide(undefined);
      if (decision.kind === 'wait' && decision.why.kind !== 'slot') this.#pressure?.lookAgain();
      if (decision.kind !== 'grant') return;
      this.#inUse += 1;
      if (decision.to === 'resuming') {
        this.#resuming.shift().onSlot();
        continue;
      }
      this.#ahead = 0;
      this.#start(this.#waiting.shift());
    }
  }

  #tell(): void {
    const untold = [...this.#untold];
    this.#untold.clear();
    for (const waiter of untold) waiter.onWaitsFor(this.#whyWaiting(waiter).reason);
  }

  #start(waiter: Contender): void {
    this.#untold.delete(waiter);
    this.#limits.began(waiter);
    waiter.onSlot();
  }

  /** Those who want to begin and wait for a place, in the order in which they will. */
  queued(): readonly Contender[] {
    return this.#waiting.list();
  }

  /** Those who wait, for whatever it is: first who want to go on, then {@link queued}, then those at each of the limits, each line in the order in which it will go. */
  *waiting(): Generator<Queued> {
    const resuming = this.#resuming.list();
    if (resuming.length > 0) {
      const decision = this.#decide('resuming');
      const why = decision.kind === 'wait' ? decision.why : UNKNOWN;
      for (const waiter of resuming) yield { waiter, why, since: this.#resumingSince.get(waiter)! };
    }
    for (const waiter of this.#waiting.list()) yield { waiter, why: this.#whyWaiting(waiter) };
    yield* this.#limits.waiting();
  }

  #whyWaiting(waiter: Contender): WaitReason {
    const decision = this.#decide('waiting');
    return this.#withOrder(decision.kind === 'wait' ? decision.why : UNKNOWN, waiter);
  }

  #withOrder(why: WaitReason, waiter: Contender): WaitReason {
    const order = this.#waiting.why(waiter);
    return order === '' ? why : { ...why, reason: `${why.reason}; ${order}` };
  }
}

/** What has a place, or will in this very turn, waits for nothing that could be named. */
const UNKNOWN: WaitReason = { kind: 'slot', reason: 'waiting for a place' };

const nothing = (): void => undefined;

/** What goes on is none: it has begun long ago. */
function isContender(waiter: SlotWaiter): waiter is Contender {
  return 'claim' in waiter;
}
