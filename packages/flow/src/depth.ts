import { DEFINITION } from './brand.ts';
import type { Picture } from './definition.ts';
import { HolonError } from './errors.ts';

/** How deep pictures may be nested. Deeper is a mistake, such as a loop that wraps a flow again and again. */
const MAX_DEPTH = 1_000;

/** Levels of composites in a picture's children. */
export function deepestOf(picture: Picture): number {
  let deepest = 0;
  for (const { flow } of picture.slots) deepest = Math.max(deepest, flow[DEFINITION].depth);
  return deepest;
}

/** Levels with a composite around the deepest of its children. @throws HolonError `invalid-flow` when there are too many */
export function checkedDepth(kind: string, deepest: number): number {
  if (deepest < MAX_DEPTH) return deepest + 1;
  throw new HolonError(
    'invalid-flow',
    `${kind}: its children are nested ${MAX_DEPTH.toLocaleString('en')} levels deep already; that is the limit.`,
  );
}
