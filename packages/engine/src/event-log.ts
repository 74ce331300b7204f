import { toWireError } from '@holon/flow';
import { outside } from './ambient.ts';
import type { Clock } from './clock.ts';
import type { RunEvent, RunEventBody } from './events/index.ts';
import { tell } from './tell.ts';

interface Listener {
  readonly hear: (event: RunEvent) => unknown;
  /** Hears what comes after this. */
  readonly since: number;
  stopped: boolean;
  failed: boolean;
}

/**
 * The run's sequence of events. Nothing is kept, and with no listener nothing is built: who emits asks
 * `watched` first, and counts with {@link skip} when nobody watches, so that the sequence has no gap.
 */
export class EventLog {
  /** Of the last event. */
  seq = 0;
  watched = false;
  #closed = false;
  readonly #clock: Clock;
  #listeners: readonly Listener[] = [];
  /** What listeners themselves brought about while being told: told afterwards, so that all hear all in order. */
  #untold: RunEvent[] | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  skip(): void {
    if (!this.#closed) this.seq += 1;
  }

  /** @param at left out, the time is read from the clock */
  append(body: RunEventBody, at: number = this.#clock.now()): void {
    if (this.#closed) return;
    this.seq += 1;
    const event: RunEvent = { seq: this.seq, at, ...body };
    if (this.#untold !== undefined) {
      this.#untold.push(event);
      return;
    }
    this.#untold = [event];
    for (const next of this.#untold) outside(() => this.#tell(next));
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
