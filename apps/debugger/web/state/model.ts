import { type FlowModel, modelOf } from '@holon/viz';
import { useMemo } from 'react';
import { useFlow } from './flow-store.ts';

/**
 * The graph to draw: the flow's picture, and what runs have shown of it. The same object until the
 * structure changes, so that a drawing is laid out anew only then.
 */
export function useModel(): FlowModel | undefined {
  const picture = useFlow(({ graph }) => graph?.picture);
  const observed = useFlow((store) => store.observed);
  return useMemo(() => (picture === undefined ? undefined : modelOf(picture, observed.values())), [picture, observed]);
}
