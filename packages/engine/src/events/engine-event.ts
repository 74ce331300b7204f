import type { Labels, RunEvent, RunEventType } from './event.ts';

/**
 * One thing that happened in an engine and belongs to no run. `seq` counts these from 1, apart from those of any run;
 * `at` is milliseconds since 1970 by the engine's clock.
 */
export type EngineEvent = { readonly seq: number; readonly at: number } & EngineEventBody;

export type EngineEventType = EngineEventBody['type'];

export type EngineEventBody =
  /** The process is seen to use more of the machine than `resourceLimits` allow: bodies that have not begun are held back, for `reason`. Each time that it begins. */
  | { readonly type: 'engine.pressed'; readonly reason: string }
  /** It is seen to use no more than that. After each `engine.pressed`, unless the engine has nothing to do by then. */
  | { readonly type: 'engine.relieved' }
  /** `engine.drain()` was called: from here on no run can be started. At most once. */
  | { readonly type: 'engine.draining' }
  /** After `engine.draining`, once every run has ended. At most once; not when the engine was closed before. */
  | { readonly type: 'engine.drained' }
  /** `engine.close()` was called: all runs are being canceled. At most once. */
  | { readonly type: 'engine.closing' }
  /** After `engine.closing`, once every run has ended. Once, the last. */
  | { readonly type: 'engine.closed' };

/** The run that an event belongs to. */
export interface EventSource {
  readonly runId: string;
  /** Static id of its root. */
  readonly flow: string;
  readonly labels: Labels;
}

/** What one can listen to on an engine; `*` is all. */
export type EngineEventName = RunEventType | EngineEventType | '*';

/** What a listener hears of, for what it listens to. */
export type HeardEvent<T extends EngineEventName> = T extends '*'
  ? RunEvent | EngineEvent
  : Extract<RunEvent | EngineEvent, { readonly type: T }>;

/** A listener of an engine; `source` is undefined for what belongs to no run. */
export type EngineListener<T extends EngineEventName> = (
  event: HeardEvent<T>,
  source: T extends RunEventType ? EventSource : T extends EngineEventType ? undefined : EventSource | undefined,
) => void;
