import type { GaveUp, PictureNode, WireError } from '@holon/flow';
import type { ValueView } from './value-view.ts';

/**
 * One thing that happened in a run. A run is the gap-free sequence of these: `seq` counts from 1 and
 * never skips, `at` is milliseconds since 1970 by the run's clock.
 */
export type RunEvent = { readonly seq: number; readonly at: number } & RunEventBody;

export type RunEventType = RunEventBody['type'];

/**
 * What can happen, each with when, after what, and how often. `path` is the instance path (`checkout/refine[3]/improve`),
 * `id` its static id, `attempt` counts from 1. Events of one instance come in this order, where square brackets may be
 * missing and what stands within (…)* may repeat; `docs/events.md` has it as a table:
 *
 * ```
 * node.opened ([held → released] [queued] started [waiting → resumed]* → retrying)* [held → released] succeeded | failed | canceled
 * ```
 */
export type RunEventBody =
  /** The run begins. Once, the first of all. */
  | {
      readonly type: 'run.created';
      readonly runId: string;
      readonly flow: string;
      readonly parent?: RunParent | undefined;
      readonly input: ValueView;
      readonly labels: Labels;
    }
  /** The root is about to be opened. Once, after `run.created`; not in a run that was canceled before it began. */
  | { readonly type: 'run.started' }
  /** Nothing new starts until `run.resumed`; what is in flight goes on. Any number of times, by turns with `run.resumed`; of a run that is started paused, before `run.started`. */
  | { readonly type: 'run.paused'; readonly reason: string }
  /** What was held goes on, each with a `node.released`. After each `run.paused`, unless the run is canceled or the debugger goes on with a single step. */
  | { readonly type: 'run.resumed'; readonly reason: string }
  /** Open instances are being aborted: somebody cancels the run, or its own timeout does. At most once; before the ends of all that is open. */
  | { readonly type: 'run.canceling'; readonly reason: string }
  /** The run came to a value. Exactly one of this and the next two, the last of all, after the end of every instance. */
  | { readonly type: 'run.succeeded'; readonly output: ValueView }
  /** The run failed, by what began at `path`; or timed out. When the engine itself broke down, instances have no end of their own. */
  | { readonly type: 'run.failed'; readonly error: WireError; readonly path: string }
  /** The run was canceled. */
  | { readonly type: 'run.canceled'; readonly reason: string }
  /** A value came from outside: somebody waited for it, or it stays until somebody does. Once for each that is taken; of what came before the run began, after `run.created`. */
  | { readonly type: 'signal.received'; readonly name: string; readonly value: ValueView }
  /** Whoever waits for it can't take the value that came, and waits on. Once for each that is refused. */
  | { readonly type: 'signal.refused'; readonly name: string; readonly reason: string }
  /** Plain code called a flow that no picture declares: once for each such node in a run, before its first `node.opened`; then the same for what that is made of. */
  | { readonly type: 'node.discovered'; readonly node: PictureNode; readonly after: readonly string[] }
  /** An instance is there. Once for each, the first of its events, while the one around it is open. */
  | {
      readonly type: 'node.opened';
      readonly path: string;
      readonly id: string;
      readonly parent: string | undefined;
      readonly branch: number;
      readonly input: ValueView;
    }
  /** Its attempt waits to be let on the executor, for `reason`. Before `node.started`, of each attempt that has to; again when it comes to wait for something else. */
  | { readonly type: 'node.queued'; readonly path: string; readonly reason: string }
  /** It stands at the gate: at `entry` before an attempt is queued, at `exit` before its end. Again when why it stands there is said anew. */
  | { readonly type: 'node.held'; readonly path: string; readonly phase: Phase; readonly reason: string }
  /** It goes on. After `node.held`, unless it is canceled there. */
  | { readonly type: 'node.released'; readonly path: string; readonly phase: Phase; readonly reason: string }
  /** Its input (at `entry`) or output (at `exit`) was replaced. Any number of times between `node.held` and `node.released`. */
  | { readonly type: 'node.edited'; readonly path: string; readonly phase: Phase; readonly value: ValueView }
  /** An attempt begins: its body is about to be called. Once for each attempt that has no answer. */
  | { readonly type: 'node.started'; readonly path: string; readonly attempt: number }
  /** An attempt failed and another follows after `delayMs`. Once between two attempts. */
  | {
      readonly type: 'node.retrying';
      readonly path: string;
      readonly attempt: number;
      readonly delayMs: number;
      readonly reason: string;
      readonly error: WireError;
    }
  /** It waits for something outside of it: a time, a signal, work that others wait for as well. Within an attempt, any number of times; again for each wait that begins before the others have ended. */
  | { readonly type: 'node.waiting'; readonly path: string; readonly reason: string }
  /** All that it waited for has come to an end, or is not waited for any more. After `node.waiting`, before anything else ends its attempt. */
  | { readonly type: 'node.resumed'; readonly path: string }
  /** An answer took the place of the body: a mock, a recorded result, a skip. In place of the attempt's `node.started`. */
  | { readonly type: 'node.answered'; readonly path: string; readonly source: string }
  /** It came to a value. Exactly one of this and the next two for each instance, the last of its events but for `node.late` and `node.logged`, and after the ends of all that it called. */
  | { readonly type: 'node.succeeded'; readonly path: string; readonly output: ValueView }
  /** It failed; `gaveUp` says why there was no other attempt, where that was asked. */
  | {
      readonly type: 'node.failed';
      readonly path: string;
      readonly error: WireError;
      readonly reason: string;
      readonly gaveUp: GaveUp | undefined;
    }
  /** It was canceled, with what is around it or by what it is part of. */
  | { readonly type: 'node.canceled'; readonly path: string; readonly reason: string }
  /** The body ignored its abort past the grace period; it may still be running, and what it gives will be dropped. At most once for each attempt, before its end or the retry. */
  | { readonly type: 'node.abandoned'; readonly path: string }
  /** The body of a timed-out, canceled or abandoned attempt ended after all; its result was dropped. At most once for each attempt, while the run lasts: of an abandoned one, after the end of its instance. */
  | { readonly type: 'node.late'; readonly path: string; readonly attempt: number }
  /** A procedure decided: `mark` is the static id of the mark in the picture. Within an attempt of `path`, once for each decision. */
  | {
      readonly type: 'choice.made';
      readonly path: string;
      readonly mark: string;
      readonly value: string;
      readonly index: number | undefined;
      readonly forced: boolean;
    }
  /** The body says something, by `context().log`. Any number of times from `node.started` on, while the run lasts: an abandoned body may go on talking. */
  | {
      readonly type: 'node.logged';
      readonly path: string;
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly message: string;
      readonly data: ValueView | undefined;
    }
  /** How far the body is, from 0 to 1, by `context().progress`. Any number of times within an attempt. */
  | {
      readonly type: 'node.progressed';
      readonly path: string;
      readonly fraction: number;
      readonly message: string | undefined;
    }
  /** The author's own event, by `context().emit`. Any number of times within an attempt. */
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
