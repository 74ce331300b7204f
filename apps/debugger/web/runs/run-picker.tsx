import { useEffect, useRef, useState } from 'react';
import type { RunSummary } from '../../protocol/index.ts';
import { Icon } from '../chrome/icon.tsx';
import { StatusIcon } from '../chrome/status-icon.tsx';
import { showRun } from '../state/commands.ts';
import { useRunView, useRuns } from '../state/run-store.ts';
import { durationText, timeText } from '../values/time-text.ts';
import { RUN_AS_NODE, RUN_WORDS } from './run-status.ts';

/** The run on screen, and the list of those that the server knows. */
export function RunPicker() {
  const runs = useRuns((store) => store.runs);
  const view = useRunView();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLElement>('[aria-selected="true"], [role="option"]')?.focus();
    const onPointerDown = (event: PointerEvent): void => {
      if (root.current?.contains(event.target as Node) === false) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [isOpen]);

  if (runs === undefined) return null;
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const status = view?.state.status;
  return (
    <div
      className="run-picker"
      ref={root}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) close();
        const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (by === 0 || !isOpen) return;
        event.preventDefault();
        const options = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="option"]')];
        options[options.indexOf(document.activeElement as HTMLElement) + by]?.focus();
      }}
    >
      <button
        type="button"
        ref={button}
        className="button"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        disabled={runs.length === 0}
        title={view === undefined ? 'No run yet' : `Run ${view.runId}; click for the list of runs`}
        onClick={() => setOpen(!isOpen)}
      >
        {view === undefined || status === undefined ? (
          <span className="soft">No run yet</span>
        ) : (
          <>
            <StatusIcon status={RUN_AS_NODE[status]} />
            <span>Run {runs.length - runs.findIndex((run) => run.runId === view.runId)}</span>
            <span className="soft">{RUN_WORDS[status]}</span>
          </>
        )}
        <Icon name="chevron" className="icon-shape run-picker-chevron" />
      </button>
      {isOpen && (
        <ul className="popover" role="listbox" aria-label="Runs">
          {runs.map((run, index) => (
            <RunRow
              key={run.runId}
              run={run}
              number={runs.length - index}
              isShown={run.runId === view?.runId}
              onPick={() => {
                close();
                void showRun(run.runId);
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface RunRowProps {
  readonly run: RunSummary;
  /** Of the runs that are known, 1 for the oldest. */
  readonly number: number;
  readonly isShown: boolean;
  readonly onPick: () => void;
}

function RunRow({ run, number, isShown, onPick }: RunRowProps) {
  return (
    <li
      role="option"
      aria-selected={isShown}
      tabIndex={-1}
      className="run-row"
      onClick={onPick}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onPick();
      }}
    >
      <StatusIcon status={RUN_AS_NODE[run.status]} />
      <span>Run {number}</span>
      <span className="soft">
        {RUN_WORDS[run.status]}
        {run.held > 0 && `, ${run.held} at the gate`}
      </span>
      <span className="spacer" />
      <span className="soft">
        <time dateTime={new Date(run.createdAt).toISOString()}>{timeText(run.createdAt)}</time>
        {run.endedAt !== undefined && ` · ${durationText(run.endedAt - run.createdAt)}`}
      </span>
      <span className="mono soft run-id">{run.runId}</span>
    </li>
  );
}
