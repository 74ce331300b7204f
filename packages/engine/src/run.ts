import type { GaveUp } from '@holon/flow';
import type { Labels, RunEvent, RunEventType, RunSnapshot, RunState, RunStatus, Trace } from './events/index.ts';
import type { RunMetrics } from './metrics.ts';
import type { WaitKind } from './scheduling/wait-reason.ts';

/** How a run ended. Never a rejection. */
export type RunOutcome<T> =
  | { readonly status: 'succeeded'; readonly value: T }
  /**
   * `error` is what was thrown, itself; `path` is the instance in which it began. `gaveUp` says why nobody tried again, by
   * the outermost policy on its way; undefined where none is asked: of the run's own timeout, say.
   */
  | {
      readonly status: 'failed';
      readonly error: unknown;
      readonly path: string;
      readonly attempt: number;
      readonly gaveUp: GaveUp | undefined;
    }
  /** `cause` is what the signal given at the start was aborted with, when it was that. */
  | { readonly status: 'canceled'; readonly reason: string; readonly cause?: unknown };

/** Someone who waits, for what, since when. */
export interface Waiting {
  /** Of the instance; of a run that waits to be admitted, its root. */
  readonly path: string;
  readonly kind: WaitKind;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** When it ends, where that is known. */
  readonly until?: number;
  /** Of which key. */
  readonly key?: string;
  /** How many there can be at once, or in an interval; bytes or a share, where the machine is the limit. */
  readonly limit?: number;
}

/** One execution of a flow. */
export interface Run<T = unknown> {
  readonly id: string;
  readonly labels: Labels;
  readonly status: RunStatus;
  /** All that its events so far add up to, without those of its instances that have ended. Made anew at each look, listened to or not. */
  readonly state: RunState;
  /** What became of its time so far, ended instances included; undefined unless it was started with `trace`. A copy, made at each look. */
  readonly trace: Trace | undefined;
  /** Rejects with what was thrown, or with `canceled`. Causes no unhandled rejection when nobody awaits it. */
  readonly result: Promise<T>;
  readonly outcome: Promise<RunOutcome<T>>;
  /** Who waits: for a place on the executor, then for a time, then for something whose time nobody knows (a signal, shared work), then at the debugger's gate; each in the order they will go on. */
  waiting(): readonly Waiting[];
  metrics(): RunMetrics;
  /**
   * All events from here on, ending after the run's last. A subscriber that comes late first gets a
   * {@link RunSnapshot}. Events wait for a slow reader in a buffer of `buffer` events (10,000); when it is full, it
   * is emptied, and the reader gets a fresh snapshot, which says how many events it stands for.
   */
  events(options?: { readonly buffer?: number; readonly signal?: AbortSignal }): AsyncIterable<RunEvent | RunSnapshot>;
  /**
   * Calls `listener` with each event from here on, or each of a type, in order; gives the function that stops it. A
   * listener that throws, or gives a promise that rejects, is removed, and reported as a warning of the process.
   */
  on(listener: (event: RunEvent) => void): () => void;
  on<T extends RunEventType>(type: T, listener: (event: Extract<RunEvent, { readonly type: T }>) => void): () => void;
  /** Nothing new starts; what is in flight goes on. Nothing happens to a run that has ended. */
  pause(reason?: string): void;
  resume(reason?: string): void;
  /**
   * Sends a value to whoever waits for it under this name. Each is taken once; one that nobody waits for stays until
   * somebody does.
   *
   * @throws what whoever waits refuses it with, such as `invalid-input`; also `invalid-input` when the run has ended, and
   *   `invalid-option` for a name that is no text
   */
  signal(name: string, value?: unknown): void;
  /** Aborts what is open and ends as canceled once it has ended, or after the grace period. The first reason counts. */
  cancel(reason?: string): void;
}
