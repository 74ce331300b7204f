import { type InspectOptions, inspect } from 'node:util';
import { checkEventType, checkListener } from './check-listener.ts';
import {
  type Labels,
  RUN_EVENT_TYPES,
  type RunEvent,
  type RunSnapshot,
  type RunState,
  type RunStatus,
  type Trace,
  decodeRunState,
} from './events/index.ts';
import { streamOf } from './event-stream.ts';
import { type RunMetrics, runMetrics } from './metrics.ts';
import type { RunCore } from './run-core.ts';
import type { Run, RunOutcome, Waiting } from './run.ts';
import { snapshotOf } from './snapshot.ts';
import { tracerOf } from './trace-run.ts';
import { Signals } from './signals.ts';
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

  get labels(): Labels {
    return this.#core.labels;
  }

  get state(): RunState {
    return decodeRunState(snapshotOf(this.#core).state);
  }

  get trace(): Trace | undefined {
    return tracerOf(this.#core)?.trace;
  }

  get outcome(): Promise<RunOutcome<unknown>> {
    return this.#core.outcome;
  }

  waiting(): readonly Waiting[] {
    return waitingIn(this.#core);
  }

  metrics(): RunMetrics {
    return runMetrics(this.#core);
  }

  events(options?: { readonly buffer?: number; readonly signal?: AbortSignal }): AsyncIterable<RunEvent | RunSnapshot> {
    return streamOf(this.#core, options);
  }

  on(...given: readonly [unknown, unknown?]): () => void {
    const { log } = this.#core;
    const hear = given.at(-1) as (event: RunEvent) => void;
    checkListener(hear);
    if (given.length === 1) return log.on(hear);
    const [type] = given;
    checkEventType(type, RUN_EVENT_TYPES);
    return log.on((event) => (event.type === type ? hear(event) : undefined));
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
