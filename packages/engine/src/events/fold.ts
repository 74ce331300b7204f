import { assertNever } from '@holon/flow';
import type { RunEvent } from './event.ts';
import type { InstanceState, InstanceStatus, NodeCounts, RunState } from './state.ts';

export interface FoldOptions {
  /**
   * `open` forgets an instance when it ends, as the engine does, so that the state stays as small as
   * what is in flight; `all` remembers at least the last 100,000, for a debugger. @default 'open'
   */
  readonly keep?: 'open' | 'all';
}

const MAX_INSTANCES = 100_000;
const FORGOTTEN_AT_ONCE = 10_000;

/** The state before the first event. */
export function emptyRunState(): RunState {
  return {
    seq: 0,
    runId: '',
    flow: '',
    parent: undefined,
    labels: {},
    status: 'created',
    reason: undefined,
    input: undefined,
    output: undefined,
    error: undefined,
    failedAt: undefined,
    createdAt: 0,
    endedAt: undefined,
    instances: new Map(),
    forgotten: 0,
    counts: new Map(),
    discovered: new Map(),
    choices: new Map(),
  };
}

/**
 * Takes one event into the state: the only place that says what an event means. Changes `state` in
 * place (a run may have millions of instances) and gives it back. Events must come in order of `seq`;
 * one already folded in is ignored, so a snapshot and an overlapping tail may be given one after the other.
 */
export function fold(state: RunState, event: RunEvent, options: FoldOptions = {}): RunState {
  if (event.seq <= state.seq) return state;
  state.seq = event.seq;
  switch (event.type) {
    case 'run.created':
      state.runId = event.runId;
      state.flow = event.flow;
      state.parent = event.parent;
      state.labels = event.labels;
      state.input = event.input;
      state.createdAt = event.at;
      break;
    case 'run.started':
      if (state.status === 'created') state.status = 'running';
      break;
    case 'run.paused':
      state.status = 'paused';
      state.reason = event.reason;
      break;
    case 'run.resumed':
      state.status = 'running';
      state.reason = undefined;
      break;
    case 'run.canceling':
      state.status = 'canceling';
      state.reason = event.reason;
      break;
    case 'run.succeeded':
      state.status = 'succeeded';
      state.reason = undefined;
      state.output = event.output;
      state.endedAt = event.at;
      break;
    case 'run.failed':
      state.status = 'failed';
      state.reason = undefined;
      state.error = event.error;
      state.failedAt = event.path;
      state.endedAt = event.at;
      break;
    case 'run.canceled':
      state.status = 'canceled';
      state.reason = event.reason;
      state.endedAt = event.at;
      break;
    case 'node.discovered':
      state.discovered.set(event.node.id, { node: event.node, after: event.after });
      break;
    case 'node.opened':
      state.instances.set(event.path, {
        path: event.path,
        id: event.id,
        parent: event.parent,
        branch: event.branch,
        status: 'opened',
        phase: undefined,
        reason: undefined,
        attempt: 1,
        input: event.input,
        output: undefined,
        error: undefined,
        answeredBy: undefined,
        edited: false,
        progress: undefined,
        openedAt: event.at,
        startedAt: undefined,
        endedAt: undefined,
      });
      countsOf(state, event.id).opened += 1;
      break;
    case 'choice.made': {
      const made = state.choices.get(event.mark) ?? new Map<string, number>();
      made.set(event.value, (made.get(event.value) ?? 0) + 1);
      state.choices.set(event.mark, made);
      break;
    }
    case 'signal.received':
    case 'signal.refused':
    case 'node.late':
    case 'node.logged':
    case 'node.emitted':
      break;
    case 'node.queued':
    case 'node.held':
    case 'node.released':
    case 'node.edited':
    case 'node.started':
    case 'node.retrying':
    case 'node.waiting':
    case 'node.resumed':
    case 'node.answered':
    case 'node.succeeded':
    case 'node.failed':
    case 'node.canceled':
    case 'node.abandoned':
    case 'node.progressed': {
      const instance = state.instances.get(event.path);
      if (instance !== undefined) foldInstance(state, instance, event, options);
      break;
    }
    default:
      assertNever(event);
  }
  return state;
}

type InstanceEvent = Exclude<
  Extract<RunEvent, { path: string; type: `node.${string}` }>,
  { type: 'node.opened' | 'node.late' | 'node.logged' | 'node.emitted' }
>;

function foldInstance(state: RunState, instance: InstanceState, event: InstanceEvent, options: FoldOptions): void {
  switch (event.type) {
    case 'node.queued':
      instance.status = 'queued';
      instance.reason = event.reason;
      break;
    case 'node.held':
      instance.status = 'held';
      instance.phase = event.phase;
      instance.reason = event.reason;
      break;
    case 'node.released':
      instance.status = event.phase === 'entry' ? 'opened' : 'running';
      instance.phase = undefined;
      instance.reason = undefined;
      break;
    case 'node.edited':
      instance.edited = true;
      if (event.phase === 'entry') instance.input = event.value;
      else instance.output = event.value;
      break;
    case 'node.started':
      instance.status = 'running';
      instance.reason = undefined;
      instance.answeredBy = undefined;
      instance.attempt = event.attempt;
      instance.startedAt ??= event.at;
      instance.progress = undefined;
      break;
    case 'node.retrying':
      instance.status = 'retrying';
      instance.reason = event.reason;
      instance.error = event.error;
      break;
    case 'node.waiting':
      instance.status = 'waiting';
      instance.reason = event.reason;
      break;
    case 'node.resumed':
      instance.status = 'running';
      instance.reason = undefined;
      break;
    case 'node.answered':
      instance.status = 'answered';
      instance.answeredBy = event.source;
      instance.reason = event.source;
      break;
    case 'node.abandoned':
      instance.reason = 'abandoned: it ignored its abort and may still be running';
      break;
    case 'node.progressed':
      instance.progress = event.fraction;
      break;
    case 'node.succeeded':
      instance.output = event.output;
      instance.error = undefined;
      end(
        state,
        instance,
        event.at,
        instance.answeredBy === undefined ? 'succeeded' : 'answered',
        'succeeded',
        options,
      );
      break;
    case 'node.failed':
      instance.error = event.error;
      instance.reason = event.reason;
      end(state, instance, event.at, 'failed', 'failed', options);
      break;
    case 'node.canceled':
      instance.reason = event.reason;
      end(state, instance, event.at, 'canceled', 'canceled', options);
      break;
  }
}

function end(
  state: RunState,
  instance: InstanceState,
  at: number,
  status: InstanceStatus,
  count: keyof NodeCounts,
  options: FoldOptions,
): void {
  instance.status = status;
  instance.phase = undefined;
  instance.endedAt = at;
  countsOf(state, instance.id)[count] += 1;
  if (options.keep !== 'all') state.instances.delete(instance.path);
  else if (state.instances.size > MAX_INSTANCES + FORGOTTEN_AT_ONCE) forgetOldest(state);
}

/** Many at once: each walk passes all that are still open and, in a Map, all that have been deleted. */
function forgetOldest(state: RunState): void {
  for (const [path, { endedAt }] of state.instances) {
    if (state.instances.size <= MAX_INSTANCES) return;
    if (endedAt === undefined) continue;
    state.instances.delete(path);
    state.forgotten += 1;
  }
}

function countsOf(state: RunState, id: string): NodeCounts {
  let counts = state.counts.get(id);
  if (counts === undefined) {
    counts = { opened: 0, succeeded: 0, failed: 0, canceled: 0 };
    state.counts.set(id, counts);
  }
  return counts;
}
