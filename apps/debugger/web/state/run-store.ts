import { create } from 'zustand';
import type { RunSummary } from '../../protocol/index.ts';
import { EventList } from './event-list.ts';
import type { RunView } from './run-view.ts';

interface RunStore {
  /** Newest first. Undefined until the server has told. */
  readonly runs: readonly RunSummary[] | undefined;
  /** The run on screen. It changes in place: read it together with `version`. */
  readonly view: RunView | undefined;
  readonly events: EventList;
  /** Grows whenever `view` or `events` has changed, at most once a frame. */
  readonly version: number;
  /** Events that the server left out because this client was too slow. */
  readonly dropped: number;
}

/** The runs, and the one on screen. */
export const useRuns = create<RunStore>(() => ({
  runs: undefined,
  view: undefined,
  events: new EventList(0),
  version: 0,
  dropped: 0,
}));

/** The run on screen; the component is drawn again when anything in it changes. */
export function useRunView(): RunView | undefined {
  useRuns((store) => store.version);
  return useRuns((store) => store.view);
}
