import { useEffect, useState } from 'react';
import { useConnection } from '../state/connection-store.ts';
import { useRuns } from '../state/run-store.ts';
import { reconnectNow } from '../state/session.ts';
import { Icon } from './icon.tsx';
import { secondsText, timeText } from '../values/time-text.ts';

/** For how long a connection that came back says so. */
const BACK_SHOWN_MS = 4_000;

/** Whether what is on screen is alive, and since when it is not. */
export function ConnectionChip() {
  const { connection, session } = useConnection();
  const paused = useRuns(({ runs }) => runs?.some((run) => run.held > 0 || run.status === 'paused') ?? false);
  if (connection.kind === 'live') {
    const others = (session?.clients ?? 1) - 1;
    return (
      <span className="chip connection" data-kind="live" role="status">
        <span className="connection-dot" />
        <BackOrLive again={connection.again} />
        {others > 0 && <span className="soft">· {others === 1 ? '1 other client' : `${others} other clients`}</span>}
      </span>
    );
  }
  const { since } = connection;
  if (since === undefined) {
    return (
      <span className="chip connection" data-kind="connecting" role="status">
        <span className="connection-dot" /> Connecting…
      </span>
    );
  }
  const grace = session?.graceMs;
  return (
    <span className="connection-lost">
      <span className="chip connection" data-kind="disconnected" role="status">
        <Icon name="warning" />
        <span>
          {connection.kind === 'connecting' ? 'Reconnecting' : 'Disconnected'} · stale since{' '}
          <time dateTime={new Date(since).toISOString()}>{timeText(since)}</time>
          {paused && grace !== undefined && <> · a paused run goes on after {secondsText(grace)} without a client</>}
        </span>
      </span>
      <button
        type="button"
        className="button small"
        aria-disabled={connection.kind === 'connecting'}
        onClick={reconnectNow}
      >
        Reconnect
      </button>
    </span>
  );
}

function BackOrLive({ again }: { readonly again: boolean }) {
  const [isBack, setBack] = useState(again);
  useEffect(() => {
    if (!again) return;
    const timer = setTimeout(() => setBack(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [again]);
  return <>{isBack ? 'Live again · caught up' : 'Live'}</>;
}
