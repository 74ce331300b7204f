import type { WaitQueue } from './queues/queue.ts';
import type { Gate, Ticket } from './ticket.ts';
import type { WaitReason } from './wait-reason.ts';
import type { Contender } from './waiter.ts';

/** What a key counts, as those who wait for it are told. */
export type KeyKind = 'key' | 'flow-limit' | 'worker';

/**
 * A concurrency key, the limit of a flow, or the worker threads there are: who holds it, from the beginning of an attempt to its end, its children
 * included, and who waits for it. What is within a holder does not count again, or it would wait for itself.
 */
export class Key {
  /** The name its author gave it, the limit that a flow and its copies have in common, or what stands for all workers. */
  readonly of: string | object;
  /** `key "db"`, for people. */
  readonly name: string;
  readonly kind: KeyKind;
  /** Those who count. */
  readonly holders = new Set<Contender>();
  /** Those that named the key within a holder: which holder that is. */
  readonly #within = new Map<Contender, Contender>();
  /** And the other way round, for holders that have such. */
  readonly #inner = new Map<Contender, Set<Contender>>();
  readonly #line: WaitQueue<Ticket>;
  readonly #limits = new Map<Ticket, number>();
  readonly #onPassed: (ticket: Ticket) => void;

  constructor(
    of: string | object,
    kind: KeyKind,
    name: string,
    line: WaitQueue<Ticket>,
    onPassed: (ticket: Ticket) => void,
  ) {
    this.of = of;
    this.name = name;
    this.kind = kind;
    this.#line = line;
    this.#onPassed = onPassed;
  }

  get isIdle(): boolean {
    return this.holders.size + this.#within.size + this.#line.size === 0;
  }

  get line(): readonly Ticket[] {
    return this.#line.list();
  }

  /** The gate at which one waits with the limit that its own author has set: others may allow the same key more, or less. */
  gate(limit: number): KeyGate {
    return new KeyGate(this, limit);
  }

  enter(ticket: Ticket, limit: number): boolean {
    const { waiter } = ticket;
    const holder = this.#holderAbove(waiter);
    if (holder !== undefined) {
      this.#within.set(waiter, holder);
      const inner = this.#inner.get(holder) ?? new Set();
      this.#inner.set(holder, inner.add(waiter));
      return true;
    }
    if (this.#line.size === 0 && this.holders.size < limit) {
      this.holders.add(waiter);
      return true;
    }
    this.#limits.set(ticket, limit);
    this.#line.add(ticket);
    return false;
  }

  /** The nearest is found first, so recursion costs no walk to the top. */
  #holderAbove(waiter: Contender): Contender | undefined {
    for (let above = waiter.above; above !== undefined; above = above.above) {
      const holder = this.holders.has(above) ? above : this.#within.get(above);
      if (holder !== undefined) return holder;
    }
    return undefined;
  }

  leave(ticket: Ticket): void {
    if (!this.#limits.delete(ticket)) return;
    this.#line.delete(ticket);
    this.#admit();
  }

  release({ waiter }: Ticket): void {
    const holder = this.#within.get(waiter);
    if (holder !== undefined) {
      this.#within.delete(waiter);
      const inner = this.#inner.get(holder)!;
      inner.delete(waiter);
      if (inner.size === 0) this.#inner.delete(holder);
      return;
    }
    this.holders.delete(waiter);
    this.#bequeath(waiter);
    this.#admit();
  }

  /** Shared work may outlive whoever started it: then it counts itself. */
  #bequeath(holder: Contender): void {
    const inner = this.#inner.get(holder);
    if (inner === undefined) return;
    this.#inner.delete(holder);
    const [heir, ...others] = inner;
    this.#within.delete(heir!);
    this.holders.add(heir!);
    for (const other of others) this.#within.set(other, heir!);
    if (others.length > 0) this.#inner.set(heir!, new Set(others));
  }

  #admit(): void {
    for (let next = this.#line.peek(); next !== undefined; next = this.#line.peek()) {
      if (this.holders.size >= this.#limits.get(next)!) return;
      this.#pass(next);
    }
  }

  /** Lets one pass whose turn has not come: see `deadlock.ts`. */
  force(ticket: Ticket): void {
    this.#pass(ticket);
  }

  #pass(ticket: Ticket): void {
    this.#line.delete(ticket);
    this.#limits.delete(ticket);
    this.holders.add(ticket.waiter);
    this.#onPassed(ticket);
  }

  why(ticket: Ticket, limit: number): WaitReason {
    const { kind, name } = this;
    const held = this.holders.size;
    const others =
      held < limit ? 'others came earlier' : `${held} ${held === 1 ? 'has' : 'have'} it, of ${limit} at once`;
    const order = this.#line.why(ticket);
    return { kind, key: name, limit, reason: `waiting for ${name}: ${others}${order === '' ? '' : ` (${order})`}` };
  }
}

/** A key, as one who wants it sees it. */
export class KeyGate implements Gate {
  readonly key: Key;
  readonly #limit: number;

  constructor(key: Key, limit: number) {
    this.key = key;
    this.#limit = limit;
  }

  enter(ticket: Ticket): boolean {
    return this.key.enter(ticket, this.#limit);
  }

  leave(ticket: Ticket): void {
    this.key.leave(ticket);
  }

  began(): void {
    // It was counted when it passed.
  }

  release(ticket: Ticket): void {
    this.key.release(ticket);
  }

  why(ticket: Ticket): WaitReason {
    return this.key.why(ticket, this.#limit);
  }
}
