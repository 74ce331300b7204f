import type { Phase, StepKind, Stop } from '../events/index.ts';

/** Where an instance stands in the tree of instances. */
export interface Placement {
  readonly path: string;
  /** Paths of the enclosing instances, innermost first. */
  readonly above: readonly string[];
  readonly branch: number;
  /** Its branch, and those of the enclosing instances. */
  readonly branches: readonly number[];
}

/** A step under way: how, and from where. */
export interface StepPlan {
  readonly kind: StepKind;
  readonly from: Placement;
}

/**
 * How an instance that arrives stands to the one a step began at: `inside` it, its own next attempt included; a later one `beside` it
 * (same caller) or `above` it (its caller is one of those further out), both only of its own branch;
 * `below` something beside it; or `elsewhere`.
 */
export type Relation = 'inside' | 'beside' | 'above' | 'below' | 'elsewhere';

export function relationOf(arriving: Placement, from: Placement): Relation {
  if (arriving.path === from.path || arriving.above.includes(from.path)) return 'inside';
  const caller = arriving.above[0];
  const outer = from.above.indexOf(caller ?? '');
  if (outer >= 0 && from.branches.includes(arriving.branch)) return outer === 0 ? 'beside' : 'above';
  const home = from.above[0];
  return home !== undefined && arriving.above.includes(home) ? 'below' : 'elsewhere';
}

export interface PauseFacts {
  readonly phase: Phase;
  /** Whether a breakpoint stands here, for this phase. */
  readonly breakpoint: boolean;
  /** What its body failed with, in words, at the exit of one that has. */
  readonly failure?: string | undefined;
  /** Set while nothing new may start. */
  readonly paused: { readonly reason: string; readonly announce: 'pause' | 'start' | undefined } | undefined;
  /** A step under way, and how this instance stands to where it began. */
  readonly step: { readonly kind: StepKind; readonly relation: Relation } | undefined;
  /** The run's own first instance, which only encloses the others. */
  readonly isRootComposite: boolean;
}

export type PauseDecision =
  | { readonly kind: 'pass'; readonly reason: string }
  | { readonly kind: 'pause'; readonly why: Stop['why']; readonly reason: string };

/** Decides whether an instance stops here. Pure; the only place that decides it. */
export function decidePause(facts: PauseFacts): PauseDecision {
  const { phase, paused, step } = facts;
  if (facts.breakpoint) {
    const failed = facts.failure === undefined ? '' : `, which failed: ${facts.failure}`;
    return {
      kind: 'pause',
      why: 'breakpoint',
      reason: phase === 'entry' ? 'breakpoint before its body' : `breakpoint after its body${failed}`,
    };
  }
  if (phase === 'exit') return pass('only a breakpoint stops what has ended');
  if (step !== undefined) {
    const stopsAt = STOPS[step.kind];
    if (stopsAt.includes(step.relation)) return { kind: 'pause', why: 'step', reason: STEP_REASONS[step.kind] };
    if (step.relation === 'inside' || (step.kind === 'out' && step.relation !== 'elsewhere'))
      return pass('part of the step');
  }
  if (paused === undefined) return pass('nothing stops it');
  if (paused.announce === undefined)
    return { kind: 'pause', why: 'suspended', reason: `its run is paused: ${paused.reason}` };
  if (facts.isRootComposite) return pass('its first node stops in its place');
  return { kind: 'pause', why: paused.announce, reason: paused.reason };
}

const STOPS: Readonly<Record<StepKind, readonly Relation[]>> = {
  over: ['beside', 'above'],
  into: ['inside', 'beside', 'above'],
  out: ['above'],
};

const STEP_REASONS: Readonly<Record<StepKind, string>> = {
  over: 'stepped over to the next node',
  into: 'stepped into',
  out: 'stepped out to the next node further out',
};

function pass(reason: string): PauseDecision {
  return { kind: 'pass', reason };
}
