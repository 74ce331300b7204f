import { HolonError } from '@holon/flow';

/** Waits for `work`, unless `signal` is aborted before: then it rejects with `canceled`, and `work` goes on. Leaves no listener behind. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, what: string): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new HolonError('canceled', `canceled: ${what}: it was waited for no longer`, { cause: signal.reason }));
    };
    if (signal.aborted) return onAbort();
    const settle = (then: () => void) => (): void => {
      signal.removeEventListener('abort', onAbort);
      then();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => settle(() => resolve(value))(),
      (error: unknown) => settle(() => reject(error as Error))(),
    );
  });
}
