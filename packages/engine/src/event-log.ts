import { toWireError } from '@holon/flow';
import { outside } from './ambient.ts';
import type { RunEvent } from './events/index.ts';
import { tell } from './tell.ts';
import type { Turn, Untold } from './turn.ts';

interface Listener {
  readonly hear: (event: RunEvent) => unknown;
  /** Hears what comes after this. */
  readonly since: number;
  stopped: boolean;
  failed: boolean;
}

const NONE: readonly Listener[] = [];

/**
 * The run's sequence of events. Nothing is kept, and with no listener nothing is built: who emits asks
 * `watched` first, and counts with {@link skip} when nobody watches, so that the sequence has no gap.
 * Listeners hear at the end of the turn what has happened in it.
 */
export class EventLog implements Untold {
  /** Of the last event. */
  seq = 0;
  watched = false;
  #closed = false;
  readonly #turn: Turn;
  #listeners: readonly Listener[] = NONE;
  #untold: RunEvent[] | undefined = undefined;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  skip(): void {
    if (!this.#closed) this.seq += 1;
  }

  /** @param event its `seq` is set here: what makes it may itself append others */
  append(event: RunEvent): void {
    if (this.#closed) return;
    this.seq += 1;
    (event as { seq: number }).seq = this.seq;
    if (this.#untold !== undefined) this.#untold.push(event);
    else {
      this.#untold = [event];
      this.#turn.hasNews(this);
    }
  }

  /** What listeners themselves bring about is told after it, so that all hear all in order. */
  tell(): void {
    const untold = this.#untold;
    if (untold === undefined) return;
    outside(() => {
      for (const event of untold) this.#tell(event);
    });
    this.#untold = undefined;
  }

  #tell(event: RunEvent): void {
    for (const listener of this.#listeners) {
      if (listener.stopped || event.seq <= listener.since) continue;
      tell(listener.hear, event, (error) => this.#drop(listener, error));
    }
  }

  /** What is still to come is neither told nor counted. */
  close(): void {
    this.#closed = true;
  }

  /** Events after this call, each once and in order. */
  on(hear: (event: RunEvent) => void): () => void {
    const listener: Listener = { hear, since: this.seq, stopped: false, failed: false };
    this.#listeners = [...this.#listeners, listener];
    this.watched = true;
    return () => this.#remove(listener);
  }

  #remove(listener: Listener): void {
    listener.stopped = true;
    this.#listeners = this.#listeners.filter((other) => other !== listener);
    this.watched = this.#listeners.length > 0;
  }

  /** A listener can't break a run: it is removed, and said so, once: an asynchronous one may have heard more by then. */
  #drop(listener: Listener, error: unknown): void {
    if (listener.failed) return;
    listener.failed = true;
    this.#remove(listener);
    process.emitWarning(`A listener of a run threw and was removed: ${toWireError(error).message}`, {
      code: 'HOLON_LISTENER',
    });
  }
}
