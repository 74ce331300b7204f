import type {
  Breakpoint,
  EditResult,
  OpenedValue,
  Phase,
  PlacedBreakpoint,
  RunEvent,
  RunStateWire,
  RunStatus,
  Stop,
} from '@holon/engine/events';
import type { FlowPicture } from '@holon/flow';

/** What the Debug Adapter Protocol lacks. */
export interface HolonRequests {
  /** The flow as plain data and as texts. */
  'holon/graph': { arguments: undefined; body: GraphBody };
  /** Replaces all breakpoints; the reply says in the same order what was set. Other clients are told by `holon/breakpoints`. */
  'holon/setBreakpoints': {
    arguments: { readonly breakpoints: readonly Breakpoint[] };
    body: { readonly breakpoints: readonly PlacedBreakpoint[] };
  };
  /** Starts a run. `input` is the value itself. */
  'holon/start': { arguments: { readonly input: unknown; readonly paused: boolean }; body: { readonly runId: string } };
  'holon/cancel': { arguments: { readonly runId: string; readonly reason?: string | undefined }; body: undefined };
  /** Holds or releases a whole run, by its id. */
  'holon/pause': { arguments: { readonly runId: string }; body: undefined };
  'holon/continue': { arguments: { readonly runId: string }; body: undefined };
  /** Steps the branch that stands at `path`. Fails with `not-stopped` when nothing stands there. */
  'holon/step': {
    arguments: { readonly runId: string; readonly kind: 'over' | 'into' | 'out'; readonly path: string };
    body: undefined;
  };
  'holon/runs': { arguments: undefined; body: { readonly runs: readonly RunSummary[] } };
  /** The run's state so far; its further events follow as `holon/runEvents`, beginning with `state.seq + 1`. One run at a time: it ends the subscription before it. */
  'holon/subscribe': {
    arguments: { readonly runId: string };
    body: { readonly state: RunStateWire; readonly stops: readonly Stop[] };
  };
  /** The input or output of an instance, opened. */
  'holon/value': {
    arguments: { readonly runId: string; readonly path: string; readonly side: 'input' | 'output' };
    body: OpenedValue;
  };
  /** Replaces the value of a held instance. A refused edit is a reply with `kind: 'refused'`, not an error. */
  'holon/edit': {
    arguments: {
      readonly runId: string;
      readonly path: string;
      readonly phase: Phase;
      readonly value: unknown;
      readonly revision?: number | undefined;
    };
    body: EditResult;
  };
}

export interface HolonEvents {
  /** In order, without gaps. */
  'holon/runEvents': { readonly runId: string; readonly events: readonly RunEvent[] };
  /**
   * This client was too slow and `dropped` events were left out: here is the state after them.
   */
  'holon/resync': { readonly runId: string; readonly dropped: number; readonly state: RunStateWire };
  /** Who stands at the gate of the subscribed run, whenever that changes. */
  'holon/stops': { readonly runId: string; readonly stops: readonly Stop[] };
  'holon/runs': { readonly runs: readonly RunSummary[] };
  /** Someone replaced the breakpoints. */
  'holon/breakpoints': { readonly breakpoints: readonly PlacedBreakpoint[] };
  'holon/session': SessionBody;
}

export interface GraphBody {
  readonly picture: FlowPicture;
  readonly dot: string;
  readonly mermaid: string;
  /** What the input box starts with, as JSON text: the input that the debugger was started with. */
  readonly input: string | undefined;
  /** The file the flow was loaded from, for people. */
  readonly file: string | undefined;
}

export interface RunSummary {
  readonly runId: string;
  readonly flow: string;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly endedAt: number | undefined;
  /** Instances standing at the gate. */
  readonly held: number;
}

export interface SessionBody {
  /** Connected clients, this one included. */
  readonly clients: number;
  /** How long paused runs wait for a client to come back, once the last has left. */
  readonly graceMs: number;
  /** Why paused runs were resumed without a client, last time: shown once to whoever comes next. */
  readonly note: string | undefined;
}
