import type { RunEvent } from './event.ts';
import type { InstanceStatus, RunStatus } from './state.ts';

/** What became of a run's time: each instance with what it did when, and why. Plain data. Times are those of its events. */
export interface Trace {
  readonly runId: string;
  /** Static id of the root. */
  readonly flow: string;
  readonly status: RunStatus;
  readonly createdAt: number;
  readonly endedAt: number | undefined;
  /** In the order in which they were opened, so that what encloses one stands before it. */
  readonly spans: readonly TraceSpan[];
  /** What there was no room for: instances after the first 10,000, and phases after the first 50,000, which their sums still count. */
  readonly dropped: { readonly spans: number; readonly phases: number };
}

/** One instance. */
export interface TraceSpan {
  readonly path: string;
  readonly id: string;
  /** The path of the one around it; undefined for the root. */
  readonly parent: string | undefined;
  readonly branch: number;
  readonly status: InstanceStatus;
  /** The engine's words for its end, where there are any. */
  readonly reason: string | undefined;
  /** What it failed with, or its last attempt did. */
  readonly error: { readonly name: string; readonly message: string } | undefined;
  /** How many attempts have begun. */
  readonly attempts: number;
  readonly openedAt: number;
  readonly endedAt: number | undefined;
  /** Waiting for a place on the executor. */
  readonly queuedMs: number;
  /** In its attempts, from the start of each to its end, children included, without what it waited there. */
  readonly runningMs: number;
  /** In its attempts, for something outside of them: a time, a signal, shared work. */
  readonly waitingMs: number;
  /** Waiting for the next attempt. */
  readonly retryingMs: number;
  /** Held by a pause or a debugger. */
  readonly heldMs: number;
  /** What it did, one after the other. */
  readonly phases: readonly TracePhase[];
}

export interface TracePhase {
  readonly kind: 'queued' | 'running' | 'waiting' | 'retrying' | 'held';
  /** The attempt that waits or runs; of `retrying`, the one that failed. From 1. */
  readonly attempt: number;
  /** Why it waits. */
  readonly reason: string | undefined;
  readonly from: number;
  /** Undefined while it lasts. */
  readonly until: number | undefined;
}

const MAX_SPANS = 10_000;
const MAX_PHASES = 50_000;

type Growing<T> = { -readonly [K in keyof T]: T[K] };

interface OpenSpan extends Omit<Growing<TraceSpan>, 'phases'> {
  readonly phases: Growing<TracePhase>[];
  /** The last of its phases, whether there was room for it or not. */
  phase: Growing<TracePhase> | undefined;
  /** Whether an answer took the place of its body. */
  answered: boolean;
}

/**
 * Makes a {@link Trace} of the events of a run, given in order from the first on. Knows nothing but them: works on events
 * that were kept or sent as well.
 *
 * @example
 * const tracer = new Tracer();
 * for (const event of events) tracer.take(event);
 * const slowest = tracer.trace.spans.toSorted((a, b) => b.runningMs - a.runningMs)[0];
 */
export class Tracer {
  #head = {
    runId: '',
    flow: '',
    status: 'created' as RunStatus,
    createdAt: 0,
    endedAt: undefined as number | undefined,
  };
  readonly #spans: OpenSpan[] = [];
  readonly #open = new Map<string, OpenSpan>();
  #phases = 0;
  readonly #dropped = { spans: 0, phases: 0 };

  /** A copy: what happens afterwards does not change it. */
  get trace(): Trace {
    return {
      ...this.#head,
      spans: this.#spans.map(({ phase: _phase, answered: _answered, phases, ...span }) => ({
        ...span,
        phases: phases.map((each) => ({ ...each })),
      })),
      dropped: { ...this.#dropped },
    };
  }

  /** When the run ended, once it has. */
  get endedAt(): number | undefined {
    return this.#head.endedAt;
  }

  take(event: RunEvent): void {
    switch (event.type) {
      case 'run.created':
        this.#head.runId = event.runId;
        this.#head.flow = event.flow;
        this.#head.createdAt = event.at;
        return;
      case 'run.started':
        if (this.#head.status === 'created') this.#head.status = 'running';
        return;
      case 'run.paused':
        this.#head.status = 'paused';
        return;
      case 'run.resumed':
        this.#head.status = 'running';
        return;
      case 'run.canceling':
        this.#head.status = 'canceling';
        return;
      case 'run.succeeded':
      case 'run.failed':
      case 'run.canceled':
        this.#head.status = STATUS_OF_END[event.type];
        this.#head.endedAt = event.at;
        return;
      case 'node.opened':
        this.#onOpened(event);
        return;
      default:
        if (!('path' in event)) return;
        const span = this.#open.get(event.path);
        if (span !== undefined) this.#takeOf(span, event);
    }
  }

  #onOpened({ path, id, parent, branch, at }: Extract<RunEvent, { type: 'node.opened' }>): void {
    if (this.#spans.length >= MAX_SPANS) {
      this.#dropped.spans += 1;
      return;
    }
    const span: OpenSpan = {
      path,
      id,
      parent,
      branch,
      status: 'opened',
      reason: undefined,
      error: undefined,
      attempts: 0,
      openedAt: at,
      endedAt: undefined,
      queuedMs: 0,
      runningMs: 0,
      waitingMs: 0,
      retryingMs: 0,
      heldMs: 0,
      phases: [],
      phase: undefined,
      answered: false,
    };
    this.#spans.push(span);
    this.#open.set(path, span);
  }

  #takeOf(span: OpenSpan, event: RunEvent): void {
    switch (event.type) {
      case 'node.queued':
        return this.#enter(span, 'queued', span.attempts + 1, event.reason, event.at);
      case 'node.held':
        return this.#enter(span, 'held', span.attempts + (event.phase === 'entry' ? 1 : 0), event.reason, event.at);
      case 'node.released':
        span.status = event.phase === 'entry' ? 'opened' : 'running';
        return leave(span, event.at);
      case 'node.started':
        span.attempts = event.attempt;
        span.answered = false;
        return this.#enter(span, 'running', event.attempt, undefined, event.at);
      case 'node.retrying':
        span.error = { name: event.error.name, message: event.error.message };
        return this.#enter(span, 'retrying', event.attempt, event.reason, event.at);
      case 'node.waiting':
        return this.#enter(span, 'waiting', span.attempts, event.reason, event.at);
      case 'node.resumed':
        return this.#enter(span, 'running', span.attempts, undefined, event.at);
      case 'node.answered':
        span.answered = true;
        span.status = 'answered';
        span.reason = event.source;
        return leave(span, event.at);
      case 'node.succeeded':
        span.status = span.answered ? 'answered' : 'succeeded';
        span.error = undefined;
        return this.#end(span, event.at);
      case 'node.failed':
        span.status = 'failed';
        span.reason = event.reason;
        span.error = { name: event.error.name, message: event.error.message };
        return this.#end(span, event.at);
      case 'node.canceled':
        span.status = 'canceled';
        span.reason = event.reason;
        return this.#end(span, event.at);
      default:
        // What it said or decided takes no time.
        return;
    }
  }

  #enter(span: OpenSpan, kind: TracePhase['kind'], attempt: number, reason: string | undefined, at: number): void {
    leave(span, at);
    span.status = kind;
    span.phase = { kind, attempt, reason, from: at, until: undefined };
    if (this.#phases < MAX_PHASES) {
      this.#phases += 1;
      span.phases.push(span.phase);
    } else {
      this.#dropped.phases += 1;
    }
  }

  #end(span: OpenSpan, at: number): void {
    leave(span, at);
    span.endedAt = at;
    this.#open.delete(span.path);
  }
}

const STATUS_OF_END = { 'run.succeeded': 'succeeded', 'run.failed': 'failed', 'run.canceled': 'canceled' } as const;
const SUMS = {
  queued: 'queuedMs',
  running: 'runningMs',
  waiting: 'waitingMs',
  retrying: 'retryingMs',
  held: 'heldMs',
} as const;

function leave(span: OpenSpan, at: number): void {
  const { phase } = span;
  if (phase === undefined) return;
  span.phase = undefined;
  phase.until = at;
  // A clock may have been set back.
  span[SUMS[phase.kind]] += Math.max(0, at - phase.from);
}
