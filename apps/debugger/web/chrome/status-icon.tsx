import type { ReactElement } from 'react';
import { type DisplayStatus, STATUS_WORDS } from '../state/display-status.ts';

/** A shape for each state, so that none is told by colour alone. */
const SHAPES: Readonly<Record<DisplayStatus, ReactElement>> = {
  pending: <circle cx="8" cy="8" r="5.2" strokeDasharray="1.6 2.5" />,
  opened: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <circle cx="8" cy="8" r="1.6" fill="currentColor" stroke="none" />
    </>
  ),
  queued: (
    <>
      <circle cx="3.4" cy="8" r="1.5" fill="currentColor" stroke="none" />
      <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />
      <circle cx="12.6" cy="8" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="5.6" opacity="0.28" />
      <path d="M8 2.4a5.6 5.6 0 0 1 5.6 5.6" />
    </>
  ),
  retrying: (
    <>
      <path d="M12.9 9.8a5.2 5.2 0 1 1 .1-3.4" />
      <path d="M13.4 2.8v3.8H9.6" />
    </>
  ),
  waiting: (
    <>
      <path d="M4.4 2.2h7.2M4.4 13.8h7.2" />
      <path d="M5.2 2.2c0 3.6 5.6 4 5.6 5.8s-5.6 2.2-5.6 5.8M10.8 2.2c0 3.6-5.6 4-5.6 5.8s5.6 2.2 5.6 5.8" />
    </>
  ),
  held: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="currentColor" stroke="none" />
      <path d="M6.2 5.4v5.2M9.8 5.4v5.2" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  suspended: <path d="M5.6 4v8M10.4 4v8" strokeWidth="2" />,
  succeeded: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.2 8.2l2 2 3.7-4.2" />
    </>
  ),
  answered: (
    <>
      <path d="M2.6 3.6h10.8v7.2H8l-3 2.6v-2.6H2.6z" />
      <path d="M5.4 7.2h5.2" />
    </>
  ),
  failed: (
    <>
      <path d="M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4z" fill="currentColor" stroke="none" />
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" stroke="var(--surface)" />
    </>
  ),
  'timed-out': (
    <>
      <circle cx="8" cy="8.6" r="5.4" />
      <path d="M8 5.6v3l2 1.4M6.4 1.6h3.2" />
    </>
  ),
  canceled: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M4.2 11.8l7.6-7.6" />
    </>
  ),
};

/** A decoration in the state's shape and colour; see {@link StatusText} for the words. */
export function StatusIcon({ status }: { readonly status: DisplayStatus }) {
  return (
    <svg
      className={status === 'running' ? 'status-icon spins' : 'status-icon'}
      data-state={status}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[status]}
    </svg>
  );
}

/** A state in shape, colour and words. */
export function StatusText({ status, words }: { readonly status: DisplayStatus; readonly words?: string | undefined }) {
  return (
    <span className="status" data-state={status}>
      <StatusIcon status={status} />
      <span>{words ?? STATUS_WORDS[status]}</span>
    </span>
  );
}
