import type { WaitReason } from './scheduling/wait-reason.ts';

/** Those who want a place: bodies that want to begin, and bodies whose last open child has ended and that want to go on. */
export type SlotQueue = 'resuming' | 'waiting';

export interface SchedulerFacts {
  readonly limit: number;
  readonly inUse: number;
  /** How many are in each queue. */
  readonly resuming: number;
  readonly waiting: number;
  /** Someone who asks just now, and the queue it would wait in. */
  readonly asking: SlotQueue | undefined;
  /** Whether places have become free in this very turn, for the branch that gave them back to take again. */
  readonly sameTurn: boolean;
  /** Why what has not begun is held back, if it is. */
  readonly heldBack: WaitReason | undefined;
}

export type NextDecision =
  | { readonly kind: 'grant'; readonly to: SlotQueue | 'asking'; readonly reason: string }
  | { readonly kind: 'wait'; readonly why: WaitReason }
  | { readonly kind: 'idle' };

/**
 * Who runs next, and why the others wait. What has begun goes before what has not, or a body could
 * wait forever behind those that came after it; otherwise the scheduling policy's queue knows who is first. What is
 * held back waits only while something runs: so something always does. Pure.
 */
export function decideNext(facts: SchedulerFacts): NextDecision {
  const { limit, inUse, resuming, waiting, asking, heldBack } = facts;
  if (asking === undefined && resuming + waiting === 0) return IDLE;
  if (inUse >= limit) {
    const reason = `waiting for one of ${limit} places: all are taken (maxConcurrency)`;
    return { kind: 'wait', why: { kind: 'slot', limit, reason } };
  }
  const begins = asking === 'waiting' || (asking === undefined && resuming === 0);
  if (begins && inUse > 0 && heldBack !== undefined) return { kind: 'wait', why: heldBack };
  if (asking !== undefined) {
    const earlier = asking === 'resuming' ? resuming : resuming + waiting;
    return earlier === 0 || facts.sameTurn ? GRANT_ASKING : WAIT_FOR_EARLIER;
  }
  return resuming > 0 ? GRANT_RESUMING : GRANT_WAITING;
}

const IDLE: NextDecision = { kind: 'idle' };
const GRANT_ASKING: NextDecision = { kind: 'grant', to: 'asking', reason: 'a place is free' };
const GRANT_RESUMING: NextDecision = { kind: 'grant', to: 'resuming', reason: 'its children have ended' };
const GRANT_WAITING: NextDecision = { kind: 'grant', to: 'waiting', reason: 'its turn has come' };
const WAIT_FOR_EARLIER: NextDecision = {
  kind: 'wait',
  why: { kind: 'slot', reason: 'waiting for a place: others are before it' },
};
