import type { AnyFlow, FlowPicture } from '@holon/flow';
import type {
  Breakpoint,
  EditResult,
  Frame,
  OpenedValue,
  Phase,
  PlacedBreakpoint,
  RunState,
  StepKind,
  Stop,
} from '../events/index.ts';
import type { Run } from '../run.ts';

/** A run under a debug session. */
export interface DebuggedRun {
  readonly run: Run;
  /** The fold of all its events so far, ended instances included. */
  readonly state: RunState;
  /** Who stands at the gate now: who stopped by itself first, then the suspended. */
  readonly stops: readonly Stop[];
  /** The enclosing instances, innermost first. Empty when `path` is not open. */
  frames(path: string): readonly Frame[];
  /** Input or output of an instance, while it is kept. */
  value(path: string, side: 'input' | 'output'): OpenedValue;
  /**
   * Replaces the input of an instance held at entry, or the output of one held at exit.
   *
   * @param revision of the value the edit is based on; another one by now refuses it as `stale`
   */
  edit(path: string, phase: Phase, value: unknown, revision?: number): EditResult;
  /** Lets the branch of a stopped instance go on until the step is done. Refused (false) when `path` is not stopped. */
  step(kind: StepKind, path: string): boolean;
  /** Everything goes on; `reason` stands in the run's events. */
  continue(reason?: string): void;
  /** Nothing new starts. */
  pause(): void;
  cancel(reason?: string): void;
}

export interface SessionEvents {
  /** A run came to a stand at `stop`; further instances may become suspended after it. */
  readonly stopped: { readonly run: DebuggedRun; readonly stop: Stop };
  /** A stopped run goes on, wholly or (after a step) at `path` only. */
  readonly continued: { readonly run: DebuggedRun; readonly path: string | undefined };
  /** Who stands at the gate of a run has changed. */
  readonly stops: { readonly run: DebuggedRun };
  /** The breakpoints were replaced, or one of them found its place as plain code ran. */
  readonly breakpoints: { readonly breakpoints: readonly PlacedBreakpoint[] };
  /** A run was started, or ended; or stopped as the first thing that is heard of it: see {@link DebugSession.runs}. */
  readonly runs: { readonly run: DebuggedRun; readonly change: 'started' | 'ended' };
}

/** Debugging one flow: breakpoints that outlive runs, and the runs themselves. Every protocol is an adapter over this. */
export interface DebugSession {
  readonly flow: AnyFlow;
  readonly picture: FlowPicture;
  /**
   * Replaces all breakpoints; the reply says, in the same order, what was really set.
   *
   * @throws HolonError `invalid-option` when a phase is none
   */
  setBreakpoints(breakpoints: readonly Breakpoint[]): readonly PlacedBreakpoint[];
  /** In the order in which they were asked for. */
  readonly breakpoints: readonly PlacedBreakpoint[];
  /** Says where a breakpoint would stand, and sets none. @throws HolonError `invalid-option` when its phase is none */
  place(breakpoint: Breakpoint): PlacedBreakpoint;
  /** Starts a run under this session; `paused` holds it at its first node. */
  start(input: unknown, options?: { readonly paused?: boolean | undefined }): DebuggedRun;
  /**
   * Newest first; the oldest ended ones are forgotten beyond the session's limit (50). Work that several calls share is a
   * run of its own: it stands among them once something in it has stopped.
   */
  readonly runs: readonly DebuggedRun[];
  on<T extends keyof SessionEvents>(type: T, listener: (event: SessionEvents[T]) => void): () => void;
  /** Cancels what is running and lets go of everything. */
  close(): Promise<void>;
}
