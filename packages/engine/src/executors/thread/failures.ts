import { HolonError, sizeText } from '@holon/flow';
import { notCloneable } from '../uncloneable.ts';
import type { Job } from './job.ts';

/** Why a job failed that piscina gave to no worker, or whose worker has ended. */
export function failureOf(job: Job, thrown: unknown): HolonError {
  const { task, pool } = job;
  if (thrown instanceof DOMException && thrown.name === 'DataCloneError' && 'run' in task)
    return notCloneable('The input', task.run.input, thrown);
  if ((thrown as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY') return outOfMemory(pool.memoryBytes);
  return crashed(job, 'the worker has ended, as it does by process.exit()', thrown);
}

/** Its worker is gone; while it still imported the module, that is at fault. */
export function crashed({ loading }: Job, why: string, cause: unknown): HolonError {
  const text = `${why}. ${textOf(cause)}`;
  return loading
    ? new HolonError('worker-import-failed', `Its module can't be imported by a worker: ${text}`, { cause })
    : new HolonError('worker-crashed', `Its worker is gone: ${text}`, { cause });
}

export function outOfMemory(memoryBytes: number): HolonError {
  return new HolonError(
    'worker-out-of-memory',
    `It took more than the ${sizeText(memoryBytes)} of heap that its worker may have. Where it needs more, say so: isolation: { kind: 'thread', memory: '…' }.`,
    { details: { memoryBytes } },
  );
}

export function notLoaded(afterMs: number): HolonError {
  return new HolonError(
    'worker-import-failed',
    `Its module was not loaded within ${afterMs / 1_000} s: it, or a module that it imports, awaits what does not come in a worker.`,
  );
}

/** Of a body that has ended, so that nobody waits for it. */
export function warnOfLate(error: unknown): void {
  process.emitWarning(`An isolated body left something behind that failed after its end. ${textOf(error)}`, {
    code: 'HOLON_LATE_ERROR',
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
