import { HolonError } from '@holon/flow';
import TinyQueue from 'tinyqueue';
import { type Clock, type TimerOptions, systemClock } from './clock.ts';

/** A clock that stands still until it is told to go on. For tests: give it to `createEngine`, and let bodies wait by its `sleep`. */
export interface SimulatedClock extends Clock {
  /** Lets `ms` pass: what falls due happens in order, each with all that follows from it before the next. */
  advance(ms: number): Promise<void>;
  /**
   * Lets as much time pass as `work` takes, and gives what it comes to.
   *
   * @throws HolonError `internal` when nothing is left that could ever settle it: a deadlock
   */
  finish<T>(work: PromiseLike<T>): Promise<T>;
  /** A promise for `ms` from now; rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly background: boolean;
  fire: (() => void) | undefined;
}

/**
 * Bodies that wait for anything but promises and this clock (files, sockets, real timers) are not waited for.
 *
 * @param startMs what it shows first, in milliseconds since 1970 @default 0
 *
 * @example
 * const clock = simulatedClock();
 * const engine = createEngine({ clock });
 * const result = await clock.finish(engine.execute(flaky, input)); // an hour of retries, at once
 */
export function simulatedClock(startMs = 0): SimulatedClock {
  const queue = new TinyQueue<Due>([], (a, b) => a.at - b.at || a.order - b.order);
  let elapsedMs = 0;
  let order = 0;
  let deferred: (() => void)[] = [];
  /** How many of those that are due are not in the background. */
  let foreground = 0;

  const setTimer = (fire: () => void, ms: number, { background = false }: TimerOptions = {}): Due => {
    const due: Due = { at: elapsedMs + Math.max(0, ms), order: order++, background, fire };
    queue.push(due);
    if (!background) foreground += 1;
    return due;
  };
  /** What was to happen, once: it has come, or is not to any more. */
  const take = (due: Due): (() => void) | undefined => {
    const { fire } = due;
    if (fire !== undefined && !due.background) foreground -= 1;
    due.fire = undefined;
    return fire;
  };
  const next = (): Due | undefined => {
    while (queue.peek()?.fire === undefined && queue.length > 0) queue.pop();
    return queue.peek();
  };
  const settle = async (): Promise<void> => {
    do {
      await promisesSettled();
      const ready = deferred;
      deferred = [];
      for (const run of ready) run();
      if (ready.length > 0) await promisesSettled();
    } while (deferred.length > 0);
  };
  /** All that falls due at the next moment, then what was deferred until that has happened. */
  const ring = async (first: Due): Promise<void> => {
    elapsedMs = first.at;
    for (let due: Due | undefined = first; due?.at === elapsedMs; due = next()) {
      queue.pop();
      take(due)!();
      await promisesSettled();
    }
    await settle();
  };

  return {
    now: () => startMs + elapsedMs,
    elapsed: () => elapsedMs,
    setTimer,
    clearTimer: (handle) => void take(handle as Due),
    defer: (run) => void deferred.push(run),
    advance: async (ms) => {
      const until = elapsedMs + ms;
      await settle();
      for (let due = next(); due !== undefined && due.at <= until; due = next()) await ring(due);
      elapsedMs = until;
    },
    finish: async (work) => {
      let settled = false;
      const note = (): void => {
        settled = true;
      };
      work.then(note, note);
      await settle();
      while (!settled) {
        const due = next();
        if (due === undefined || foreground === 0)
          throw new HolonError(
            'internal',
            'simulated clock: nothing is due, and what it was to finish has not settled',
          );
        await ring(due);
      }
      return work;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason as Error);
        const due = setTimer(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        }, ms);
        const onAbort = (): void => {
          take(due);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

/** All promises that can go on have done so before the machine's next turn. */
function promisesSettled(): Promise<void> {
  return new Promise((resolve) => systemClock.defer(resolve));
}
