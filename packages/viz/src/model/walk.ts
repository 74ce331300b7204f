import type { FlowModel, ModelNode } from './model.ts';

/** What to do at each node of the nesting; `depth` counts the clusters around it. */
export interface Visitor {
  readonly leaf: (node: ModelNode, depth: number) => void;
  readonly open: (node: ModelNode, depth: number) => void;
  readonly close: (node: ModelNode, depth: number) => void;
}

/** Visits all nodes in order, clusters before and after what is in them. No recursion. */
export function walk({ graph }: FlowModel, { leaf, open, close }: Visitor): void {
  const around: ModelNode[] = [];
  const pending: (string | undefined)[] = graph.children().toReversed();
  while (pending.length > 0) {
    const key = pending.pop();
    if (key === undefined) {
      const ended = around.pop()!;
      close(ended, around.length);
      continue;
    }
    const node = graph.node(key);
    if (!node.cluster) {
      leaf(node, around.length);
      continue;
    }
    open(node, around.length);
    around.push(node);
    pending.push(undefined);
    for (const child of graph.children(key).toReversed()) pending.push(child);
  }
}
