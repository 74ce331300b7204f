import type { Clock } from './clock.ts';
import { Histogram, type Latency } from './histogram.ts';
import type { Instance } from './instance.ts';

/** How long attempts of one node waited for a place, and ran. */
export interface NodeLatency {
  /** From wanting a place on the executor to having it, 0 where one was free; of bodies alone, since composites need none. */
  readonly queue: Latency | undefined;
  /** From its start to the end of its body and of all it called: the whole of a composite. */
  readonly run: Latency | undefined;
}

/** Nodes with a row of their own in an engine's metrics: flows made as a program runs may have any number of names. */
export const MAX_NODES = 5_000;

interface NodeTimes {
  readonly queue: Histogram;
  readonly run: Histogram;
}

/** When an instance came to where it is, by the clock's elapsed time. */
interface Mark {
  queuedAt: number | undefined;
  startedAt: number | undefined;
}

/**
 * Times of attempts, by static id of their node. A run has one, if its engine is monitored, which tells the engine's;
 * `record.ts` calls it where an attempt queues, starts and stops.
 */
export class Monitor {
  readonly #clock: Clock;
  readonly #above: Monitor | undefined;
  readonly #nodes = new Map<string, NodeTimes>();
  readonly #marks = new Map<Instance, Mark>();

  constructor(clock: Clock, above?: Monitor) {
    this.#clock = clock;
    this.#above = above;
  }

  /** Again, when it comes to wait for something else: from the first time on is what counts. */
  queued(instance: Instance): void {
    if (this.#marks.get(instance)?.queuedAt === undefined)
      this.#marks.set(instance, { queuedAt: this.#clock.elapsed(), startedAt: undefined });
  }

  started(instance: Instance): void {
    const now = this.#clock.elapsed();
    const queuedAt = this.#marks.get(instance)?.queuedAt;
    this.#marks.set(instance, { queuedAt: undefined, startedAt: now });
    if (instance.node.definition.isTask)
      this.#record(instance.node.id, 'queue', queuedAt === undefined ? 0 : now - queuedAt);
  }

  /** Its attempt has ended, or it will have none: for what has not started there is nothing to tell. */
  stopped(instance: Instance): void {
    const startedAt = this.#marks.get(instance)?.startedAt;
    this.#marks.delete(instance);
    if (startedAt !== undefined) this.#record(instance.node.id, 'run', this.#clock.elapsed() - startedAt);
  }

  of(id: string): NodeLatency | undefined {
    const times = this.#nodes.get(id);
    return times && { queue: times.queue.latency(), run: times.run.latency() };
  }

  #record(id: string, what: keyof NodeTimes, ms: number): void {
    if (this.#above !== undefined) this.#above.#record(id, what, ms);
    let times = this.#nodes.get(id);
    if (times === undefined) {
      if (this.#nodes.size >= MAX_NODES) return;
      times = { queue: new Histogram(), run: new Histogram() };
      this.#nodes.set(id, times);
    }
    times[what].record(ms);
  }
}
