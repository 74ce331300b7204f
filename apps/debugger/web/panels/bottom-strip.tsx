import { useState } from 'react';
import { TabList, tabPanelProps } from '../chrome/tab-list.tsx';
import { useRunView, useRuns } from '../state/run-store.ts';
import { EventTable } from './event-table.tsx';
import { StopList } from './stop-list.tsx';

type StripTab = 'stops' | 'events' | 'logs';

/** Who stands where, and what happened. */
export function BottomStrip() {
  const [tab, setTab] = useState<StripTab>('stops');
  const view = useRunView();
  const events = useRuns((store) => store.events);
  const logs = events.kept.reduce((count, event) => count + (event.type === 'node.logged' ? 1 : 0), 0);
  const tabs = [
    { id: 'stops', text: 'Stops', count: view?.stops.length ?? 0 },
    { id: 'events', text: 'Events', count: view?.state.seq ?? 0 },
    { id: 'logs', text: 'Log', count: logs },
  ] as const;
  return (
    <section className="region" aria-label="Stops, events and log">
      <div className="region-head strip-head">
        <TabList name="strip" label="Stops, events and log" tabs={tabs} chosen={tab} onChoose={setTab} />
      </div>
      <div className="region-body" {...tabPanelProps('strip', tab)}>
        {view === undefined ? (
          <div className="empty">
            <p>Who stands where, and what happened, appears here once a run is started.</p>
          </div>
        ) : tab === 'stops' ? (
          <StopList view={view} />
        ) : (
          <EventTable view={view} list={events} only={tab === 'logs' ? 'node.logged' : undefined} />
        )}
      </div>
    </section>
  );
}
