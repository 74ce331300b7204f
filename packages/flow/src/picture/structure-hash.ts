import type { End } from '../definition.ts';
import { type OutlineNode, encodeSegment } from './outline.ts';
import { shortDigest } from './sha256.ts';

/** Names how the digest is made; another way of making it has another name, and so other digests. */
const FORMAT = 'holon.structure.1';

/**
 * The digest of what a flow is made of: ids, kinds, wires, and the `version` that its author gave. Policies,
 * labels, positions and code are not in it, nor the order of record keys; so two builds of the same source
 * have the same one on every machine.
 *
 * Each composite is a digest of what is directly inside it, the innermost first; so ids, which repeat the
 * names of all that is around, are not needed, and the work is linear in the number of places.
 *
 * @param places all nodes of one outline, parents first
 */
export function structureHash(places: readonly OutlineNode[]): string {
  const digests = new Map<OutlineNode, string>();
  for (const place of places.toReversed()) digests.set(place, digestOf(place, digests));
  const [root] = places;
  return shortDigest(JSON.stringify([FORMAT, root!.segment, digests.get(root!)]));
}

function digestOf(place: OutlineNode, digests: ReadonlyMap<OutlineNode, string>): string {
  const { definition, children } = place;
  const own = JSON.stringify([definition.kind, definition.version ?? null]);
  if (definition.isTask) return own;
  const { marks, edges } = definition.picture;
  const keyed: string[] = [];
  /** Those without a key of their own stand in order: it may decide what becomes of their results. */
  const listed: string[] = [];
  for (const child of children) {
    const { key, many } = child.slot!;
    (key === undefined ? listed : keyed).push(JSON.stringify([child.segment, many, digests.get(child)]));
  }
  const points = marks.map((mark) => JSON.stringify([encodeSegment(mark.id), mark.shape]));
  const wires = edges.map(({ from, to, when, fills = [] }) =>
    JSON.stringify([endOf(from, place), endOf(to, place), when === undefined ? null : String(when), fills.toSorted()]),
  );
  return shortDigest(JSON.stringify([own, keyed.toSorted(), listed, points.toSorted(), wires.toSorted()]));
}

/** Names an end inside its composite. A segment never has a `/` nor begins with `:`. */
function endOf(end: End, composite: OutlineNode): string {
  if (typeof end === 'string') return `/${end}`;
  return 'shape' in end ? `:${encodeSegment(end.id)}` : composite.child(end)!.segment;
}
