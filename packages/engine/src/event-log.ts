import type { Clock } from './clock.ts';
import type { RunEvent, RunEventBody } from './events/index.ts';

type Listener = (event: RunEvent) => void;

/**
 * The run's sequence of events. Nothing is kept, and with no listener nothing is built: who emits asks
 * `watched` first, and counts with {@link skip} when nobody watches, so that the sequence has no gap.
 */
export class EventLog {
  /** Of the last event. */
  seq = 0;
  watched = false;
  readonly #clock: Clock;
  #listeners: readonly Listener[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  skip(): void {
    this.seq += 1;
  }

  append(body: RunEventBody): void {
    this.seq += 1;
    const event: RunEvent = { seq: this.seq, at: this.#clock.now(), ...body };
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#drop(listener, error);
      }
    }
  }

  on(listener: Listener): () => void {
    const own: Listener = (event) => listener(event);
    this.#listeners = [...this.#listeners, own];
    this.watched = true;
    return () => this.#remove(own);
  }

  #remove(listener: Listener): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
    this.watched = this.#listeners.length > 0;
  }

  /** A listener can't break a run: it is removed, and said so. */
  #drop(listener: Listener, error: unknown): void {
    this.#remove(listener);
    process.emitWarning(`A listener of a run threw and was removed: ${String(error)}`, { code: 'HOLON_LISTENER' });
  }
}
