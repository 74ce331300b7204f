import {
  type AnyFlow,
  type EntryInput,
  HolonError,
  type NullaryFlow,
  type Result,
  type UnaryFlow,
  isHolonError,
} from '@holon/flow';
import { EngineCore } from './engine-core.ts';
import type { EngineOptions, StartOptions } from './options.ts';
import type { RunCore } from './run-core.ts';
import { RunHandle } from './run-handle.ts';
import type { Run } from './run.ts';

/** Runs flows. An input is what `EntryInput` of `@holon/flow` says. Overloads by arity, since TypeScript infers nothing of a flow made in the call when its input's type is a conditional one. */
export interface Engine {
  /** Runs a flow to its value. Rejects with what was thrown, or with `canceled` and, as its `cause`, what `signal` was aborted with; with `queue-full` where `admission` refuses it. Mistakes by the caller are thrown at once. */
  execute<F extends NullaryFlow>(flow: F, input?: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  execute<F extends UnaryFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  execute<F extends AnyFlow>(flow: F, input: EntryInput<F>, options?: StartOptions): Promise<Result<F>>;
  /** Gives a handle to a run that begins in the next microtask: who listens by then misses nothing. @throws HolonError `queue-full` where `admission` refuses it, and mistakes by the caller */
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
    execute: (flow: AnyFlow, input?: unknown, startOptions?: StartOptions) => {
      let run: RunCore;
      try {
        run = core.prepare(flow, input, startOptions, 'execute');
      } catch (error) {
        // No mistake by the caller, who handles it with what else may come of a run.
        if (isHolonError(error, 'queue-full')) return Promise.reject(error);
        throw error;
      }
      const { result } = run;
      core.admit(run, () => run.begin());
      return result as never;
    },
    start: (flow: AnyFlow, input?: unknown, startOptions?: StartOptions) => {
      const run = core.prepare(flow, input, startOptions);
      core.admit(run, () => queueMicrotask(() => run.begin()));
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
