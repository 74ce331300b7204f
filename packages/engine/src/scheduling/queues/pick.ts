import { textOf, toWireError } from '@holon/flow';
import type { Claim, Claimant } from '../waiter.ts';
import type { WaitQueue } from './queue.ts';

/** Chooses who is next: an index into `waiting`, which is never empty and stands in the order of arrival. Has to be pure. */
export type PickNext = (waiting: readonly Claim[]) => number;

/** How far {@link PickQueue.list} asks ahead. */
const FORESEEN = 1_000;

/** Who is next is the user's to say. What it says is asked anew whenever somebody has come or left, so each start costs what it takes to look at all. */
export class PickQueue<W extends Claimant> implements WaitQueue<W> {
  readonly yieldsToSameTurn = false;
  readonly #pick: PickNext;
  readonly #waiters: W[] = [];
  readonly #claims: Claim[] = [];
  #chosen: number | undefined;

  constructor(pick: PickNext) {
    this.#pick = pick;
  }

  get size(): number {
    return this.#waiters.length;
  }

  add(waiter: W): void {
    this.#waiters.push(waiter);
    this.#claims.push(waiter.claim);
    this.#chosen = undefined;
  }

  delete(waiter: W): boolean {
    const index = this.#waiters.indexOf(waiter);
    if (index < 0) return false;
    this.#remove(index);
    return true;
  }

  peek(): W | undefined {
    return this.#waiters.length === 0 ? undefined : this.#waiters[this.#next()];
  }

  shift(): W {
    const index = this.#next();
    const waiter = this.#waiters[index]!;
    this.#remove(index);
    return waiter;
  }

  #next(): number {
    return (this.#chosen ??= choose(this.#pick, this.#claims));
  }

  #remove(index: number): void {
    this.#waiters.splice(index, 1);
    this.#claims.splice(index, 1);
    this.#chosen = undefined;
  }

  /** The first thousand as they will go; who comes after them, in the order of arrival. */
  list(): readonly W[] {
    const waiters = [...this.#waiters];
    const claims = [...this.#claims];
    const first: W[] = [];
    while (waiters.length > 0 && first.length < FORESEEN) {
      const index = choose(this.#pick, claims);
      first.push(...waiters.splice(index, 1));
      claims.splice(index, 1);
    }
    return [...first, ...waiters];
  }

  why(): string {
    return 'chosen by the pick of the scheduler';
  }
}

/** A pick that throws, or gives what is no index, can't stop an engine: the first goes on. */
function choose(pick: PickNext, claims: readonly Claim[]): number {
  try {
    const index = pick(claims);
    if (Number.isInteger(index) && index >= 0 && index < claims.length) return index;
    warn(`pick gave ${textOf(index)}, which is no index of the ${claims.length} who wait: the first goes on.`);
  } catch (error) {
    warn(`pick threw: the first who waits goes on. ${toWireError(error).message}`);
  }
  return 0;
}

function warn(message: string): void {
  process.emitWarning(message, { code: 'HOLON_PICK' });
}
