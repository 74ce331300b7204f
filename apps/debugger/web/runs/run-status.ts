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
