import type { Claimant } from '../waiter.ts';

/** Those who wait, in the order that a scheduling policy gives them. */
export interface WaitQueue<W extends Claimant> {
  readonly size: number;
  /**
   * Whether a branch that gives a place back may take it again before those who wait, as long as it does not do so
   * forever: it saves turns, where the policy promises nothing that it would break.
   */
  readonly yieldsToSameTurn: boolean;
  add(waiter: W): void;
  /** Whether it stood in the queue. */
  delete(waiter: W): boolean;
  /** Who is next. */
  peek(): W | undefined;
  /** Removes and gives who is next. There has to be one. */
  shift(): W;
  /** All of them, in the order in which they will go if nobody comes or leaves. */
  list(): readonly W[];
  /** What it goes by, in words about this waiter: `priority high`. Empty when there is nothing to say. */
  why(waiter: W): string;
}

/** Makes an empty queue: one for places, and one for each limit at which somebody waits. */
export type MakeQueue = <W extends Claimant>() => WaitQueue<W>;
