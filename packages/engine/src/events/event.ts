import type { GaveUp, PictureNode, WireError } from '@holon/flow';
import type { ValueView } from './value-view.ts';

/**
 * One thing that happened in a run. A run is the gap-free sequence of these: `seq` counts from 1 and
 * never skips, `at` is milliseconds since 1970 by the run's clock.
 */
export type RunEvent = { readonly seq: number; readonly at: number } & RunEventBody;

export type RunEventType = RunEventBody['type'];

/**
 * What can happen. `path` is the instance path (`checkout/refine[3]/improve`), `id` its static id,
 * `attempt` counts from 1.
 */
export type RunEventBody =
  /** Once, first. */
  | {
      readonly type: 'run.created';
      readonly runId: string;
      readonly flow: string;
      readonly parent?: RunParent | undefined;
      readonly input: ValueView;
      readonly labels: Labels;
    }
  /** Once, when the root instance is about to be opened. */
  | { readonly type: 'run.started' }
  /** Nothing new starts until `run.resumed`; what is in flight goes on. Also before `run.started`. */
  | { readonly type: 'run.paused'; readonly reason: string }
  | { readonly type: 'run.resumed'; readonly reason: string }
  /** Open instances are being aborted. */
  | { readonly type: 'run.canceling'; readonly reason: string }
  /** Exactly one of these three, last. */
  | { readonly type: 'run.succeeded'; readonly output: ValueView }
  | { readonly type: 'run.failed'; readonly error: WireError; readonly path: string }
  | { readonly type: 'run.canceled'; readonly reason: string }
  /** Plain code called a flow that no picture declares, the first time in this run; then the same for what that is made of. Before its `node.opened`. */
  | { readonly type: 'node.discovered'; readonly node: PictureNode; readonly after: readonly string[] }
  /** Once for each instance, first of its events. */
  | {
      readonly type: 'node.opened';
      readonly path: string;
      readonly id: string;
      readonly parent: string | undefined;
      readonly branch: number;
      readonly input: ValueView;
    }
  /** It waits for a place on the executor. At most once for each attempt. */
  | { readonly type: 'node.queued'; readonly path: string; readonly reason: string }
  /** It stands at the gate: `entry` before the body, `exit` after it. */
  | { readonly type: 'node.held'; readonly path: string; readonly phase: Phase; readonly reason: string }
  | { readonly type: 'node.released'; readonly path: string; readonly phase: Phase; readonly reason: string }
  /** Its input (at `entry`) or output (at `exit`) was replaced while it was held. */
  | { readonly type: 'node.edited'; readonly path: string; readonly phase: Phase; readonly value: ValueView }
  /** An attempt begins. */
  | { readonly type: 'node.started'; readonly path: string; readonly attempt: number }
  /** An attempt failed and another will follow after `delayMs`. */
  | {
      readonly type: 'node.retrying';
      readonly path: string;
      readonly attempt: number;
      readonly delayMs: number;
      readonly reason: string;
      readonly error: WireError;
    }
  /** It waits for something outside of it: a time, a signal, work that others wait for as well. Again for each wait that begins before the others have ended. */
  | { readonly type: 'node.waiting'; readonly path: string; readonly reason: string }
  /** All that it waited for has come to an end, or is not waited for any more. */
  | { readonly type: 'node.resumed'; readonly path: string }
  /** An answer took the place of the body: a mock, a recorded result, a skip. */
  | { readonly type: 'node.answered'; readonly path: string; readonly source: string }
  /** Exactly one of these three for each instance, last of its events. */
  | { readonly type: 'node.succeeded'; readonly path: string; readonly output: ValueView }
  | {
      readonly type: 'node.failed';
      readonly path: string;
      readonly error: WireError;
      readonly reason: string;
      readonly gaveUp: GaveUp | undefined;
    }
  | { readonly type: 'node.canceled'; readonly path: string; readonly reason: string }
  /** The body ignored its abort past the grace period; it may still be running, and what it gives will be dropped. */
  | { readonly type: 'node.abandoned'; readonly path: string }
  /** The body of a timed-out, canceled or abandoned attempt ended after all; its result was dropped. */
  | { readonly type: 'node.late'; readonly path: string; readonly attempt: number }
  /** A procedure decided: `mark` is the static id of the mark in the picture. */
  | {
      readonly type: 'choice.made';
      readonly path: string;
      readonly mark: string;
      readonly value: string;
      readonly index: number | undefined;
      readonly forced: boolean;
    }
  /** A value came from outside: somebody waited for it, or it stays until somebody does. Of what came before the run began, after `run.created`. */
  | { readonly type: 'signal.received'; readonly name: string; readonly value: ValueView }
  /** Whoever waits for it can't take the value that came, and waits on. */
  | { readonly type: 'signal.refused'; readonly name: string; readonly reason: string }
  | {
      readonly type: 'node.logged';
      readonly path: string;
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly message: string;
      readonly data: ValueView | undefined;
    }
  | {
      readonly type: 'node.progressed';
      readonly path: string;
      readonly fraction: number;
      readonly message: string | undefined;
    }
  /** The author's own event, by `context().emit`. */
  | {
      readonly type: 'node.emitted';
      readonly path: string;
      readonly name: string;
      readonly data: ValueView | undefined;
    };

/** What started a run that no caller of the engine did: shared work has one. */
export interface RunParent {
  readonly runId: string;
  /** Of the instance that started it; others may wait for it as well. */
  readonly path: string;
}

/** What the caller said about a run: its tenant, its purpose. */
export type Labels = Readonly<Record<string, string>>;

export type Phase = 'entry' | 'exit';
