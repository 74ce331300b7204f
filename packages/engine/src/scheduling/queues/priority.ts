import { durationText, priorityText } from '@holon/flow';
import type { Claimant } from '../waiter.ts';
import { Heap } from './heap.ts';
import type { WaitQueue } from './queue.ts';

/** What {@link decidePriority} has to know of someone who waits. */
export interface Ranked {
  readonly priority: number;
  /** Since when it waits, by the clock's elapsed time. */
  readonly sinceMs: number;
}

/**
 * The rank of someone who waits: the smaller goes first. A level is worth as much as `ageingMs` of waiting, so this
 * is the moment at which one of priority 0 would have had to come to stand at the same place. All grow older alike,
 * so ranks never change, and nobody is overtaken by what comes later than `ageingMs` for each level between them. Pure.
 */
export function decidePriority({ priority, sinceMs }: Ranked, ageingMs: number): { rank: number; reason: string } {
  return {
    rank: sinceMs - priority * ageingMs,
    reason: `priority ${priorityText(priority)}, a level more each ${durationText(ageingMs)}`,
  };
}

/** The most urgent first; waiting makes urgent. */
export class PriorityQueue<W extends Claimant> implements WaitQueue<W> {
  readonly yieldsToSameTurn = false;
  readonly #ageingMs: number;
  readonly #elapsed: () => number;
  readonly #heap = new Heap<W>();

  constructor(ageingMs: number, elapsed: () => number) {
    this.#ageingMs = ageingMs;
    this.#elapsed = elapsed;
  }

  get size(): number {
    return this.#heap.size;
  }

  add(waiter: W): void {
    this.#heap.add(waiter, this.#decide(waiter).rank);
  }

  delete(waiter: W): boolean {
    return this.#heap.delete(waiter);
  }

  peek(): W | undefined {
    return this.#heap.peek();
  }

  shift(): W {
    return this.#heap.shift();
  }

  list(): readonly W[] {
    return this.#heap.list();
  }

  why(waiter: W): string {
    return this.#decide(waiter).reason;
  }

  #decide({ claim: { priority } }: W): { readonly rank: number; readonly reason: string } {
    return decidePriority({ priority, sinceMs: this.#elapsed() }, this.#ageingMs);
  }
}
