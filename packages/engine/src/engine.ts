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
import type { EngineEventName, EngineListener } from './events/index.ts';
import { type Calls, type ParallelOptions, type Results, executeParallel } from './execute-parallel.ts';
import { type EngineMetrics, engineMetrics } from './metrics.ts';
import { type DrainOptions, type EngineOptions, type StartOptions, resolveDrainOptions } from './options.ts';
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
  /**
   * Runs several flows at once, each as a run of its own, to the list of their values. The first that fails, or is
   * canceled, cancels the others; once they have ended, this rejects with what that one came to. Mistakes by the caller are
   * thrown before any of them begins.
   *
   * @example
   * const [user, stock] = await engine.executeParallel([[fetchUser, id], [checkStock, items]]);
   */
  executeParallel<const F extends readonly AnyFlow[]>(calls: Calls<F>, options?: ParallelOptions): Promise<Results<F>>;
  /**
   * Calls `listener` with what happens from here on in all runs, those that are still to be started included, and with what
   * belongs to no run: events of one type, or with `'*'` all. Of each run in order; gives the function that stops it. A
   * listener that throws, or gives a promise that rejects, is removed, and reported as a warning of the process.
   *
   * @throws HolonError `invalid-option` when there is no such type
   *
   * @example
   * engine.on('run.failed', ({ error }, { runId, labels }) => report(runId, labels, error));
   */
  on<T extends EngineEventName>(type: T, listener: EngineListener<T>): () => void;
  /** How its runs, their instances and its places stand now, and what became of all there were. */
  metrics(): EngineMetrics;
  /**
   * Takes no more runs, from this call on, and waits until all that it has have ended, paused ones included. Starting one is
   * refused with `engine-closed`; under an idempotency key that stands for one, that one is given. There is no way back.
   *
   * @param options.signal stops the waiting, which then rejects with `canceled`; the engine goes on draining
   *
   * @example
   * await engine.drain({ signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
   * await engine.close();
   */
  drain(options?: DrainOptions): Promise<void>;
  /** Cancels what is running and waits for its end. Nothing can be started afterwards. Closing again only waits. */
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
    execute: (flow: AnyFlow, input?: unknown, startOptions?: StartOptions) =>
      orRefused(() => core.submit(flow, input, startOptions, 'execute').result) as never,
    start: (flow: AnyFlow, input?: unknown, startOptions?: StartOptions) =>
      new RunHandle(core.submit(flow, input, startOptions, 'start')) as never,
    executeParallel: (calls: readonly (readonly [AnyFlow, unknown?])[], parallelOptions?: ParallelOptions) =>
      orRefused(() => executeParallel(core, calls, parallelOptions)) as never,
    on: (type, listener) => core.listeners.on(type, listener),
    metrics: () => engineMetrics(core),
    drain: (drainOptions) => core.drain(resolveDrainOptions(drainOptions)),
    close: () => core.close(),
    [Symbol.asyncDispose]: () => core.close(),
  };
  cores.set(engine, core);
  return engine;
}

/** That there is no room is no mistake by the caller, who handles it with what else may come of a run. */
function orRefused(execute: () => Promise<unknown>): Promise<unknown> {
  try {
    return execute();
  } catch (error) {
    if (isHolonError(error, 'queue-full')) return Promise.reject(error);
    throw error;
  }
}

const cores = new WeakMap<Engine, EngineCore>();

/** @internal The inside of an engine. @throws HolonError `invalid-option` when {@link createEngine} has not made it */
export function coreOf(engine: Engine): EngineCore {
  const core = cores.get(engine);
  if (core === undefined)
    throw new HolonError('invalid-option', 'engine: this is not what createEngine() of this copy of the package gave.');
  return core;
}
