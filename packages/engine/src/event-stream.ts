import { HolonError, textOf } from '@holon/flow';
import type { RunEvent, RunSnapshot } from './events/index.ts';
import type { RunCore } from './run-core.ts';
import { snapshotOf } from './snapshot.ts';

const DEFAULT_BUFFER = 10_000;
/** Read events are let go of when there are at least this many and they are the majority. */
const COMPACT_AT = 256;

/**
 * The run's events from this call on, for a reader with a pace of its own. What it has not read waits in a
 * bounded buffer; when that is full the buffer is emptied and a snapshot takes the place of what was in it.
 *
 * @throws HolonError `invalid-option`
 */
export function streamOf(
  run: RunCore,
  options: { readonly buffer?: number; readonly signal?: AbortSignal } = {},
): AsyncIterable<RunEvent | RunSnapshot> {
  const { buffer: limit = DEFAULT_BUFFER, signal } = options;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new HolonError('invalid-option', `events: buffer: ${textOf(limit)} is not a whole number from 1.`);
  }
  const mailbox = new Mailbox(run, limit);
  const reading = read(run, mailbox, signal);
  return { [Symbol.asyncIterator]: () => reading };
}

/** What has happened and has not been read: either events, or the need of a snapshot. */
class Mailbox {
  needsSnapshot: boolean;
  /** Called when something comes, while somebody waits for it. */
  wake: (() => void) | undefined;
  readonly close: () => void;
  #events: RunEvent[] = [];
  /** How many of them have been read. */
  #read = 0;

  constructor(run: RunCore, limit: number) {
    this.needsSnapshot = run.log.seq > 0;
    this.close = run.log.on((event) => {
      if (this.#events.length - this.#read >= limit) {
        this.#empty();
        this.needsSnapshot = true;
      }
      if (!this.needsSnapshot) this.#events.push(event);
      this.wake?.();
    });
  }

  take(): RunEvent | undefined {
    const event = this.#events[this.#read++];
    if (event === undefined) this.#empty();
    else if (this.#read > COMPACT_AT && this.#read * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#read);
      this.#read = 0;
    }
    return event;
  }

  #empty(): void {
    this.#events = [];
    this.#read = 0;
  }
}

async function* read(
  run: RunCore,
  mailbox: Mailbox,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent | RunSnapshot, void, undefined> {
  const onAbort = (): void => mailbox.wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });
  /** A snapshot may be ahead of events that are still being told to listeners. */
  let seq = 0;
  try {
    while (signal?.aborted !== true) {
      if (mailbox.needsSnapshot) {
        mailbox.needsSnapshot = false;
        const snapshot = snapshotOf(run, seq);
        seq = snapshot.seq;
        yield snapshot;
        continue;
      }
      const event = mailbox.take();
      if (event !== undefined) {
        if (event.seq <= seq) continue;
        seq = event.seq;
        yield event;
      } else if (run.endedAt !== undefined) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          mailbox.wake = resolve;
        });
        mailbox.wake = undefined;
      }
    }
  } finally {
    mailbox.close();
    signal?.removeEventListener('abort', onAbort);
  }
}
