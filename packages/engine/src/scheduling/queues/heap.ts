import TinyQueue from 'tinyqueue';

interface Entry<T> {
  readonly item: T;
  readonly rank: number;
  /** Who came first, among those of one rank. */
  readonly order: number;
  left: boolean;
}

/** Entries that have left are swept out when there are at least this many and they are the majority. */
const SWEEP_AT = 256;

/** The smallest rank first, then who came first. Adding, leaving and taking the first cost the logarithm of the size. */
export class Heap<T> {
  #queue = new TinyQueue<Entry<T>>([], byRank);
  readonly #entries = new Map<T, Entry<T>>();
  #order = 0;

  get size(): number {
    return this.#entries.size;
  }

  add(item: T, rank: number): void {
    const entry = { item, rank, order: this.#order++, left: false };
    this.#entries.set(item, entry);
    this.#queue.push(entry);
  }

  /** Whether it was in it. */
  delete(item: T): boolean {
    const entry = this.#entries.get(item);
    if (entry === undefined) return false;
    this.#entries.delete(item);
    entry.left = true;
    const left = this.#queue.length - this.#entries.size;
    if (left >= SWEEP_AT && left * 2 > this.#queue.length)
      this.#queue = new TinyQueue([...this.#entries.values()], byRank);
    return true;
  }

  peek(): T | undefined {
    while (this.#queue.peek()?.left === true) this.#queue.pop();
    return this.#queue.peek()?.item;
  }

  /** Removes and gives the first. There has to be one. */
  shift(): T {
    const item = this.peek()!;
    this.#queue.pop();
    this.#entries.delete(item);
    return item;
  }

  list(): readonly T[] {
    return [...this.#entries.values()].toSorted(byRank).map(({ item }) => item);
  }

  rankOf(item: T): number | undefined {
    return this.#entries.get(item)?.rank;
  }
}

function byRank(a: Entry<unknown>, b: Entry<unknown>): number {
  return a.rank - b.rank || a.order - b.order;
}
