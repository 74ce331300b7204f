import type { Port } from '../port.ts';
import type { Work } from '../work.ts';

/** What shared work comes to, as one of those who wait for it: at once when it is there. */
export function joinWork(work: Work, port: Port, reason: string): unknown {
  const { outcome } = work;
  if (outcome === undefined) return port.wait(reason, (settle) => work.join(settle), undefined, 'shared-work');
  if (outcome.kind === 'error') throw outcome.error;
  return outcome.value;
}
