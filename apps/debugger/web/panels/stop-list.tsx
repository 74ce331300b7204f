import type { Stop } from '@holon/engine/events';
import { visibleText } from '@holon/viz';
import { StatusIcon } from '../chrome/status-icon.tsx';
import { STATUS_WORDS } from '../state/display-status.ts';
import type { RunView } from '../state/run-view.ts';
import { selectNode, useView } from '../state/view-store.ts';
import { RUN_SENTENCES } from '../runs/run-status.ts';

/** More than this are counted, not listed. */
const MOST_LISTED = 200;

const WHY_WORDS: Readonly<Record<Stop['why'], string>> = {
  breakpoint: 'breakpoint',
  step: 'step',
  start: 'start',
  pause: 'pause',
  suspended: 'suspended',
};

/** Who stands at the gate and why, one row for each branch of the run; a click selects. */
export function StopList({ view }: { readonly view: RunView }) {
  const path = useView((store) => store.path);
  const { stops } = view;
  if (stops.length === 0) {
    return (
      <div className="empty">
        <p>
          Nothing is stopped. The run {RUN_SENTENCES[view.state.status]}
          {view.state.reason !== undefined && `: ${view.state.reason}`}.
        </p>
      </div>
    );
  }
  return (
    <>
      <table className="strip-table" aria-label="Who stands where">
        <thead>
          <tr>
            <th scope="col">Branch</th>
            <th scope="col">Where</th>
            <th scope="col">By</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {stops.slice(0, MOST_LISTED).map((stop) => {
            const status = stop.why === 'suspended' ? 'suspended' : 'held';
            return (
              <tr key={stop.path} data-chosen={stop.path === path}>
                <td>{stop.branch}</td>
                <td>
                  <button
                    type="button"
                    className="link"
                    onClick={() => selectNode(stop.id, stop.path)}
                    aria-current={stop.path === path}
                  >
                    <StatusIcon status={status} />
                    <span className="visually-hidden">{STATUS_WORDS[status]}</span>
                    <span className="mono">{visibleText(stop.path)}</span>
                    <span className="soft">{stop.phase === 'entry' ? 'before it' : 'after it'}</span>
                  </button>
                </td>
                <td>{WHY_WORDS[stop.why]}</td>
                <td className="wide">{stop.reason}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {stops.length > MOST_LISTED && (
        <p className="list-more">
          {MOST_LISTED} of {stops.length.toLocaleString()}
        </p>
      )}
    </>
  );
}
