import { Suspense, lazy, useEffect } from 'react';
import { Icon } from '../chrome/icon.tsx';
import { TabList, tabPanelProps } from '../chrome/tab-list.tsx';
import { ariaKeys, withKeys } from '../keys/shortcuts.ts';
import { toggleFollow } from '../state/commands.ts';
import { useFlow } from '../state/flow-store.ts';
import { beginWork } from '../state/idle.ts';
import { selectTab, useView } from '../state/view-store.ts';
import { useConnection } from '../state/connection-store.ts';
import { GraphCanvas } from '../graph/graph-canvas.tsx';

const MermaidDrawing = lazy(() =>
  import('./mermaid-drawing.tsx').then(({ MermaidDrawing: component }) => ({ default: component })),
);
const DotDrawing = lazy(() =>
  import('./dot-drawing.tsx').then(({ DotDrawing: component }) => ({ default: component })),
);

const TABS = [
  { id: 'graph', text: 'Graph' },
  { id: 'mermaid', text: 'Mermaid' },
  { id: 'dot', text: 'DOT' },
] as const;

/** The flow, drawn in one of three ways; all of them live. */
export function DrawingArea() {
  const tab = useView((view) => view.tab);
  const isKnown = useFlow(({ graph }) => graph !== undefined);
  return (
    <section className="region drawing-area" aria-label="Flow">
      <div className="region-head">
        <TabList name="drawing" label="Ways to draw the flow" tabs={TABS} chosen={tab} onChoose={selectTab} />
        <span className="spacer" />
        {tab === 'graph' && <GraphHint />}
        <FollowButton />
      </div>
      <div className="drawing-body" {...tabPanelProps('drawing', tab)}>
        {isKnown ? (
          <Suspense fallback={<Loading />}>
            {tab === 'graph' ? <GraphCanvas /> : tab === 'mermaid' ? <MermaidDrawing /> : <DotDrawing />}
          </Suspense>
        ) : (
          <NoFlow />
        )}
      </div>
    </section>
  );
}

/** For newcomers: gone once they have set a breakpoint. */
function GraphHint() {
  const hasBreakpoints = useFlow(({ breakpoints }) => breakpoints.length > 0);
  if (hasBreakpoints) return null;
  return (
    <p className="graph-hint">
      Click a node for its values. The dot at its left edge, or <kbd>b</kbd>, sets a breakpoint.
    </p>
  );
}

function FollowButton() {
  const follow = useView((view) => view.follow);
  return (
    <button
      type="button"
      className="button small"
      aria-pressed={follow}
      aria-keyshortcuts={ariaKeys('follow')}
      title={withKeys(
        follow ? 'The selection goes along with the execution; click to stay' : 'Go along with the execution',
        'follow',
      )}
      onClick={toggleFollow}
    >
      <Icon name="follow" /> Follow
    </button>
  );
}

function NoFlow() {
  const connection = useConnection((store) => store.connection);
  return (
    <div className="empty">
      {connection.kind === 'disconnected' ? (
        <>
          <strong>No connection to the debug server</strong>
          <p>
            It may have ended, or this page was opened without its launch token. Start it again and open the address
            that it prints.
          </p>
        </>
      ) : (
        <Loading />
      )}
    </div>
  );
}

function Loading() {
  useEffect(() => beginWork(), []);
  return <p className="empty">Loading…</p>;
}
