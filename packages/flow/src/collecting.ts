import type { HolonError } from './errors.ts';

/** What collects mistakes at the moment, such as the build of a graph; builds may be nested. */
let collect: ((mistake: HolonError) => void) | undefined;

/**
 * Runs `build`; author's mistakes in flows that it makes go to `onMistake`, with flows in their place that can't be run,
 * so that all of them are found and not the first alone. Only as long as `build` is in its own call.
 */
export function collecting<T>(build: () => T, onMistake: (mistake: HolonError) => void): T {
  const outer = collect;
  collect = onMistake;
  try {
    return build();
  } finally {
    collect = outer;
  }
}

/** Hands a mistake to whoever collects. @throws the mistake itself where nobody does */
export function report(mistake: HolonError): void {
  if (collect === undefined) throw mistake;
  collect(mistake);
}
