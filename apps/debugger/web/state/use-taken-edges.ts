import type { FlowModel } from '@holon/viz';
import { useMemo, useRef } from 'react';
import { useRunView, useRuns } from './run-store.ts';
import { takenEdges } from './taken-edges.ts';

/** The edges taken in the run on screen, by key; the same set until another one is taken. */
export function useTakenEdges(model: FlowModel): ReadonlySet<string> {
  const view = useRunView();
  const version = useRuns((store) => store.version);
  const last = useRef<ReadonlySet<string>>(new Set());
  return useMemo(() => {
    // `version` says that the state, which changes in place, is another one.
    void version;
    const taken = view === undefined ? new Set<string>() : takenEdges(model, view.state);
    const isSame = taken.size === last.current.size && [...taken].every((key) => last.current.has(key));
    if (!isSame) last.current = taken;
    return last.current;
  }, [model, view, version]);
}
