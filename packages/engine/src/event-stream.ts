import { HolonError, textOf } from '@holon/flow';
import type { RunEvent, RunSnapshot } from './events/index.ts';
import type { RunCore } from './run-core.ts';
import { snapshotOf } from './snapshot.ts';

const DEFAULT_BUFFER = 10_000;

/**
 * The run's events as they come, for a reader with a pace of its own. What it has not read waits in a
 * bounded buffer; when that is full the buffer is emptied and a snapshot takes the place of what was in it.
 */
export async function* streamOf(
  run: RunCore,
  options: { readonly buffer?: number; readonly signal?: AbortSignal } = {},
): AsyncGenerator<RunEvent | RunSnapshot, void, undefined> {
  const { buffer: limit = DEFAULT_BUFFER, signal } = options;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HolonError('invalid-option', `events: buffer: ${textOf(limit)} is not a whole number from 1.`);
  }
  let buffer: RunEvent[] = [];
  let overflowed = run.log.seq > 0;
  let wake: (() => void) | undefined;
  const stop = run.log.on((event) => {
    if (buffer.length >= limit) {
      buffer = [];
      overflowed = true;
    }
    if (!overflowed) buffer.push(event);
    wake?.();
  });
  const onAbort = (): void => wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (signal?.aborted !== true) {
      if (overflowed) {
        overflowed = false;
        buffer = [];
        yield snapshotOf(run);
      } else if (buffer.length > 0) {
        const events = buffer;
        buffer = [];
        for (const event of events) {
          if (signal?.aborted) return;
          yield event;
          if (overflowed) break;
        }
      } else if (run.endedAt !== undefined) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', onAbort);
  }
}
