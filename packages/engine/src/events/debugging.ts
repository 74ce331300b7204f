import type { Phase } from './event.ts';
import type { ValueView } from './value-view.ts';

/** Where to stop: at a node, before its body (`entry`) or after it (`exit`). */
export interface Breakpoint {
  /** A static id (`checkout/pay`), or a label or last part of one (`pay`) that only one node has. */
  readonly node: string;
  /** @default 'entry' */
  readonly phase?: Phase | undefined;
}

/** What became of a breakpoint that was asked for. */
export interface PlacedBreakpoint {
  /** The static id where it stands; what was asked for when it stands nowhere. */
  readonly node: string;
  readonly phase: Phase;
  /** Whether a run can stop there. */
  readonly verified: boolean;
  /** Why not, or what to know. */
  readonly message: string | undefined;
}

/** An instance that stands at the gate. */
export interface Stop {
  readonly path: string;
  readonly id: string;
  readonly phase: Phase;
  /** What brought it to a stand; `suspended` means only that its run is paused. */
  readonly why: 'breakpoint' | 'step' | 'start' | 'pause' | 'suspended';
  /** The same in words for people. */
  readonly reason: string;
  /** The concurrently running branch of the run that stands here. */
  readonly branch: number;
}

/** `next`: this branch's next node on this level or above. */
export type StepKind = 'over' | 'into' | 'out';

/** One enclosing instance of a stop, innermost first. */
export interface Frame {
  readonly path: string;
  readonly id: string;
  readonly label: string;
}

/** A value of an instance, opened: a fuller view, and JSON to edit where JSON can say it exactly. */
export type OpenedValue =
  | { readonly kind: 'value'; readonly view: ValueView; readonly json: string | undefined; readonly revision: number }
  | { readonly kind: 'not-kept'; readonly reason: string };

/** What came of an edit. A refused one changes nothing; the node stays where it is. */
export type EditResult =
  | { readonly kind: 'edited'; readonly revision: number }
  | { readonly kind: 'refused'; readonly why: 'not-held' | 'stale' | 'invalid'; readonly reason: string };
