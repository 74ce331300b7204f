import type { AnyFlow, EntryInput, Result } from '@holon/flow';
import type { Answers } from './answers.ts';
import type { Clock } from './clock.ts';
import type { Pick } from './inbox.ts';
import type { Random } from './random.ts';
import type { Run } from './run.ts';

/** Everything has a default: `createEngine()` is an engine. */
export interface EngineOptions {
  /** How many task bodies run at once, over all runs; 1 or more. @default 64 */
  readonly maxConcurrency?: number | undefined;
  /** How long a canceled body that ignores its signal is waited for, as a duration. @default '5s' */
  readonly gracePeriod?: import('@holon/flow').Duration | undefined;
  /** Asked before each attempt of each instance, in every run. */
  readonly answers?: Answers | undefined;
  /** @default the machine's */
  readonly clock?: Clock | undefined;
  /** @default the machine's */
  readonly random?: Random | undefined;
  /** Which of several settled bodies goes on first. @default in the order in which they settled */
  readonly pick?: Pick | undefined;
}

export interface StartOptions {
  /** Holds the run at its first node until `run.resume()`. */
  readonly paused?: boolean | undefined;
  /** Cancels the run when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** How long the whole run may take, as a duration; then it fails with `timeout`. */
  readonly timeout?: import('@holon/flow').Duration | undefined;
  /** Asked before the engine's. */
  readonly answers?: Answers | undefined;
}

/** Runs flows. */
export interface Engine {
  /** Runs a flow to its value. Rejects with what was thrown, or with `canceled`. Mistakes by the caller are thrown at once. */
  execute<F extends AnyFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  /** Starts a run and gives a handle to it. */
  start<F extends AnyFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Run<Result<F>>;
  /** Cancels what is running and waits for its end. Nothing can be started afterwards. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
