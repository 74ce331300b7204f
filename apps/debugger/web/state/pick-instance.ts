import type { InstanceState } from '@holon/engine/events';
import { BY_INTEREST, type DisplayStatus } from './display-status.ts';

/** Where an instance list begins: what needs a person's eye first. */
const FIRST_SHOWN: readonly DisplayStatus[] = [
  'held',
  'failed',
  'timed-out',
  'retrying',
  'running',
  'waiting',
  'suspended',
  'queued',
  'opened',
  'canceled',
  'answered',
  'succeeded',
];

/** Failing and held ones first, otherwise in the order they were opened. */
export function sortForList(
  instances: readonly InstanceState[],
  statusOf: (instance: InstanceState) => DisplayStatus,
): readonly InstanceState[] {
  const rank = new Map(instances.map((instance) => [instance, FIRST_SHOWN.indexOf(statusOf(instance))]));
  return instances.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}

/** The instance that speaks for its node when none was chosen: the most interesting, and of these the latest. */
export function pickInstance(
  instances: readonly InstanceState[],
  statusOf: (instance: InstanceState) => DisplayStatus,
): InstanceState | undefined {
  let best: InstanceState | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const instance of instances) {
    const rank = BY_INTEREST.indexOf(statusOf(instance));
    if (rank <= bestRank) {
      best = instance;
      bestRank = rank;
    }
  }
  return best;
}

/** What tells an instance from its siblings: `[3]`, `@2`, and the same of enclosing ones. */
export function instanceName(path: string): string {
  const parts = [...path.matchAll(/([^/[\]@]+)((?:\[\d+\]|@\d+)+)(?=\/|$)/gu)].map((match) => match[2] ?? '');
  return parts.length === 0 ? path.slice(path.lastIndexOf('/') + 1) : parts.join(' › ');
}
