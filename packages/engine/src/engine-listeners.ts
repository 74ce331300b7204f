import { toWireError } from '@holon/flow';
import { outside } from './ambient.ts';
import type { Clock } from './clock.ts';
import {
  ENGINE_EVENT_TYPES,
  type EngineEvent,
  type EngineEventBody,
  type EngineEventName,
  type EventSource,
  RUN_EVENT_TYPES,
  type RunEvent,
} from './events/index.ts';
import { checkEventType, checkListener } from './check-listener.ts';
import type { LinkedList } from './linked-list.ts';
import type { RunCore } from './run-core.ts';
import { tell } from './tell.ts';

/** A listener of any kind: what it may be called with is for `engine.on` to say. */
type AnyListener = (event: never, source: never) => unknown;

interface Listener {
  readonly name: EngineEventName;
  readonly hear: (event: RunEvent | EngineEvent, source: EventSource | undefined) => unknown;
  /** Stops listening to each run that has not ended. */
  readonly runs: Map<RunCore, () => void>;
  stopped: boolean;
}

const ENGINE_EVENT_NAMES: readonly string[] = ['*', ...RUN_EVENT_TYPES, ...ENGINE_EVENT_TYPES];

/**
 * Who listens to an engine: each listener listens to each of its runs, and to what belongs to none. With no listener
 * there is nothing to pay for it.
 */
export class EngineListeners {
  readonly #clock: Clock;
  readonly #runs: LinkedList<RunCore>;
  #listeners: readonly Listener[] = [];
  #seq = 0;

  /** @param runs those that have not ended */
  constructor(clock: Clock, runs: LinkedList<RunCore>) {
    this.#clock = clock;
    this.#runs = runs;
  }

  /** What happens after this call; gives the function that stops it. @throws HolonError `invalid-option` */
  on(name: EngineEventName, hear: AnyListener): () => void {
    checkEventType(name, ENGINE_EVENT_NAMES);
    checkListener(hear);
    const listener: Listener = { name, hear: hear as Listener['hear'], runs: new Map(), stopped: false };
    this.#listeners = [...this.#listeners, listener];
    for (const run of this.#runs.members) this.#listen(listener, run);
    return () => this.#stop(listener);
  }

  onOpened(run: RunCore): void {
    for (const listener of this.#listeners) this.#listen(listener, run);
  }

  onEnded(run: RunCore): void {
    for (const { runs } of this.#listeners) runs.delete(run);
  }

  /** Something happened that belongs to no run. */
  publish(body: EngineEventBody): void {
    this.#seq += 1;
    if (this.#listeners.length === 0) return;
    const event: EngineEvent = { seq: this.#seq, at: this.#clock.now(), ...body };
    for (const listener of this.#listeners) outside(() => this.#tell(listener, event, undefined));
  }

  #listen(listener: Listener, run: RunCore): void {
    const source: EventSource = { runId: run.id, flow: run.root.id, labels: run.labels };
    listener.runs.set(
      run,
      run.log.on((event) => this.#tell(listener, event, source)),
    );
  }

  #tell(listener: Listener, event: RunEvent | EngineEvent, source: EventSource | undefined): void {
    const { name, hear, stopped } = listener;
    if (stopped || (name !== '*' && name !== event.type)) return;
    tell(
      (heard: RunEvent | EngineEvent) => hear(heard, source),
      event,
      (error) => this.#drop(listener, error),
    );
  }

  #stop(listener: Listener): void {
    listener.stopped = true;
    this.#listeners = this.#listeners.filter((other) => other !== listener);
    for (const stop of listener.runs.values()) stop();
    listener.runs.clear();
  }

  /** A listener can't break anything: it is removed, and said so once. */
  #drop(listener: Listener, error: unknown): void {
    if (listener.stopped) return;
    this.#stop(listener);
    process.emitWarning(`A listener of an engine threw and was removed: ${toWireError(error).message}`, {
      code: 'HOLON_LISTENER',
    });
  }
}
