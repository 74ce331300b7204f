import type { Claim, Claimant } from '../waiter.ts';
import { Line, type Placed } from './fifo.ts';
import { Heap } from './heap.ts';
import type { WaitQueue } from './queue.ts';

/** Who shares, and how much each is worth. */
export interface FairSettings {
  /** What those who belong together have in common. */
  readonly shareOf: (claim: Claim) => string;
  /** How much of all the share of this claim is worth, beside the others. */
  readonly weightOf: (claim: Claim) => number;
  /** `label tenant`, for messages. */
  readonly between: string;
}

/** What {@link decideFair} has to know of a share. */
export interface ShareFacts {
  /** Virtual time at which what it was served last is paid for. */
  readonly paidAt: number;
  /** Virtual time at which the one served last began, of all shares. */
  readonly nowAt: number;
  readonly weight: number;
}

/**
 * When the next of a share begins, in virtual time, and when it is paid for: the share whose next begins first goes
 * first. A share that was idle begins now: it has saved nothing up. Pure. (Start-time fair queueing: Goyal, Vin and
 * Cheng, SIGCOMM 1996, each served one costing 1.)
 */
export function decideFair({ paidAt, nowAt, weight }: ShareFacts): { beginsAt: number; paidAt: number } {
  const beginsAt = Math.max(paidAt, nowAt);
  return { beginsAt, paidAt: beginsAt + 1 / weight };
}

class Share<W extends Placed> extends Line<W> implements Placed {
  readonly key: string;
  place: number | undefined = undefined;
  weight = 1;
  beginsAt = 0;
  paidAt = 0;

  constructor(key: string) {
    super();
    this.key = key;
  }
}

/** Of how many idle shares it is remembered that they have yet to pay for what they were served last. Of more, the one idle longest is let off. */
const MAX_IDLE = 1_000;

/**
 * Each share gets what it is worth, as long as it has somebody waiting; within one first come, first served. Between
 * two shares that both wait all the time, what each was served, divided by its weight, never differs by more than
 * one of each. Adding and taking cost the logarithm of the number of shares.
 */
export class FairQueue<W extends Claimant> implements WaitQueue<W> {
  readonly yieldsToSameTurn = false;
  readonly #settings: FairSettings;
  /** Those with somebody waiting, and those that are idle. */
  readonly #shares = new Map<string, Share<W>>();
  readonly #waiting = new Heap<Share<W>>();
  readonly #idle = new Line<Share<W>>();
  #nowAt = 0;
  #size = 0;

  constructor(settings: FairSettings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#size;
  }

  add(waiter: W): void {
    const { claim } = waiter;
    const key = this.#settings.shareOf(claim);
    let share = this.#shares.get(key);
    if (share === undefined) {
      share = new Share<W>(key);
      this.#shares.set(key, share);
    }
    if (share.size === 0) {
      this.#idle.delete(share);
      share.weight = this.#settings.weightOf(claim);
      this.#enter(share);
    }
    share.add(waiter);
    this.#size += 1;
  }

  delete(waiter: W): boolean {
    const share = this.#shares.get(this.#settings.shareOf(waiter.claim));
    if (share === undefined || !share.delete(waiter)) return false;
    this.#size -= 1;
    if (share.size === 0) {
      this.#waiting.delete(share);
      this.#rest(share);
    }
    return true;
  }

  peek(): W | undefined {
    return this.#waiting.peek()?.peek();
  }

  shift(): W {
    const share = this.#waiting.shift();
    const waiter = share.shift();
    this.#size -= 1;
    this.#nowAt = share.beginsAt;
    share.paidAt = decideFair(this.#factsOf(share)).paidAt;
    if (share.size > 0) this.#enter(share);
    else this.#rest(share);
    return waiter;
  }

  #enter(share: Share<W>): void {
    share.beginsAt = decideFair(this.#factsOf(share)).beginsAt;
    this.#waiting.add(share, share.beginsAt);
  }

  #factsOf({ paidAt, weight }: Share<W>): ShareFacts {
    return { paidAt, weight, nowAt: this.#nowAt };
  }

  #rest(share: Share<W>): void {
    this.#idle.add(share);
    if (this.#idle.size > MAX_IDLE) this.#shares.delete(this.#idle.shift().key);
  }

  list(): readonly W[] {
    const order = new Heap<{ waiters: readonly W[]; next: number; beginsAt: number; weight: number }>();
    for (const share of this.#waiting.list()) {
      const { beginsAt, weight } = share;
      order.add({ waiters: share.list(), next: 0, beginsAt, weight }, beginsAt);
    }
    const all: W[] = [];
    while (order.size > 0) {
      const share = order.shift();
      all.push(share.waiters[share.next++]!);
      share.beginsAt += 1 / share.weight;
      if (share.next < share.waiters.length) order.add(share, share.beginsAt);
    }
    return all;
  }

  why({ claim }: W): string {
    const { between, shareOf, weightOf } = this.#settings;
    return `a fair share for ${between} "${shareOf(claim)}", weight ${weightOf(claim)}`;
  }
}
