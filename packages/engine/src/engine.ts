import {
  type AnyFlow,
  type Duration,
  type EntryInput,
  HolonError,
  type NullaryFlow,
  type Result,
  type UnaryFlow,
} from '@holon/flow';
import type { Answers } from './answers.ts';
import type { Clock } from './clock.ts';
import { EngineCore } from './engine-core.ts';
import type { Pick } from './inbox.ts';
import type { Random } from './random.ts';
import { RunHandle, unwrap } from './run-handle.ts';
import type { Run } from './run.ts';

/** Everything has a default: `createEngine()` is an engine. */
export interface EngineOptions {
  /** How many task bodies run at once, over all runs; 1 or more. @default 64 */
  readonly maxConcurrency?: number | undefined;
  /** How long an aborted body that ignores its signal is waited for before it is abandoned. @default '1s' */
  readonly gracePeriod?: Duration | undefined;
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
  /** Cancels the run when aborted; what it is aborted with becomes the `cause` of the cancellation. */
  readonly signal?: AbortSignal | undefined;
  /** How long the whole run may take, as a duration; then it fails with `timeout`. */
  readonly timeout?: Duration | undefined;
  /** Asked before the engine's. */
  readonly answers?: Answers | undefined;
}

/** Runs flows. An input is what `EntryInput` of `@holon/flow` says. Overloads by arity, since TypeScript infers nothing of a flow made in the call when its input's type is a conditional one. */
export interface Engine {
  /** Runs a flow to its value. Rejects with what was thrown, or with `canceled` and, as its `cause`, what `signal` was aborted with. Mistakes by the caller are thrown at once. */
  execute<F extends NullaryFlow>(flow: F, input?: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  execute<F extends UnaryFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  execute<F extends AnyFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  /** Gives a handle to a run that begins in the next microtask: who listens by then misses nothing. */
  start<F extends NullaryFlow>(flow: F, input?: EntryInput<F>, options?: StartOptions): Run<Result<F>>;
  start<F extends UnaryFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Run<Result<F>>;
  start<F extends AnyFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Run<Result<F>>;
  /** Cancels what is running and waits for its end. Nothing can be started afterwards. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * An engine. One is enough for a process; its runs share its `maxConcurrency`.
 *
 * @throws HolonError `invalid-option` naming the option and the value
 *
 * @example
 * const engine = createEngine({ maxConcurrency: 8 });
 * const receipt = await engine.execute(checkout, order);
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const core = new EngineCore(options);
  const engine: Engine = {
    execute: (flow: AnyFlow, input?: unknown, startOptions: StartOptions = {}) => {
      const run = core.prepare(flow, input, startOptions);
      run.begin();
      return run.outcome.then(unwrap) as never;
    },
    start: (flow: AnyFlow, input?: unknown, startOptions: StartOptions = {}) => {
      const run = core.prepare(flow, input, startOptions);
      queueMicrotask(() => run.begin());
      return new RunHandle(run) as never;
    },
    close: () => core.close(),
    [Symbol.asyncDispose]: () => core.close(),
  };
  cores.set(engine, core);
  return engine;
}

const cores = new WeakMap<Engine, EngineCore>();

/** @internal The inside of an engine. @throws HolonError `invalid-option` when {@link createEngine} has not made it */
export function coreOf(engine: Engine): EngineCore {
  const core = cores.get(engine);
  if (core === undefined)
    throw new HolonError('invalid-option', 'engine: this is not what createEngine() of this copy of the package gave.');
  return core;
}
