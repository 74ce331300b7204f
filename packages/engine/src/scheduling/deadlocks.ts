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
  readonly #overdrafts = new Map<Contender, Overdraft>();
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

  /** It is done. */
  onLeft({ waiter }: Ticket): void {
    this.#overdrafts.delete(waiter);
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
    const keyAt = (waiter: Contender): Key | undefined => keyOf(this.#ticketOf(waiter));
    const nested = [...this.#nested].map(({ waiter }) => waiter);
    const holder = findStuck({ nested, keyAt, overdrafts: [...this.#overdrafts.values()] });
    if (holder === undefined) return;
    const key = keyAt(holder)!;
    holder.onWaitsFor(
      `goes beyond the limit of ${key.name}: all that have it wait for what is held by those who called this one`,
    );
    this.#overdrafts.set(holder, { holder, key });
    key.force(this.#ticketOf(holder)!);
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

/** Someone who was let go on beyond the limit of a key, and is not done. */
export interface Overdraft {
  readonly holder: Contender;
  readonly key: Key;
}

/** What {@link findStuck} has to know. */
export interface StuckFacts {
  /** Those who wait for a key within one who holds another, the longest first. */
  readonly nested: readonly Contender[];
  /** The key that someone waits for. */
  readonly keyAt: (waiter: Contender) => Key | undefined;
  /** The newest last. */
  readonly overdrafts: readonly Overdraft[];
}

/**
 * The first of those who wait for a key, each within a holder of another, that waits for its own caller in the end, and
 * that may go on without more than the limit running: everything below those who hold its key waits forever as well.
 * Pure.
 *
 * A holder comes to an end when all that is waited for below it comes to be free, and a key does when one of its
 * holders comes to an end. Whoever is not found to do so, beginning with the holders that wait for nothing, never will.
 *
 * One at a time: as long as anything runs below one that went beyond a limit, nobody else does, since that might move
 * those who stand still for it. Afterwards it comes before those whose key it overdrew.
 */
export function findStuck({ nested, keyAt, overdrafts }: StuckFacts): Contender | undefined {
  if (overdrafts.some(({ holder }) => standingOf(holder, keyAt).moves)) return undefined;
  const standings = new Map<Contender, Standing>();
  const keys = new Set(nested.map((waiter) => keyAt(waiter)!));
  for (const key of keys) {
    for (const holder of key.holders) {
      if (standings.has(holder)) continue;
      const standing = standingOf(holder, keyAt);
      standings.set(holder, standing);
      for (const next of standing.keys) keys.add(next);
    }
  }
  const free = keysThatComeFree(keys, standings);
  const standsForever = (holder: Contender): boolean => {
    const { moves, keys: wanted } = standings.get(holder)!;
    return !moves && wanted.length > 0 && !wanted.some((key) => free.has(key));
  };
  const stuck = nested.filter((waiter) => {
    const key = keyAt(waiter)!;
    return [...key.holders].every(standsForever) && isInRing(waiter, key, standings);
  });
  return stuck.find((waiter) => !movesOverdrawn(waiter, overdrafts)) ?? stuck[0];
}

function keysThatComeFree(keys: ReadonlySet<Key>, standings: ReadonlyMap<Contender, Standing>): ReadonlySet<Key> {
  const free = new Set<Key>();
  const isEnding = (holder: Contender): boolean => standings.get(holder)!.keys.every((key) => free.has(key));
  for (let known = -1; known < free.size;) {
    known = free.size;
    for (const key of keys) if (!free.has(key) && [...key.holders].some(isEnding)) free.add(key);
  }
  return free;
}

function callersOf(waiter: Contender): ReadonlySet<Contender> {
  const callers = new Set<Contender>();
  for (let { above } = waiter; above !== undefined; above = above.above) callers.add(above);
  return callers;
}

/** Whether it is below one who stands still for another that went beyond the limit of the key they both hold. */
function movesOverdrawn(waiter: Contender, overdrafts: readonly Overdraft[]): boolean {
  const callers = callersOf(waiter);
  const newest = new Map(overdrafts.map(({ key, holder }) => [key, holder]));
  return [...newest].some(([key, first]) => [...key.holders].some((holder) => holder !== first && callers.has(holder)));
}

/** Whether those who hold the key wait, over however many others, for what a caller of the waiter holds. */
function isInRing(waiter: Contender, wanted: Key, standings: ReadonlyMap<Contender, Standing>): boolean {
  const callers = callersOf(waiter);
  const keys = new Set([wanted]);
  for (const key of keys) {
    for (const holder of key.holders) {
      if (callers.has(holder)) return true;
      for (const next of standings.get(holder)!.keys) keys.add(next);
    }
  }
  return false;
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
