import { type InspectOptions, inspect } from 'node:util';
import type { RunEvent, RunSnapshot, RunStatus } from './events/index.ts';
import { streamOf } from './event-stream.ts';
import type { RunCore } from './run-core.ts';
import { Signals } from './signals.ts';
import type { Run, RunMetrics, RunOutcome, Waiting } from './run.ts';
import { waitingIn } from './waiting.ts';

/** What the user holds of a run. */
export class RunHandle implements Run {
  readonly #core: RunCore;

  constructor(core: RunCore) {
    this.#core = core;
  }

  get result(): Promise<unknown> {
    const { result } = this.#core;
    result.catch(ignore);
    return result;
  }

  /** What `console.log(run)` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](_depth: number, options: InspectOptions): string {
    const { id, status } = this;
    return `Run ${inspect({ id, flow: this.#core.root.id, status }, options)}`;
  }

  get id(): string {
    return this.#core.id;
  }

  get status(): RunStatus {
    return this.#core.status;
  }

  get outcome(): Promise<RunOutcome<unknown>> {
    return this.#core.outcome;
  }

  waiting(): readonly Waiting[] {
    return waitingIn(this.#core);
  }

  metrics(): RunMetrics {
    const totals = { running: 0, queued: 0, held: 0, retrying: 0, waiting: 0, succeeded: 0, failed: 0, canceled: 0 };
    for (const { status } of this.#core.open) {
      if (
        status === 'running' ||
        status === 'queued' ||
        status === 'held' ||
        status === 'retrying' ||
        status === 'waiting'
      )
        totals[status] += 1;
    }
    for (const counts of this.#core.counts.values()) {
      totals.succeeded += counts.succeeded;
      totals.failed += counts.failed;
      totals.canceled += counts.canceled;
    }
    return totals;
  }

  events(options?: { readonly buffer?: number; readonly signal?: AbortSignal }): AsyncIterable<RunEvent | RunSnapshot> {
    return streamOf(this.#core, options);
  }

  on(listener: (event: RunEvent) => void): () => void {
    return this.#core.log.on(listener);
  }

  pause(reason = 'paused by its caller'): void {
    this.#core.pause(reason, 'pause');
  }

  resume(reason = 'resumed by its caller'): void {
    this.#core.resume(reason);
  }

  signal(name: string, value?: unknown): void {
    (this.#core.signals ??= new Signals(this.#core)).send(name, value);
  }

  cancel(reason = 'canceled by its caller'): void {
    this.#core.cancel(reason);
  }
}

const ignore = (): void => undefined;
