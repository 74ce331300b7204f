import type { Claimant } from '../waiter.ts';
import { Line, type Placed } from './fifo.ts';
import type { WaitQueue } from './queue.ts';

/** Of one run: who waits in it. */
class Ring<W extends Placed> extends Line<W> implements Placed {
  readonly runId: string;
  place: number | undefined = undefined;
  constructor(runId: string) {
    super();
    this.runId = runId;
  }
}

/**
 * One of each run in turn; within a run first come, first served. A run that comes anew stands at the end, one that
 * was served goes there:
 *
 * ```
 * turns ── run B ── run C ── run A (just served)
 *           │        │        │
 *           b1 b2    c1       a4 a5 a6
 * ```
 */
export class RoundRobinQueue<W extends Claimant> implements WaitQueue<W> {
  readonly yieldsToSameTurn = false;
  readonly #rings = new Map<string, Ring<W>>();
  readonly #turns = new Line<Ring<W>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(waiter: W): void {
    const { runId } = waiter.claim;
    let ring = this.#rings.get(runId);
    if (ring === undefined) {
      ring = new Ring(runId);
      this.#rings.set(runId, ring);
      this.#turns.add(ring);
    }
    ring.add(waiter);
    this.#size += 1;
  }

  delete(waiter: W): boolean {
    const ring = this.#rings.get(waiter.claim.runId);
    if (ring === undefined || !ring.delete(waiter)) return false;
    this.#size -= 1;
    if (ring.size > 0) return true;
    this.#turns.delete(ring);
    this.#rings.delete(ring.runId);
    return true;
  }

  peek(): W | undefined {
    return this.#turns.peek()?.peek();
  }

  shift(): W {
    const ring = this.#turns.shift();
    const waiter = ring.shift();
    this.#size -= 1;
    if (ring.size > 0) this.#turns.add(ring);
    else this.#rings.delete(ring.runId);
    return waiter;
  }

  list(): readonly W[] {
    const all: W[] = [];
    let rings = this.#turns.list().map((ring) => ring.list());
    for (let round = 0; rings.length > 0; round++) {
      for (const ring of rings) all.push(ring[round]!);
      rings = rings.filter(({ length }) => length > round + 1);
    }
    return all;
  }

  why(): string {
    return 'one of each run in turn';
  }
}
