import type { EngineEventType } from './engine-event.ts';
import type { RunEventType } from './event.ts';

// Records, so that a type that is added and not listed here is an error of the compiler.

const RUN_EVENTS: Readonly<Record<RunEventType, true>> = {
  'run.created': true,
  'run.started': true,
  'run.paused': true,
  'run.resumed': true,
  'run.canceling': true,
  'run.succeeded': true,
  'run.failed': true,
  'run.canceled': true,
  'signal.received': true,
  'signal.refused': true,
  'node.discovered': true,
  'node.opened': true,
  'node.queued': true,
  'node.held': true,
  'node.released': true,
  'node.edited': true,
  'node.started': true,
  'node.retrying': true,
  'node.waiting': true,
  'node.resumed': true,
  'node.answered': true,
  'node.succeeded': true,
  'node.failed': true,
  'node.canceled': true,
  'node.abandoned': true,
  'node.late': true,
  'choice.made': true,
  'node.logged': true,
  'node.progressed': true,
  'node.emitted': true,
};

const ENGINE_EVENTS: Readonly<Record<EngineEventType, true>> = {
  'engine.pressed': true,
  'engine.relieved': true,
  'engine.draining': true,
  'engine.drained': true,
  'engine.closing': true,
  'engine.closed': true,
};

/** Every type of event that a run can have. */
export const RUN_EVENT_TYPES = Object.keys(RUN_EVENTS) as readonly RunEventType[];

/** Every type of event that an engine can have outside of its runs. */
export const ENGINE_EVENT_TYPES = Object.keys(ENGINE_EVENTS) as readonly EngineEventType[];
