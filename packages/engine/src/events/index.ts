export {
  type Breakpoint,
  type EditResult,
  type Frame,
  type OpenedValue,
  type PlacedBreakpoint,
  type StepKind,
  type Stop,
} from './debugging.ts';
export { type Coverage, coverageOf } from './coverage.ts';
export {
  type EngineEvent,
  type EngineEventBody,
  type EngineEventName,
  type EngineEventType,
  type EngineListener,
  type EventSource,
} from './engine-event.ts';
export {
  type Labels,
  type Phase,
  type RunEvent,
  type RunEventBody,
  type RunEventType,
  type RunParent,
} from './event.ts';
export { ENGINE_EVENT_TYPES, RUN_EVENT_TYPES } from './event-types.ts';
export { type FoldOptions, emptyRunState, fold } from './fold.ts';
export { type RunSnapshot, type RunStateWire, decodeRunState, encodeRunState } from './snapshot.ts';
export { type InstanceState, type InstanceStatus, type NodeCounts, type RunState, type RunStatus } from './state.ts';
export { type Trace, type TracePhase, type TraceSpan, Tracer } from './trace.ts';
export { type ValueView, type ViewLimits, FULL_LIMITS, PREVIEW_LIMITS, viewOf } from './value-view.ts';
export { type ViewTextOptions, viewText } from './view-text.ts';
