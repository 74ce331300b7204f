import type { DebuggedRun } from '@holon/engine';
import { RequestFailure } from './failure.ts';
import { Handles } from './handles.ts';
import type { Outbox } from './outbox.ts';
import type { Room } from './room.ts';
import type { Thread } from './threads.ts';
import type { Expandable } from './variables.ts';

/** What a frame handle stands for: an instance on the stack of a thread. */
export interface HeldFrame {
  readonly runId: string;
  readonly path: string;
}

/** What a variables handle stands for: a scope of a frame, or something inside a value. */
export type HeldVariables =
  | { readonly kind: 'scope'; readonly frame: HeldFrame; readonly scope: 'Input' | 'Output' | 'State' }
  | { readonly kind: 'inside'; readonly runId: string; readonly expandable: Expandable };

/** One client of the session, as its requests see it. */
export class Client {
  readonly room: Room;
  readonly outbox: Outbox;
  readonly frames = new Handles<HeldFrame>();
  readonly variables = new Handles<HeldVariables>();
  /** `initialize` has been answered. */
  initialized = false;
  /** The run whose events it gets. */
  subscription: DebuggedRun | undefined;
  /** Threads it was told of. */
  readonly #announced = new Set<number>();

  constructor(room: Room, outbox: Outbox) {
    this.room = room;
    this.outbox = outbox;
  }

  /** Whether `attach` has been answered, and the client not left. */
  get attached(): boolean {
    return this.room.has(this);
  }

  /** @throws RequestFailure `unknown-run` */
  run(runId: string): DebuggedRun {
    const found = this.room.session.runs.find(({ run }) => run.id === runId);
    if (found === undefined)
      throw new RequestFailure('unknown-run', `There is no run ${runId}; the oldest are forgotten.`);
    return found;
  }

  /** @throws RequestFailure `unknown-run`, `run-ended` */
  openRun(runId: string): DebuggedRun {
    const found = this.run(runId);
    const { status, endedAt } = found.state;
    if (endedAt !== undefined)
      throw new RequestFailure('run-ended', `Run ${runId} has ended: it ${ENDINGS[status] ?? status}.`);
    return found;
  }

  /** @throws RequestFailure `unknown-thread` */
  thread(threadId: number): Thread {
    const thread = this.room.threads.threadOf(threadId);
    if (thread === undefined)
      throw new RequestFailure('unknown-thread', `There is no thread ${threadId}; its run may be forgotten.`);
    return thread;
  }

  /** Tells of a thread before anything else is said about it. */
  announceThread(threadId: number): void {
    if (this.#announced.has(threadId)) return;
    this.#announced.add(threadId);
    this.outbox.event('thread', { reason: 'started', threadId });
  }

  /** The run has ended: its threads exit, and what was open of it can't be asked for by handle. */
  endRun(runId: string): void {
    for (const threadId of this.#announced) {
      if (this.room.threads.threadOf(threadId)?.runId !== runId) continue;
      this.#announced.delete(threadId);
      this.outbox.event('thread', { reason: 'exited', threadId });
    }
    this.resetHandles(runId);
  }

  /** The run goes on: what its handles stood for is no longer so. */
  resetHandles(runId: string): void {
    this.frames.reset(runId);
    this.variables.reset(runId);
  }
}

const ENDINGS: Readonly<Record<string, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'was canceled',
};
