import type { WaitQueue } from './queue.ts';
import type { Claimant } from '../waiter.ts';

/** Places that were left are let go of when there are at least this many and they are the majority. */
const COMPACT_AT = 256;

/** First in, first out; leaving from the middle costs the same. No Set: taking the first of one walks past all that have left it. */
export class Line<T> {
  #places: (T | undefined)[] = [];
  /** In `#places`: all before it have left. */
  #first = 0;
  /** How many places have been let go of. */
  #gone = 0;
  /** The place of each, counted from the first there ever was. */
  readonly #placeOf = new Map<T, number>();

  get size(): number {
    return this.#placeOf.size;
  }

  add(one: T): void {
    this.#placeOf.set(one, this.#gone + this.#places.length);
    this.#places.push(one);
  }

  /** Whether it was in it. */
  delete(one: T): boolean {
    const place = this.#placeOf.get(one);
    if (place === undefined) return false;
    this.#placeOf.delete(one);
    this.#places[place - this.#gone] = undefined;
    return true;
  }

  peek(): T | undefined {
    if (this.size === 0) return undefined;
    while (this.#places[this.#first] === undefined) this.#first += 1;
    return this.#places[this.#first];
  }

  /** Removes and gives the first. There has to be one. */
  shift(): T {
    const one = this.peek()!;
    this.#places[this.#first++] = undefined;
    this.#placeOf.delete(one);
    if (this.#first > COMPACT_AT && this.#first * 2 > this.#places.length) {
      this.#places = this.#places.slice(this.#first);
      this.#gone += this.#first;
      this.#first = 0;
    }
    return one;
  }

  list(): readonly T[] {
    return [...this.#placeOf.keys()];
  }
}

/** First come, first served. */
export class FifoQueue<W extends Claimant> extends Line<W> implements WaitQueue<W> {
  readonly yieldsToSameTurn = true;

  why(): string {
    return '';
  }
}
