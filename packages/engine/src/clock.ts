/** Where the engine gets its time from. Nothing else in it reads a clock or sets a timer. */
export interface Clock {
  /** Milliseconds since 1970: what events are stamped with. May jump when the machine's time is set. */
  now(): number;
  /** Milliseconds since some fixed moment, never going back: what durations are measured by. */
  elapsed(): number;
  /** Calls `fire` once, after at least `ms`. */
  setTimer(fire: () => void, ms: number, options?: TimerOptions): TimerHandle;
  clearTimer(handle: TimerHandle): void;
  /** Calls `run` once all that is ready now, promises included, has gone on. */
  defer(run: () => void): void;
}

export interface TimerOptions {
  /** Nothing waits for it but the engine's own watching: it keeps neither a process alive nor a simulation going. @default false */
  readonly background?: boolean;
}

/** The same clock; what it is to call that throws goes to `failed` instead. */
export function guardedClock(clock: Clock, failed: (error: unknown) => void): Clock {
  const guarded = (call: () => void) => (): void => {
    try {
      call();
    } catch (error) {
      failed(error);
    }
  };
  return {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    setTimer: (fire, ms, options) => clock.setTimer(guarded(fire), ms, options),
    clearTimer: (handle) => clock.clearTimer(handle),
    defer: (run) => clock.defer(guarded(run)),
  };
}

/** What {@link Clock.setTimer} gave; only the clock that made it knows what it is. */
export type TimerHandle = unknown;

/** Node takes at most this many milliseconds at once, and fires at once beyond it. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimer: (fire, ms, options) => {
    const timer = setTimeout(fire, Math.min(ms, LONGEST_TIMER_MS));
    return options?.background === true ? timer.unref() : timer;
  },
  clearTimer: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
  defer: (run) => void setImmediate(run),
};
