import type { PictureNode } from '@holon/flow';
import { useMemo } from 'react';
import { useFlow } from './flow-store.ts';

/** The node of an id: one of the picture, or one seen as plain code ran. */
export function usePictureNode(id: string | undefined): PictureNode | undefined {
  const nodes = useFlow(({ graph }) => graph?.picture.nodes);
  const observed = useFlow((store) => store.observed);
  return useMemo(
    () => (id === undefined ? undefined : (nodes?.find((node) => node.id === id) ?? observed.get(id)?.node)),
    [nodes, observed, id],
  );
}
