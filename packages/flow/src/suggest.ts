/** Longer than any name that is worth a guess. */
const MAX_CHARS = 60;

/**
 * The member of `known` that a person most likely meant by `given`, or undefined when none is near:
 * at most a third of the letters differ (Damerau-Levenshtein with adjacent swaps, case ignored).
 */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (given.length > MAX_CHARS) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(given.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, or the list of what is known when nothing is near. */
export function suggestion(given: string, known: readonly string[]): string {
  const near = nearest(given, known);
  if (near !== undefined) return ` Did you mean "${near}"?`;
  return known.length === 0 ? '' : ` Known: ${known.map((name) => `"${name}"`).join(', ')}.`;
}

function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforePrevious[j - 2]! + 1);
      }
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
