import type { Timers } from '../timers.ts';
import { type Key, KeyGate } from './keys.ts';
import type { Ticket } from './ticket.ts';
import type { Contender } from './waiter.ts';

/**
 * How long those who hold a key and wait for another are left alone before it is looked whether they wait for each
 * other. Looking costs a walk over all that is open below the holders, and nearly always they don't.
 */
const LOOK_AFTER_MS = 1_000;

/**
 * Two that each hold a key the other waits for would wait forever. Then the one who has waited longest goes beyond the
 * limit: all who hold the key it needs stand still until it is done, so no more of them run at once than the limit
 * says.
 *
 * ```
 * a holds "x" ── its child waits for "y"
 * b holds "y" ── its child waits for "x"
 * ```
 */
export class Deadlocks {
  readonly #timers: Timers;
  readonly #enter: (work: () => void) => void;
  readonly #ticketOf: (waiter: Contender) => Ticket | undefined;
  /** Those who wait for a key within one who holds another, the longest first. */
  readonly #nested = new Set<Ticket>();
  /** Whether it will be looked. */
  #armed = false;
  #looking = false;

  constructor(
    { timers, enter }: { readonly timers: Timers; readonly enter: (work: () => void) => void },
    ticketOf: (waiter: Contender) => Ticket | undefined,
  ) {
    this.#timers = timers;
    this.#enter = enter;
    this.#ticketOf = ticketOf;
  }

  onWaits(ticket: Ticket): void {
    for (let { above } = ticket.waiter; above !== undefined; above = above.above) {
      if (this.#ticketOf(above) === undefined) continue;
      this.#nested.add(ticket);
      return;
    }
  }

  onWaitsNoMore(ticket: Ticket): void {
    this.#nested.delete(ticket);
  }

  /** They may have come to wait for each other by what has just happened, and by nothing but what happens. */
  onChange(): void {
    if (this.#nested.size > 0 && !this.#looking) this.#lookLater();
  }

  #lookLater(): void {
    if (this.#armed) return;
    this.#armed = true;
    this.#timers.add(LOOK_AFTER_MS, () => {
      this.#armed = false;
      this.#looking = true;
      this.#enter(() => this.#look());
      this.#looking = false;
    });
  }

  #look(): void {
    const stuck = findStuck([...this.#nested], (waiter) => keyOf(this.#ticketOf(waiter)));
    if (stuck === undefined) return;
    const key = keyOf(stuck)!;
    stuck.waiter.onWaitsFor(
      `goes beyond the limit of ${key.name}: all that have it wait for what is held by those who called this one`,
    );
    key.force(stuck);
    this.#lookLater();
  }
}

/** The key that it waits for. */
function keyOf(ticket: Ticket | undefined): Key | undefined {
  return ticket?.at instanceof KeyGate ? ticket.at.key : undefined;
}

/** What is below someone who holds a key. */
interface Standing {
  /** Whether anything there goes on by itself. */
  readonly moves: boolean;
  /** The keys waited for there. */
  readonly keys: readonly Key[];
}

/**
 * The first of those who wait for a key, each within a holder of another, that would wait forever, and that may go on
 * without more than the limit running: everything below those who hold its key waits forever as well. Pure.
 *
 * A holder comes to an end when all that is waited for below it comes to be free, and a key does when one of its
 * holders comes to an end. Whoever is not found to do so, beginning with the holders that wait for nothing, never will.
 */
export function findStuck(
  nested: readonly Ticket[],
  keyAt: (waiter: Contender) => Key | undefined,
): Ticket | undefined {
  const standings = new Map<Contender, Standing>();
  const unseen = nested.map((ticket) => keyAt(ticket.waiter)!);
  const seen = new Set<Key>();
  for (let key = unseen.pop(); key !== undefined; key = unseen.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    for (const holder of key.holders) {
      if (standings.has(holder)) continue;
      const standing = standingOf(holder, keyAt);
      standings.set(holder, standing);
      unseen.push(...standing.keys);
    }
  }
  const free = new Set<Key>();
  for (let known = -1; known < free.size;) {
    known = free.size;
    for (const key of seen) if (!free.has(key) && [...key.holders].some(isEnding)) free.add(key);
  }
  function isEnding(holder: Contender): boolean {
    return standings.get(holder)!.keys.every((key) => free.has(key));
  }
  const standsForever = (holder: Contender): boolean => {
    const { moves, keys } = standings.get(holder)!;
    return !moves && keys.length > 0 && !keys.some((key) => free.has(key));
  };
  return nested.find(({ waiter }) => [...keyAt(waiter)!.holders].every(standsForever));
}

/** A body with an open child does not go on by itself: it has given its place up, too. */
function standingOf(holder: Contender, keyAt: (waiter: Contender) => Key | undefined): Standing {
  const { instances, waits } = holder.below;
  const parents = new Set(instances.map(({ above }) => above));
  const keys = new Set<Key>();
  let moves = waits;
  for (const one of [holder, ...instances]) {
    const key = keyAt(one);
    if (key !== undefined) keys.add(key);
    else if (!parents.has(one)) moves = true;
  }
  return { moves, keys: [...keys] };
}
