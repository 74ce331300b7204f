import type { Clock, DebuggedRun, DebugSession } from '@holon/engine';
import type { Breakpoint, PlacedBreakpoint, RunEvent, Stop } from '@holon/engine/events';
import type { GraphBody, RunSummary, SessionBody } from '../protocol/index.ts';
import type { Client } from './client.ts';
import { Grace } from './grace.ts';
import { ThreadIds } from './threads.ts';
import { changesSummary, outputBody, stoppedBody, summaryOf } from './to-frame.ts';

export interface RoomOptions {
  readonly session: DebugSession;
  readonly clock: Clock;
  readonly graceMs: number;
  readonly graph: () => GraphBody;
}

/** Where the clients of one debug session meet: hears what happens in it and says so to each of them. */
export class Room {
  readonly session: DebugSession;
  readonly threads = new ThreadIds();
  readonly graph: () => GraphBody;
  readonly #clients = new Set<Client>();
  readonly #grace: Grace;
  readonly #graceMs: number;
  readonly #stopListening: (() => void)[];
  /** Listeners to the events of runs, by run id. */
  readonly #watched = new Map<string, () => void>();
  /** Whoever replaces the breakpoints at this moment is answered, not told. */
  #author: Client | undefined;
  #note: string | undefined;

  constructor({ session, clock, graceMs, graph }: RoomOptions) {
    this.session = session;
    this.graph = graph;
    this.#graceMs = graceMs;
    this.#grace = new Grace({ session, clock, graceMs, onResumed: (note) => (this.#note = note) });
    this.#stopListening = [
      session.on('stopped', ({ run, stop }) => this.#onStopped(run, stop)),
      session.on('continued', ({ run, path }) => this.#onContinued(run, path)),
      session.on('stops', ({ run }) => this.#onStopsChanged(run)),
      session.on('runs', ({ run, change }) => (change === 'started' ? this.#onStarted(run) : this.#onEnded(run))),
      session.on('breakpoints', () => this.#onBreakpointsReplaced()),
    ];
    for (const run of session.runs) this.#watch(run);
  }

  has(client: Client): boolean {
    return this.#clients.has(client);
  }

  join(client: Client): void {
    if (this.#clients.has(client)) return;
    this.#clients.add(client);
    this.#grace.clientCame();
    this.#clientsChanged();
  }

  leave(client: Client): void {
    if (!this.#clients.delete(client)) return;
    this.#grace.clientLeft();
    this.#clientsChanged();
  }

  get runs(): readonly RunSummary[] {
    return this.session.runs.map(summaryOf);
  }

  setBreakpoints(author: Client, breakpoints: readonly Breakpoint[]): readonly PlacedBreakpoint[] {
    this.#author = author;
    try {
      return this.session.setBreakpoints(breakpoints);
    } finally {
      this.#author = undefined;
    }
  }

  /** Tells a client where a run stands, as if it had just stopped there. */
  tellStopped(client: Client, run: DebuggedRun, stop: Stop): void {
    const threadId = this.threads.idOf(run.run.id, stop.branch);
    client.announceThread(threadId);
    client.outbox.event('stopped', stoppedBody(run, stop, threadId));
  }

  /** Hears nothing more. The clients are let go by whoever connected them. */
  close(): void {
    this.#grace.close();
    for (const stop of this.#stopListening) stop();
    for (const stop of this.#watched.values()) stop();
  }

  /** The note is for one client, once: the one whose frame is built first. */
  #takeSession(): SessionBody {
    const note = this.#note;
    this.#note = undefined;
    return { clients: this.#clients.size, graceMs: this.#graceMs, note };
  }

  #clientsChanged(): void {
    for (const { outbox } of this.#clients) outbox.latest('holon/session', () => this.#takeSession());
  }

  #runsChanged(): void {
    for (const { outbox } of this.#clients) outbox.latest('holon/runs', () => ({ runs: this.runs }));
  }

  #watch(run: DebuggedRun): void {
    this.#watched.set(
      run.run.id,
      run.run.on((event) => this.#onRunEvent(run, event)),
    );
  }

  #onRunEvent(run: DebuggedRun, event: RunEvent): void {
    for (const client of this.#clients) {
      if (client.subscription === run) client.outbox.runEvent(run.run.id, event);
      else if (event.type === 'node.logged') client.outbox.output(outputBody(run, event));
    }
    if (changesSummary(event)) this.#runsChanged();
  }

  #onStarted(run: DebuggedRun): void {
    this.#watch(run);
    this.#grace.runsChanged();
    this.threads.prune((runId) => this.session.runs.some((known) => known.run.id === runId));
    const threadId = this.threads.idOf(run.run.id, FIRST_BRANCH);
    for (const client of this.#clients) client.announceThread(threadId);
    this.#runsChanged();
  }

  #onEnded(run: DebuggedRun): void {
    const runId = run.run.id;
    this.#watched.get(runId)?.();
    this.#watched.delete(runId);
    for (const client of this.#clients) client.endRun(runId);
    this.#runsChanged();
  }

  #onStopped(run: DebuggedRun, stop: Stop): void {
    for (const client of this.#clients) this.tellStopped(client, run, stop);
    this.#grace.runStopped();
  }

  #onContinued(run: DebuggedRun, path: string | undefined): void {
    const runId = run.run.id;
    const branch = run.stops.find((stop) => stop.path === path)?.branch ?? FIRST_BRANCH;
    const threadId = this.threads.idOf(runId, branch);
    for (const client of this.#clients) {
      client.resetHandles(runId);
      client.outbox.event('continued', { threadId, allThreadsContinued: path === undefined, holon: { runId } });
    }
  }

  #onStopsChanged(run: DebuggedRun): void {
    for (const { outbox, subscription } of this.#clients) {
      if (subscription === run) outbox.latest('holon/stops', () => ({ runId: run.run.id, stops: run.stops }));
    }
    this.#runsChanged();
  }

  #onBreakpointsReplaced(): void {
    for (const client of this.#clients) {
      if (client === this.#author) continue;
      client.outbox.latest('holon/breakpoints', () => ({ breakpoints: this.session.breakpoints }));
    }
  }
}

/** Branches of a run are counted from it. */
const FIRST_BRANCH = 1;
