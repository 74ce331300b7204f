import { textOf, toWireError } from '@holon/flow';
import { outside } from './ambient.ts';
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

/** An attempt whose body has settled. */
export interface SettledBody {
  readonly instance: { readonly path: string };
  /** Counted from 1. */
  readonly number: number;
}

/** A settled body with what is to happen once it is heard. */
interface Letter extends Settled {
  open(): void;
}

/**
 * The one door through which every settled asynchronous body comes back. Without a {@link Pick} each
 * is heard as it comes; with one, all that settled in a turn are collected and heard in its order.
 */
export class Inbox {
  readonly #pick: Pick | undefined;
  readonly #clock: Clock;
  readonly #onBroken: (error: unknown) => void;
  #letters: Letter[] = [];

  /** @param onBroken hears when nothing can be deferred: then those who have settled will not be heard */
  constructor(pick: Pick | undefined, clock: Clock, onBroken: (error: unknown) => void) {
    this.#pick = pick;
    this.#clock = clock;
    this.#onBroken = onBroken;
  }

  /** Whether it chooses an order: otherwise nothing needs to be put in. */
  get orders(): boolean {
    return this.#pick !== undefined;
  }

  put(body: SettledBody, open: () => void): void {
    if (this.#pick === undefined) return open();
    this.#letters.push({ path: body.instance.path, attempt: body.number, open });
    if (this.#letters.length === 1) this.#hearLater(this.#pick);
  }

  #hearLater(pick: Pick): void {
    try {
      outside(() => this.#clock.defer(() => this.#hear(pick)));
    } catch (error) {
      this.#letters = [];
      this.#onBroken(error);
    }
  }

  #hear(pick: Pick): void {
    const [letter] = this.#letters.splice(this.#choose(pick), 1);
    if (this.#letters.length > 0) this.#hearLater(pick);
    letter!.open();
  }

  /** A pick that throws, or gives what is no index, can't stop a run: the first goes on. */
  #choose(pick: Pick): number {
    try {
      const index = pick(this.#letters);
      if (Number.isInteger(index) && index >= 0 && index < this.#letters.length) return index;
      warn(
        `pick gave ${textOf(index)}, which is no index of the ${this.#letters.length} settled bodies: the first goes on.`,
      );
    } catch (error) {
      warn(`pick threw: the first settled body goes on. ${toWireError(error).message}`);
    }
    return 0;
  }
}

function warn(message: string): void {
  process.emitWarning(message, { code: 'HOLON_PICK' });
}
