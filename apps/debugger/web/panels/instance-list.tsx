import { type InstanceState, viewText } from '@holon/engine/events';
import { visibleText } from '@holon/viz';
import { useState } from 'react';
import { StatusIcon } from '../chrome/status-icon.tsx';
import { STATUS_WORDS, type DisplayStatus } from '../state/display-status.ts';
import { instanceName, sortForList } from '../state/pick-instance.ts';
import type { RunView } from '../state/run-view.ts';
import { selectNode } from '../state/view-store.ts';

const FIRST_SHOWN = 50;

interface InstanceListProps {
  readonly view: RunView;
  readonly instances: readonly InstanceState[];
  readonly shown: string | undefined;
}

/** One row for each time that a node ran: items of a map, rounds of a loop. Failing and held ones come first. */
export function InstanceList({ view, instances, shown }: InstanceListProps) {
  const [limit, setLimit] = useState(FIRST_SHOWN);
  const sorted = sortForList(instances, (each) => view.statusOf(each));
  const counts = new Map<DisplayStatus, number>();
  for (const instance of instances) counts.set(view.statusOf(instance), (counts.get(view.statusOf(instance)) ?? 0) + 1);
  return (
    <section className="side-section" aria-label="Instances">
      <h3>
        Instances <span className="soft">{instances.length.toLocaleString()}</span>
        <span className="instance-counts">
          {[...counts].map(([status, count]) => (
            <span key={status} className="status" data-state={status}>
              <StatusIcon status={status} />
              {count.toLocaleString()} <span className="visually-hidden">{STATUS_WORDS[status]}</span>
            </span>
          ))}
        </span>
      </h3>
      <ol className="instance-list">
        {sorted.slice(0, limit).map((instance) => {
          const status = view.statusOf(instance);
          return (
            <li key={instance.path}>
              <button
                type="button"
                className="instance-row"
                aria-current={instance.path === shown}
                title={instance.path}
                onClick={() => selectNode(instance.id, instance.path)}
              >
                <StatusIcon status={status} />
                <span className="visually-hidden">{STATUS_WORDS[status]}</span>
                <span className="mono instance-name">{instanceName(instance.path)}</span>
                <span className="mono soft instance-input">{visibleText(viewText(instance.input))}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {instances.length > limit && (
        <p className="list-more">
          {limit.toLocaleString()} of {instances.length.toLocaleString()}
          <button type="button" className="button small quiet" onClick={() => setLimit(limit * 4)}>
            Show more
          </button>
        </p>
      )}
    </section>
  );
}
