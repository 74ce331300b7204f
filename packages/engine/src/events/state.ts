import type { PictureNode, WireError } from '@holon/flow';
import type { Labels, Phase, RunParent } from './event.ts';
import type { ValueView } from './value-view.ts';

/** A run as its events tell it. Plain data; made and changed by `fold` alone. */
export interface RunState {
  /** Of the last event folded in; 0 before the first. */
  seq: number;
  runId: string;
  /** Static id of the root. */
  flow: string;
  /** What started it, where no caller of the engine did. */
  parent: RunParent | undefined;
  labels: Labels;
  status: RunStatus;
  /** Why it is paused, canceling or canceled. */
  reason: string | undefined;
  input: ValueView | undefined;
  output: ValueView | undefined;
  error: WireError | undefined;
  /** Where the failure began. */
  failedAt: string | undefined;
  createdAt: number;
  endedAt: number | undefined;
  /** By path: all that are open, and with `keep: 'all'` all that ever were, in the order they were opened. */
  instances: Map<string, InstanceState>;
  /** Ended instances that are no longer among them, where all were to be kept and it became too many. */
  forgotten: number;
  /** By static id: how many instances there were and what became of them. */
  counts: Map<string, NodeCounts>;
  /** Nodes found while plain code ran, by static id, each with the siblings that had just ended. */
  discovered: Map<string, { readonly node: PictureNode; readonly after: readonly string[] }>;
  /** By static id of a mark: how often each decision was made. */
  choices: Map<string, Map<string, number>>;
}

export type RunStatus = 'created' | 'running' | 'paused' | 'canceling' | 'succeeded' | 'failed' | 'canceled';

export interface InstanceState {
  readonly path: string;
  readonly id: string;
  readonly parent: string | undefined;
  /** Which concurrently running branch of the run it belongs to; 1 is the first. */
  readonly branch: number;
  status: InstanceStatus;
  /** The gate it stands at, when held. */
  phase: Phase | undefined;
  /** The engine's words for why it is in this state, where there are any. */
  reason: string | undefined;
  attempt: number;
  input: ValueView;
  output: ValueView | undefined;
  error: WireError | undefined;
  /** Where the answer came from that took the place of its body. */
  answeredBy: string | undefined;
  /** Whether its input or output was replaced from outside. */
  edited: boolean;
  progress: number | undefined;
  openedAt: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
}

/** `opened` until something more is known; the last four are final. */
export type InstanceStatus =
  | 'opened'
  | 'queued'
  | 'held'
  | 'running'
  | 'retrying'
  | 'waiting'
  | 'succeeded'
  | 'answered'
  | 'failed'
  | 'canceled';

export interface NodeCounts {
  opened: number;
  succeeded: number;
  failed: number;
  canceled: number;
}
