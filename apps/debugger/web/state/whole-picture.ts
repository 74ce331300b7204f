import type { PictureNode } from '@holon/flow';
import { useMemo } from 'react';
import { useFlow } from './flow-store.ts';
import { useRunView } from './run-store.ts';

/** Every node that can be selected, by id: those of the picture, and those seen as plain code ran. */
export function usePictureNodes(): ReadonlyMap<string, PictureNode> {
  const declared = useFlow(({ graph }) => graph?.picture.nodes);
  const discovered = useRunView()?.state.discovered;
  const found = discovered?.size ?? 0;
  return useMemo(() => {
    const nodes = new Map<string, PictureNode>();
    for (const [id, { node }] of found > 0 ? (discovered ?? []) : []) nodes.set(id, node);
    for (const node of declared ?? []) nodes.set(node.id, node);
    return nodes;
  }, [declared, discovered, found]);
}

export function usePictureNode(id: string | undefined): PictureNode | undefined {
  const nodes = usePictureNodes();
  return id === undefined ? undefined : nodes.get(id);
}
