import type { InstanceState } from '@holon/engine/events';
import type { PictureNode, WireError } from '@holon/flow';
import { useEffect, useState } from 'react';
import type { RunView } from '../state/run-view.ts';
import { durationText, offsetText } from '../values/time-text.ts';

interface InstanceFactsProps {
  readonly node: PictureNode;
  readonly view: RunView | undefined;
  readonly instance: InstanceState | undefined;
}

/** What is known of a node and of one of its instances, in rows. The reasons are the engine's own words. */
export function InstanceFacts({ node, view, instance }: InstanceFactsProps) {
  const stop = instance === undefined ? undefined : view?.stopAt(instance.path);
  const why = stop?.reason ?? instance?.reason;
  const choices = view?.state.choices.get(node.id);
  return (
    <dl className="facts">
      {why !== undefined && (
        <>
          <dt>Why</dt>
          <dd>{why}</dd>
        </>
      )}
      {instance?.error !== undefined && (
        <>
          <dt>Error</dt>
          <dd>
            <ErrorText error={instance.error} />
          </dd>
        </>
      )}
      {instance !== undefined && (
        <>
          <dt>Attempt</dt>
          <dd>{instance.attempt}</dd>
          <dt>Time</dt>
          <dd>
            <TimeOf instance={instance} createdAt={view?.state.createdAt ?? instance.openedAt} />
          </dd>
        </>
      )}
      {instance?.progress !== undefined && (
        <>
          <dt>Progress</dt>
          <dd>
            <progress value={instance.progress} aria-label="Progress" /> {Math.round(instance.progress * 100)} %
          </dd>
        </>
      )}
      {choices !== undefined && (
        <>
          <dt>Decided</dt>
          <dd>
            {[...choices].map(([value, count]) => (
              <div key={value}>
                <span className="mono">{value}</span> <span className="soft">× {count}</span>
              </div>
            ))}
          </dd>
        </>
      )}
      {node.policies.length > 0 && (
        <>
          <dt>Policies</dt>
          <dd>{node.policies.join(', ')}</dd>
        </>
      )}
      {node.origin !== undefined && (
        <>
          <dt>Source</dt>
          <dd className="mono source-place" title={node.origin.file}>
            {lastParts(node.origin.file)}:{node.origin.line}:{node.origin.column}
          </dd>
        </>
      )}
    </dl>
  );
}

function ErrorText({ error }: { readonly error: WireError }) {
  return (
    <div className="error-text">
      <p>
        <strong>{error.name}</strong>
        {error.code !== undefined && <span className="tag">{error.code}</span>}
      </p>
      <p>{error.message}</p>
      {error.stack !== undefined && (
        <details>
          <summary>Stack</summary>
          <pre>{error.stack}</pre>
        </details>
      )}
      {error.cause !== undefined && (
        <div className="error-cause">
          <p className="soft">caused by</p>
          <ErrorText error={error.cause} />
        </div>
      )}
    </div>
  );
}

function TimeOf({ instance, createdAt }: { readonly instance: InstanceState; readonly createdAt: number }) {
  const from = instance.startedAt ?? instance.openedAt;
  return (
    <>
      <span>{offsetText(instance.openedAt, createdAt)}</span>
      {instance.endedAt !== undefined ? (
        <span className="soft"> · took {durationText(instance.endedAt - from)}</span>
      ) : instance.status === 'running' ? (
        <span className="soft">
          {' '}
          · running for <Elapsed since={from} />
        </span>
      ) : null}
    </>
  );
}

const TICK_MS = 500;

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <>{durationText(Math.max(0, now - since))}</>;
}

/** A path is known by its end; the whole stands in the tooltip. */
function lastParts(file: string): string {
  const parts = file.split('/');
  return parts.length <= 3 ? file : `…/${parts.slice(-2).join('/')}`;
}
