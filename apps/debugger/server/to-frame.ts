import type { DebuggedRun } from '@holon/engine';
import type { RunEvent, Stop } from '@holon/engine/events';
import type { AnyResponse, EventName, Events, RunSummary } from '../protocol/index.ts';

const STOP_REASONS = {
  breakpoint: 'breakpoint',
  step: 'step',
  start: 'entry',
  pause: 'pause',
  suspended: 'pause',
} as const satisfies Record<Stop['why'], Events['stopped']['reason']>;

export function stoppedBody(run: DebuggedRun, stop: Stop, threadId: number): Events['stopped'] {
  return {
    reason: STOP_REASONS[stop.why],
    description: stop.reason,
    threadId,
    allThreadsStopped: true,
    holon: { runId: run.run.id, path: stop.path },
  };
}

export function outputBody(run: DebuggedRun, event: Extract<RunEvent, { type: 'node.logged' }>): Events['output'] {
  return {
    category: event.level === 'warn' || event.level === 'error' ? 'stderr' : 'console',
    output: `${event.message}\n`,
    holon: { runId: run.run.id, path: event.path },
  };
}

export function summaryOf(run: DebuggedRun): RunSummary {
  const { flow, status, createdAt, endedAt } = run.state;
  return { runId: run.run.id, flow, status, createdAt, endedAt, held: run.stops.length };
}

/** Whether an event changes what {@link summaryOf} or the list of stops says. */
export function changesSummary(event: RunEvent): boolean {
  return event.type.startsWith('run.') || event.type === 'node.held' || event.type === 'node.released';
}

/** A reply, but for what the outbox adds. */
export type Reply = AnyResponse extends infer R ? (R extends unknown ? Omit<R, 'seq' | 'type'> : never) : never;

/** The text of a frame without its beginning, `{"seq":n,`: it gets its number when it leaves. */
export type FrameText = string;

export function encodeReply(reply: Reply): FrameText {
  return withoutBrace({ type: 'response', ...reply });
}

export function encodeEvent<E extends EventName>(event: E, body: Events[E]): FrameText {
  return withoutBrace({ type: 'event', event, body });
}

/** Of events that are JSON texts already. */
export function encodeRunEvents(runId: string, events: readonly string[]): FrameText {
  return `"type":"event","event":"holon/runEvents","body":{"runId":${JSON.stringify(runId)},"events":[${events.join(',')}]}}`;
}

function withoutBrace(frame: object): FrameText {
  return JSON.stringify(frame).slice(1);
}
