import { type AnyFlow, type EntryInput, HolonError, type Result, textOf } from '@holon/flow';
import type { EngineCore } from './engine-core.ts';
import type { StartOptions } from './options.ts';
import type { RunCore } from './run-core.ts';

/** A flow with its input, for each of a list of flows; one without a parameter may stand alone in its pair. */
export type Calls<F extends readonly AnyFlow[]> = {
  readonly [K in keyof F]: undefined extends EntryInput<F[K]>
    ? readonly [flow: F[K], input?: EntryInput<F[K]>]
    : readonly [flow: F[K], input: EntryInput<F[K]>];
};

/** What each of a list of flows comes to. */
export type Results<F extends readonly AnyFlow[]> = { -readonly [K in keyof F]: Result<F[K]> };

/** For all of them. One key can't stand for several. */
export type ParallelOptions = Omit<StartOptions, 'idempotencyKey'>;

/** Opens and begins a run of each; none, when one can't be. @throws HolonError what `execute` throws, and `invalid-option` */
export function executeParallel(
  engine: EngineCore,
  calls: readonly (readonly [flow: AnyFlow, input?: unknown])[],
  options: StartOptions | undefined,
): Promise<unknown[]> {
  const where = 'executeParallel';
  if (
    !Array.isArray(calls) ||
    !calls.every((call) => Array.isArray(call) && (call.length === 1 || call.length === 2))
  ) {
    throw new HolonError('invalid-option', `${where}: ${textOf(calls)} is not a list of [flow, input].`);
  }
  if (options?.idempotencyKey !== undefined) {
    throw new HolonError(
      'invalid-option',
      `${where}: idempotencyKey: one key can't stand for several calls: start each by its own.`,
    );
  }
  const runs = engine.prepareAll(calls, options, where);
  const results = resultsOf(runs);
  for (const run of runs) engine.admit(run, () => run.begin());
  return results;
}

/** The first that does not succeed cancels the others; they are awaited, then this rejects with what that one came to. */
async function resultsOf(runs: readonly RunCore[]): Promise<unknown[]> {
  let first: RunCore | undefined;
  for (const run of runs) {
    run.whenEnded(({ status }) => {
      if (status === 'succeeded' || first !== undefined) return;
      first = run;
      const end = status === 'failed' ? 'has failed' : 'was canceled';
      for (const other of runs) other.cancel(`${run.root.id}, which it was started with, ${end}`);
    });
  }
  await Promise.all(runs.map(({ outcome }) => outcome));
  // Its result rejects.
  return first === undefined ? Promise.all(runs.map(({ result }) => result)) : [await first.result];
}
