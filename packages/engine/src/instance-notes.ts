import type { GaveUp } from '@holon/flow';
import type { Phase } from './events/index.ts';

/** What is known of few instances: of those that were held, edited, answered for, retried, or that told of themselves. */
export class InstanceNotes {
  /** The gate it stands at. */
  phase: Phase | undefined = undefined;
  /** What the last attempt that is followed by another failed with. */
  failure: { readonly error: unknown } | undefined = undefined;
  answeredBy: string | undefined = undefined;
  edited = false;
  /** Whether the outcome is one that was put in from outside. */
  editedOutput = false;
  progress: number | undefined = undefined;
  /** Why there was no other attempt after the one that failed. */
  gaveUp: { readonly why: GaveUp; readonly reason: string } | undefined = undefined;
}
