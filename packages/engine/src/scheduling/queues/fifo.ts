import type { WaitQueue } from './queue.ts';
import type { Claimant } from '../waiter.ts';

/** Places that were left are let go of when there are at least this many and they are the majority. */
const COMPACT_AT = 256;

/** Who stands in a {@link Line} remembers where. */
export interface Placed {
  /** Counted from the first place that the line ever had. */
  place?: number | undefined;
}

/**
 * First in, first out; leaving from the middle costs the same. No Set: taking the first of one walks past all that
 * have left it. One may stand in several lines one after another, not at once.
 */
export class Line<T extends Placed> {
  #places: (T | undefined)[] = [];
  /** In `#places`: all before it have left. */
  #first = 0;
  /** How many places have been let go of. */
  #gone = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(one: T): void {
    one.place = this.#gone + this.#places.length;
    this.#places.push(one);
    this.#size += 1;
  }

  /** Whether it was in it. */
  delete(one: T): boolean {
    if (one.place === undefined) return false;
    const at = one.place - this.#gone;
    if (this.#places[at] !== one) return false;
    this.#places[at] = undefined;
    one.place = undefined;
    this.#size -= 1;
    return true;
  }

  peek(): T | undefined {
    if (this.#size === 0) return undefined;
    while (this.#places[this.#first] === undefined) this.#first += 1;
    return this.#places[this.#first];
  }

  /** Removes and gives the first. There has to be one. */
  shift(): T {
    const one = this.peek()!;
    this.#places[this.#first++] = undefined;
    one.place = undefined;
    this.#size -= 1;
    if (this.#first > COMPACT_AT && this.#first * 2 > this.#places.length) {
      this.#places = this.#places.slice(this.#first);
      this.#gone += this.#first;
      this.#first = 0;
    }
    return one;
  }

  list(): readonly T[] {
    return this.#places.filter((one) => one !== undefined);
  }
}

/** First come, first served. */
export class FifoQueue<W extends Claimant> extends Line<W> implements WaitQueue<W> {
  readonly yieldsToSameTurn = true;

  why(): string {
    return '';
  }
}
