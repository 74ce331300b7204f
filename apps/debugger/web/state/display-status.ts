import type { InstanceState, Stop } from '@holon/engine/events';

/** The states a node is shown in. Each has its own shape, colour and words; see `status-icon.tsx` and `tokens.css`. */
export type DisplayStatus =
  | 'pending'
  | 'opened'
  | 'queued'
  | 'running'
  | 'retrying'
  | 'waiting'
  | 'held'
  | 'suspended'
  | 'succeeded'
  | 'answered'
  | 'failed'
  | 'timed-out'
  | 'canceled';

export const STATUS_WORDS: Readonly<Record<DisplayStatus, string>> = {
  pending: 'not reached',
  opened: 'starting',
  queued: 'queued',
  running: 'running',
  retrying: 'retrying',
  waiting: 'waiting',
  held: 'paused here',
  suspended: 'suspended',
  succeeded: 'succeeded',
  answered: 'answered',
  failed: 'failed',
  'timed-out': 'timed out',
  canceled: 'canceled',
};

/** What speaks for a node with several instances: the first of these that any of them is in. */
export const BY_INTEREST: readonly DisplayStatus[] = [
  'held',
  'retrying',
  'running',
  'waiting',
  'suspended',
  'queued',
  'opened',
  'failed',
  'timed-out',
  'canceled',
  'answered',
  'succeeded',
  'pending',
];

const ENDED: ReadonlySet<DisplayStatus> = new Set(['succeeded', 'answered', 'failed', 'timed-out', 'canceled']);

export function hasEnded(status: DisplayStatus): boolean {
  return ENDED.has(status);
}

/** `held` means that it came to a stand by itself; `suspended`, only because its run is paused. */
export function displayStatusOf(instance: InstanceState, stop: Stop | undefined): DisplayStatus {
  switch (instance.status) {
    case 'held':
      return stop === undefined || stop.why === 'suspended' ? 'suspended' : 'held';
    case 'failed':
      return instance.error?.code === 'timeout' ? 'timed-out' : 'failed';
    case 'opened':
    case 'queued':
    case 'running':
    case 'retrying':
    case 'waiting':
    case 'succeeded':
    case 'answered':
    case 'canceled':
      return instance.status;
  }
}
