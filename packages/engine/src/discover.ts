import type { OutlineNode } from '@holon/flow';

/** A node that no picture declares, with the siblings that come before it. */
export interface Discovery {
  readonly node: OutlineNode;
  /** Static ids. */
  readonly after: readonly string[];
}

/** A node that plain code called, and all that it is made of: none of it is in a picture. Parents first. */
export function discoveriesFrom(node: OutlineNode, after: readonly string[]): readonly Discovery[] {
  const found: Discovery[] = [{ node, after: [...after] }];
  for (const { node: parent } of found) {
    const before = siblingsBefore(parent);
    for (const child of parent.children) found.push({ node: child, after: before.get(child.id) ?? [] });
  }
  return found;
}

/** For each declared child, those with an edge to it. */
function siblingsBefore(parent: OutlineNode): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  for (const { from, to } of parent.definition.picture.edges) {
    if (typeof from === 'string' || typeof to === 'string' || !('flow' in from) || !('flow' in to)) continue;
    const id = parent.child(to)!.id;
    before.set(id, [...(before.get(id) ?? []), parent.child(from)!.id]);
  }
  return before;
}
