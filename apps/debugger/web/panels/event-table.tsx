import type { RunEvent, RunEventType } from '@holon/engine/events';
import { visibleText } from '@holon/viz';
import { useState } from 'react';
import { eventText } from '../state/event-text.ts';
import type { EventList } from '../state/event-list.ts';
import { useRuns } from '../state/run-store.ts';
import type { RunView } from '../state/run-view.ts';
import { selectNode } from '../state/view-store.ts';
import { offsetText } from '../values/time-text.ts';

const FIRST_LISTED = 200;

interface EventTableProps {
  readonly view: RunView;
  readonly list: EventList;
  readonly only: RunEventType | undefined;
}

/** What happened, latest first. What is not listed is counted. */
export function EventTable({ view, list, only }: EventTableProps) {
  const [limit, setLimit] = useState(FIRST_LISTED);
  const dropped = useRuns((store) => store.dropped);
  const events = only === undefined ? list.kept : list.kept.filter((event) => event.type === only);
  const latest = events.slice(-limit).toReversed();
  const leftOut = [
    list.before > 0 && `${list.before.toLocaleString()} happened before this page joined the run`,
    list.forgotten > 0 && `${list.forgotten.toLocaleString()} older ones are no longer kept here`,
    dropped > 0 && `${dropped.toLocaleString()} were left out because this page was too slow`,
  ].filter((text) => text !== false);
  return (
    <>
      <table className="strip-table" aria-label={only === undefined ? 'Events' : 'Log'}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Time</th>
            <th scope="col">{only === undefined ? 'Event' : 'Level'}</th>
            <th scope="col">Where</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {latest.map((event) => (
            <EventRow key={event.seq} event={event} view={view} />
          ))}
        </tbody>
      </table>
      {(events.length > limit || leftOut.length > 0 || events.length === 0) && (
        <p className="list-more">
          {events.length === 0
            ? 'None seen here. '
            : events.length > limit
              ? `${limit.toLocaleString()} of ${events.length.toLocaleString()} listed. `
              : ''}
          {leftOut.length > 0 && `${leftOut.join('; ')}.`}
          {events.length > limit && (
            <button type="button" className="button small quiet" onClick={() => setLimit(limit * 4)}>
              List more
            </button>
          )}
        </p>
      )}
    </>
  );
}

function EventRow({ event, view }: { readonly event: RunEvent; readonly view: RunView }) {
  const path = 'path' in event ? event.path : undefined;
  const id = path === undefined ? undefined : view.state.instances.get(path)?.id;
  return (
    <tr
      data-level={event.type === 'node.logged' ? event.level : undefined}
      data-bad={event.type.endsWith('.failed') || undefined}
    >
      <td className="soft">{event.seq}</td>
      <td className="soft">{offsetText(event.at, view.state.createdAt)}</td>
      <td className="mono">{event.type === 'node.logged' ? event.level : event.type}</td>
      <td>
        {path !== undefined && id !== undefined ? (
          <button type="button" className="link mono" onClick={() => selectNode(id, path)}>
            {visibleText(path)}
          </button>
        ) : (
          <span className="mono soft">{visibleText(path ?? '')}</span>
        )}
      </td>
      <td className="wide mono">{visibleText(eventText(event))}</td>
    </tr>
  );
}
