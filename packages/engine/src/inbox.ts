import type { Clock } from './clock.ts';

/** A body that has settled and not yet been heard. */
export interface Settled {
  /** Instance path of the body. */
  readonly path: string;
  /** Counted from 1. */
  readonly attempt: number;
}

/** Chooses which of several settled bodies goes on first: an index into `settled`, which is never empty. */
export type Pick = (settled: readonly Settled[]) => number;

/** A settled body with what is to happen once it is heard. */
export interface Letter extends Settled {
  open(): void;
}

/**
 * The one door through which every settled asynchronous body comes back. Without a {@link Pick} each
 * is heard as it comes; with one, all that settled in a turn are collected and heard in its order.
 */
export class Inbox {
  readonly #pick: Pick | undefined;
  readonly #clock: Clock;
  readonly #letters: Letter[] = [];

  constructor(pick: Pick | undefined, clock: Clock) {
    this.#pick = pick;
    this.#clock = clock;
  }

  put(letter: Letter): void {
    if (this.#pick === undefined) {
      letter.open();
      return;
    }
    this.#letters.push(letter);
    if (this.#letters.length === 1) this.#clock.defer(() => this.#hear(this.#pick!));
  }

  #hear(pick: Pick): void {
    const index = pick(this.#letters);
    const [letter] = this.#letters.splice(index >= 0 && index < this.#letters.length ? Math.floor(index) : 0, 1);
    letter!.open();
    if (this.#letters.length > 0) this.#clock.defer(() => this.#hear(pick));
  }
}
