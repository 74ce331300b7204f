import type { RunEvent } from '@holon/engine/events';

const MOST_KEPT = 5_000;

/** The latest events of a run, as far as this page saw them. Older ones are counted, not kept. */
export class EventList {
  /** Events that happened before this page joined the run. */
  readonly before: number;
  #kept: RunEvent[] = [];
  #forgotten = 0;

  constructor(before: number) {
    this.before = before;
  }

  get kept(): readonly RunEvent[] {
    return this.#kept;
  }

  /** Seen here and let go, to stay bounded. */
  get forgotten(): number {
    return this.#forgotten;
  }

  add(events: readonly RunEvent[]): void {
    for (const event of events) this.#kept.push(event);
    // Twice the bound before cutting, so that a long run is not copied for every event.
    if (this.#kept.length <= 2 * MOST_KEPT) return;
    this.#forgotten += this.#kept.length - MOST_KEPT;
    this.#kept = this.#kept.slice(-MOST_KEPT);
  }
}
