import { type FlowModel, modelOf } from '@holon/viz';
import { useMemo } from 'react';
import { useFlow } from './flow-store.ts';
import { useRunView } from './run-store.ts';

/**
 * The graph to draw: the flow's picture, and what the run on screen has shown of it. The same object
 * until the structure changes, so that a drawing is laid out anew only then.
 */
export function useModel(): FlowModel | undefined {
  const picture = useFlow(({ graph }) => graph?.picture);
  const discovered = useRunView()?.state.discovered;
  const found = discovered?.size ?? 0;
  return useMemo(() => {
    if (picture === undefined) return undefined;
    return modelOf(picture, found > 0 ? [...(discovered?.values() ?? [])] : []);
  }, [picture, discovered, found]);
}
