import type { WaitKind } from './scheduling/wait-reason.ts';
import type { RunEvent, RunSnapshot, RunStatus } from './events/index.ts';

/** How a run ended. Never a rejection. */
export type RunOutcome<T> =
  | { readonly status: 'succeeded'; readonly value: T }
  /** `error` is what was thrown, itself; `path` is the instance in which it began. */
  | { readonly status: 'failed'; readonly error: unknown; readonly path: string; readonly attempt: number }
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

export interface RunMetrics {
  /** Instances that are open, by what they do. */
  readonly running: number;
  readonly queued: number;
  readonly held: number;
  readonly retrying: number;
  readonly waiting: number;
  /** Instances that ended, by what became of them. */
  readonly succeeded: number;
  readonly failed: number;
  readonly canceled: number;
}

/** One execution of a flow. */
export interface Run<T = unknown> {
  readonly id: string;
  readonly status: RunStatus;
  /** Rejects with what was thrown, or with `canceled`. Causes no unhandled rejection when nobody awaits it. */
  readonly result: Promise<T>;
  readonly outcome: Promise<RunOutcome<T>>;
  /** Who waits: for a place on the executor, then for a time, then for something whose time nobody knows (a signal, shared work), then at the debugger's gate; each in the order they will go on. */
  waiting(): readonly Waiting[];
  metrics(): RunMetrics;
  /**
   * All events from here on, ending after the run's last. A subscriber that comes late first gets a
   * {@link RunSnapshot}. Events wait for a slow reader in a buffer of `buffer` events; when it is full,
   * the oldest make way and the reader gets a fresh snapshot instead of them.
   */
  events(options?: { readonly buffer?: number; readonly signal?: AbortSignal }): AsyncIterable<RunEvent | RunSnapshot>;
  /** Calls `listener` with each event as it happens; gives the function that stops it. A listener that throws, or gives a promise that rejects, is removed, and reported as a warning of the process. */
  on(listener: (event: RunEvent) => void): () => void;
  /** Nothing new starts; what is in flight goes on. Nothing happens to a run that has ended. */
  pause(reason?: string): void;
  resume(reason?: string): void;
  /**
   * Sends a value to whoever waits for it under this name. Each is taken once; one that nobody waits for stays until
   * somebody does.
   *
   * @throws what whoever waits refuses it with, such as `invalid-input`; also `invalid-input` when the run has ended
   */
  signal(name: string, value?: unknown): void;
  /** Aborts what is open and ends as canceled once it has ended, or after the grace period. The first reason counts. */
  cancel(reason?: string): void;
}
