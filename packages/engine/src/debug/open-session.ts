import { type AnyFlow, type FlowPicture, type OutlineNode, describe, outlineOf, toWireError } from '@holon/flow';
import { type Engine, coreOf, createEngine } from '../engine.ts';
import { checkFlow } from '../entry.ts';
import type { Breakpoint, Phase, PlacedBreakpoint, Stop } from '../events/index.ts';
import type { RunCore } from '../run-core.ts';
import { tell } from '../tell.ts';
import { type Places, placeBreakpoint } from './placement.ts';
import { SessionRun, type SessionRunWatcher } from './session-run.ts';
import type { DebugSession, SessionEvents } from './session.ts';

const MAX_RUNS = 50;

/**
 * Opens a debug session for a flow.
 *
 * @param options.engine runs the flow; one of its own when left out, closed with the session
 * @throws HolonError `invalid-flow` when it is not a flow
 */
export function openDebugSession(flow: AnyFlow, options: { readonly engine?: Engine } = {}): DebugSession {
  return new Session(flow, options.engine);
}

type Listeners = { [T in keyof SessionEvents]: Set<(event: SessionEvents[T]) => void> };

class Session implements DebugSession, SessionRunWatcher {
  readonly flow: AnyFlow;
  readonly picture: FlowPicture;
  readonly #engine: Engine;
  readonly #ownsEngine: boolean;
  readonly #listeners: Listeners = {
    stopped: new Set(),
    continued: new Set(),
    stops: new Set(),
    runs: new Set(),
    breakpoints: new Set(),
  };
  readonly #observed = new Map<string, OutlineNode>();
  #hasAsyncBody: boolean | undefined;
  #asked: readonly Breakpoint[] = [];
  #placed: readonly PlacedBreakpoint[] = [];
  #runs: readonly SessionRun[] = [];
  /** Shared work under way that runs of this session have started. There may be a great deal of it: listed once it stops. */
  readonly #unlisted = new Set<SessionRun>();

  constructor(flow: AnyFlow, engine: Engine | undefined) {
    checkFlow(flow);
    this.flow = flow;
    this.#engine = engine ?? createEngine();
    this.#ownsEngine = engine === undefined;
    this.picture = describe(flow);
  }

  get breakpoints(): readonly PlacedBreakpoint[] {
    return this.#placed;
  }

  get runs(): readonly SessionRun[] {
    return this.#runs;
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]): readonly PlacedBreakpoint[] {
    const placed = breakpoints.map((asked) => this.place(asked));
    this.#asked = [...breakpoints];
    this.#set(placed);
    return this.#placed;
  }

  place(asked: Breakpoint): PlacedBreakpoint {
    return placeBreakpoint(asked, this.#places);
  }

  get #places(): Places {
    return {
      declared: this.picture.nodes,
      observed: this.#observed,
      mayCallOthers: () =>
        (this.#hasAsyncBody ??= hasAsyncBody([outlineOf(this.flow)])) || hasAsyncBody([...this.#observed.values()]),
    };
  }

  #set(placed: readonly PlacedBreakpoint[]): void {
    this.#placed = placed;
    for (const run of [...this.#runs, ...this.#unlisted]) run.setBreakpoints(this.#ids());
    this.#tell('breakpoints', { breakpoints: this.#placed });
  }

  #ids(): Readonly<Record<Phase, ReadonlySet<string>>> {
    const of = (phase: Phase) =>
      new Set(this.#placed.filter((placed) => placed.verified && placed.phase === phase).map(({ node }) => node));
    return { entry: of('entry'), exit: of('exit') };
  }

  start(input: unknown, options: { readonly paused?: boolean | undefined } = {}): SessionRun {
    const core = coreOf(this.#engine).prepare(this.flow, input, { paused: options.paused });
    const run = new SessionRun(core, this);
    run.setBreakpoints(this.#ids());
    this.#list(run);
    queueMicrotask(() => core.begin());
    return run;
  }

  #list(run: SessionRun): void {
    this.#runs = this.#kept([run, ...this.#runs]);
    this.#tell('runs', { run, change: 'started' });
    void run.run.outcome.then(() => this.#tell('runs', { run, change: 'ended' }));
  }

  /** The newest {@link MAX_RUNS}, and all that have not ended. */
  #kept(runs: readonly SessionRun[]): readonly SessionRun[] {
    return runs.filter(({ state }, index) => index < MAX_RUNS || state.endedAt === undefined);
  }

  on<T extends keyof SessionEvents>(type: T, listener: (event: SessionEvents[T]) => void): () => void {
    const listeners: Set<(event: SessionEvents[T]) => void> = this.#listeners[type];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  async close(): Promise<void> {
    const open = this.#runs.filter(({ state }) => state.endedAt === undefined);
    for (const run of open) run.cancel('the debug session was closed');
    await Promise.all(open.map(({ run }) => run.outcome));
    if (this.#ownsEngine) await this.#engine.close();
  }

  onShared(work: RunCore): void {
    const run = new SessionRun(work, this);
    run.setBreakpoints(this.#ids());
    this.#unlisted.add(run);
    void work.outcome.then(() => this.#unlisted.delete(run));
  }

  onStopped(run: SessionRun, stop: Stop): void {
    if (this.#unlisted.delete(run)) this.#list(run);
    this.#tell('stopped', { run, stop });
  }

  onContinued(run: SessionRun, path: string | undefined): void {
    this.#tell('continued', { run, path });
  }

  onStopsChanged(run: SessionRun): void {
    this.#tell('stops', { run });
  }

  /** A name that stood nowhere may stand somewhere by now. One that has its place keeps it, though another node may share its name. */
  onDiscovered(node: OutlineNode): void {
    if (this.#observed.has(node.id)) return;
    this.#observed.set(node.id, node);
    if (this.#placed.every(({ verified }) => verified)) return;
    this.#set(this.#asked.map((asked, i) => (this.#placed[i]!.verified ? this.#placed[i]! : this.place(asked))));
  }

  #tell<T extends keyof SessionEvents>(type: T, event: SessionEvents[T]): void {
    const listeners: Set<(event: SessionEvents[T]) => void> = this.#listeners[type];
    for (const listener of listeners) {
      tell(listener, event, (error) => {
        // Once: an asynchronous one may have heard more by the time it fails.
        if (!listeners.delete(listener)) return;
        process.emitWarning(`A listener of a debug session threw and was removed: ${toWireError(error).message}`, {
          code: 'HOLON_LISTENER',
        });
      });
    }
  }
}

/** Whether a body in these trees is an `async` function. */
function hasAsyncBody(trees: readonly OutlineNode[]): boolean {
  const nodes = [...trees];
  for (const { definition, children } of nodes) {
    if (definition.isTask && definition.asynchronous) return true;
    nodes.push(...children);
  }
  return false;
}
