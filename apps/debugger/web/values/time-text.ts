const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `14:03:27`, in the reader's time zone. */
export function timeText(at: number): string {
  return clock.format(at);
}

/** A length of time in at most four digits: `8 ms`, `1.24 s`, `3 min 20 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** Whole seconds where it is one: `30 s`, `0.5 s`. */
export function secondsText(ms: number): string {
  return `${ms / 1_000} s`;
}

/** Milliseconds since a run began, as `+0.042 s`. */
export function offsetText(at: number, from: number): string {
  return `+${((at - from) / 1_000).toFixed(3)} s`;
}
