import type { RunStatus } from '@holon/engine/events';
import type { DisplayStatus } from '../state/display-status.ts';

/** Runs are shown in the shapes and colours of nodes. */
export const RUN_AS_NODE: Readonly<Record<RunStatus, DisplayStatus>> = {
  created: 'opened',
  running: 'running',
  paused: 'held',
  canceling: 'canceled',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'canceled',
};

export const RUN_WORDS: Readonly<Record<RunStatus, string>> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  canceling: 'canceling',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'canceled',
};

/** What follows "the run". */
export const RUN_SENTENCES: Readonly<Record<RunStatus, string>> = {
  created: 'is about to start',
  running: 'is running',
  paused: 'is paused',
  canceling: 'is being canceled',
  succeeded: 'has succeeded',
  failed: 'has failed',
  canceled: 'was canceled',
};
