import { StatusIcon } from '../chrome/status-icon.tsx';
import { withKeys } from '../keys/shortcuts.ts';
import { toggleBreakpoint } from '../state/commands.ts';
import { breakpointAt, useFlow } from '../state/flow-store.ts';
import type { NodeView } from '../state/run-view.ts';
import { useRuns } from '../state/run-store.ts';
import { useView } from '../state/view-store.ts';
import type { DisplayStatus } from '../state/display-status.ts';

export interface NodeLive {
  /** Undefined when no run has reached the node. */
  readonly view: NodeView | undefined;
  readonly status: DisplayStatus;
  readonly isSelected: boolean;
  readonly hasBreakpoint: boolean;
}

/** What a node shows of the run, of breakpoints and of the selection; drawn again when one of these changes. */
export function useNodeLive(id: string): NodeLive {
  const view = useRuns((store) => store.view?.viewOf(id));
  const isSelected = useView((store) => store.node === id);
  const hasBreakpoint = useFlow(({ breakpoints }) => breakpoints.some((each) => each.node === id));
  return { view, status: view?.status ?? 'pending', isSelected, hasBreakpoint };
}

/** The spot at a node's left edge that sets and clears its breakpoint. The keyboard has `b` for it. */
export function BreakpointGutter({ id, label }: { readonly id: string; readonly label: string }) {
  const entry = useFlow(({ breakpoints }) => breakpointAt(breakpoints, id, 'entry'));
  const exit = useFlow(({ breakpoints }) => breakpointAt(breakpoints, id, 'exit'));
  const words = entry === undefined ? `Set a breakpoint on ${label}` : `Clear the breakpoint on ${label}`;
  return (
    <>
      <button
        type="button"
        className="gutter nodrag nopan"
        tabIndex={-1}
        aria-pressed={entry !== undefined}
        aria-label={words}
        title={withKeys(entry?.message ?? words, 'breakpoint-plain')}
        onClick={(event) => {
          event.stopPropagation();
          void toggleBreakpoint(id);
        }}
      >
        <span className="breakpoint-dot" data-set={entry !== undefined} data-verified={entry?.verified ?? true} />
      </button>
      {exit !== undefined && (
        <span
          className="gutter-exit breakpoint-dot"
          data-set="true"
          data-verified={exit.verified}
          data-phase="exit"
          title="Stops after it ended"
        />
      )}
    </>
  );
}

const RADIUS = 11.5;
const AROUND = 2 * Math.PI * RADIUS;

/** A node's state; around it, for one that ran several times, how many of its instances have ended and how many not well. */
export function NodeSign({ status, view }: { readonly status: DisplayStatus; readonly view: NodeView | undefined }) {
  if (view === undefined || view.total < 2) return <StatusIcon status={status} />;
  const bad =
    (view.byStatus.get('failed') ?? 0) + (view.byStatus.get('timed-out') ?? 0) + (view.byStatus.get('canceled') ?? 0);
  return (
    <span className="progress">
      <svg className="progress-ring" viewBox="0 0 26 26" aria-hidden="true">
        <circle cx="13" cy="13" r={RADIUS} className="progress-all" />
        <circle
          cx="13"
          cy="13"
          r={RADIUS}
          className="progress-done"
          strokeDasharray={`${(view.ended / view.total) * AROUND} ${AROUND}`}
        />
        {bad > 0 && (
          <circle
            cx="13"
            cy="13"
            r={RADIUS}
            className="progress-bad"
            strokeDasharray={`${(bad / view.total) * AROUND} ${AROUND}`}
          />
        )}
      </svg>
      <StatusIcon status={status} />
    </span>
  );
}
