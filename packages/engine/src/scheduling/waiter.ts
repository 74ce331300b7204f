import type { SchedulingPolicy } from '@holon/flow';
import type { Placed } from './queues/fifo.ts';

/** What a scheduling policy knows of someone who waits. */
export interface Claim {
  /** Instance path. */
  readonly path: string;
  /** Static id. */
  readonly id: string;
  readonly runId: string;
  /** Static id of the run's root. */
  readonly flow: string;
  /** From -10 to 10; `normal` is 0. */
  readonly priority: number;
  /** What the run was started with. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Someone who stands in a queue. */
export interface Claimant extends Placed {
  readonly claim: Claim;
}

/** Someone who wants a place on the executor. */
export interface SlotWaiter extends Placed {
  /** Its place is there: go on. Called once, from the scheduler's own loop, never from inside {@link Slots.take}. */
  onSlot(): void;
}

/** Someone who wants to begin. */
export interface Contender extends SlotWaiter, Claimant {
  /** Null when its author said nothing: nobody pays for it but with the look at it. */
  readonly scheduling: SchedulingPolicy | null;
  /** Whether its body runs in a worker thread, and so waits for one. */
  readonly needsWorker: boolean;
  /** Whether it takes a place on the executor: a composite only passes its limits. */
  readonly needsPlace: boolean;
  /** What its keys are worked out from. */
  readonly input: unknown;
  /** Whose call it is, and whose limits it is within. */
  readonly above: Contender | undefined;
  readonly below: Below;
  /** It waits on, for something else. */
  onWaitsFor(reason: string): void;
}

/** What is open below someone who has begun, at any depth. */
export interface Below {
  readonly instances: readonly Contender[];
  /** Whether anything there waits for a time or for what is outside. */
  readonly waits: boolean;
}
