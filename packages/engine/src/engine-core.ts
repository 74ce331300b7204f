import {
  type AnyFlow,
  HolonError,
  type OutlineNode,
  type RetryPolicy,
  SharedState,
  context,
  outlineOf,
} from '@holon/flow';
import type { Answers } from './answers.ts';
import { type Clock, guardedClock } from './clock.ts';
import { EngineListeners } from './engine-listeners.ts';
import type { EngineEventBody } from './events/index.ts';
import { checkFlow, entryInput } from './entry.ts';
import { Isolation } from './executors/isolation.ts';
import { refuseWhileImporting } from './importing.ts';
import { type Call, RunKeys } from './idempotency.ts';
import { Inbox } from './inbox.ts';
import type { Instance } from './instance.ts';
import { Monitor } from './monitor.ts';
import {
  type EngineOptions,
  type StartOptions,
  type StartSettings,
  resolveEngineOptions,
  resolveStartOptions,
} from './options.ts';
import type { Random } from './random.ts';
import { LinkedList } from './linked-list.ts';
import { RunCore, type RunSetup } from './run-core.ts';
import { Admission } from './scheduling/admission.ts';
import { Pressure } from './scheduling/pressure.ts';
import type { WaitReason } from './scheduling/wait-reason.ts';
import { Slots } from './scheduling/slots.ts';
import { Tally } from './tally.ts';
import { Timers } from './timers.ts';
import { traceRun } from './trace-run.ts';
import { Turn } from './turn.ts';
import { unlessAborted } from './unless-aborted.ts';

/** What all runs of an engine share. */
export class EngineCore {
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly slots: Slots;
  readonly turn: Turn;
  readonly inbox: Inbox;
  /** Null where runs are let in without end. */
  readonly admission: Admission | null;
  readonly answers: Answers | undefined;
  readonly gracePeriodMs: number;
  readonly threads: number;
  /** Null when bodies of isolated flows run in this thread as well. */
  readonly isolation: Isolation | null;
  /** Runs that have not ended. */
  readonly runs = new LinkedList<RunCore>();
  /** What combinators keep from call to call. */
  readonly shared = new SharedState();
  readonly tally = new Tally();
  readonly listeners: EngineListeners;
  /** Undefined unless the engine is monitored. */
  readonly monitor: Monitor | undefined;
  readonly #errorRecovery: RetryPolicy | undefined;
  /** Of a run that is started without options. */
  readonly #start: StartSettings;
  readonly #outlines = new WeakMap<AnyFlow, OutlineNode>();
  readonly #keys = new RunKeys();
  #draining: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** What the ids of its runs begin with. */
  readonly #id: string;
  #numbered = 0;

  constructor(options: EngineOptions) {
    const settings = resolveEngineOptions(options);
    const onBroken = (error: unknown): void => this.#breakDown(error);
    this.clock = guardedClock(settings.clock, onBroken);
    this.random = settings.random;
    this.timers = new Timers(this.clock, onBroken);
    const { maxConcurrency, threads, scheduler, pressure, resources } = settings;
    this.slots = new Slots(maxConcurrency, {
      scheduler,
      threads,
      pressure:
        pressure === null ? null : new Pressure(pressure, resources, this.clock, (why) => this.#tellPressure(why)),
      timers: this.timers,
      elapsed: () => this.clock.elapsed(),
      now: () => this.clock.now(),
      enter: (work) => this.#enter(work),
    });
    this.turn = new Turn(this.clock, this.slots);
    this.#id = this.random.id();
    const { admission } = settings;
    this.admission = admission && new Admission(admission, scheduler.makeQueue, () => this.clock.now());
    this.inbox = new Inbox(settings.pick, this.clock, onBroken);
    this.answers = settings.answers;
    this.gracePeriodMs = settings.gracePeriodMs;
    this.threads = threads;
    this.isolation = threads === 0 ? null : new Isolation(this, settings.flows);
    this.listeners = new EngineListeners(this.clock, this.runs);
    this.monitor = settings.monitoring ? new Monitor(this.clock) : undefined;
    this.#errorRecovery = settings.errorRecovery;
    this.#start = settings.start;
  }

  numberRun(): number {
    return ++this.#numbered;
  }

  /** One draw for all runs: an id costs as much as running a node does. */
  runId(number: number): string {
    return `${this.#id}-${number}`;
  }

  /**
   * A run, checked, that begins as soon as there is room: of `execute` at once, of `start` in the next microtask. Under a
   * key that stands for one, that one.
   *
   * @throws HolonError `queue-full`, `engine-closed`, `idempotency-conflict`, and mistakes by the caller
   */
  submit(flow: AnyFlow, input: unknown, options: StartOptions | undefined, where: 'execute' | 'start'): RunCore {
    const call = this.#check(flow, input, options, where);
    const key = call.settings.idempotencyKey;
    const known = key === undefined ? undefined : this.#keys.find(key, call, where);
    if (known !== undefined) return known;
    this.#checkRoom(1, where);
    const run = this.#open(call);
    if (key !== undefined) this.#keys.add(key, run);
    this.admit(run, () => (where === 'execute' ? run.begin() : queueMicrotask(() => run.begin())));
    return run;
  }

  /** A run, checked, that its caller begins. No key is looked at. */
  prepare(flow: AnyFlow, input: unknown, options: StartOptions | undefined): RunCore {
    return this.prepareAll([[flow, input]], options, 'start')[0]!;
  }

  /** The same of several: all of them, or none if one can't be. @param where what was called, for messages */
  prepareAll(
    calls: readonly (readonly [flow: AnyFlow, input?: unknown])[],
    options: StartOptions | undefined,
    where: string,
  ): readonly RunCore[] {
    const checked = calls.map(([flow, input]) => this.#check(flow, input, options, where));
    this.#checkRoom(calls.length, where);
    return checked.map((call) => this.#open(call));
  }

  #check(flow: AnyFlow, input: unknown, options: StartOptions | undefined, where: string): Call {
    if (this.#closing !== undefined)
      throw new HolonError('engine-closed', `${where}: this engine is closed: create another one.`);
    refuseWhileImporting();
    const settings = resolveStartOptions(options, where, this.#start);
    const root = this.#outline(flow);
    return { root, input: entryInput(flow, input), settings };
  }

  /** Begins a run that was {@link prepare}d, as soon as there is room. @param begin how, when there is */
  admit(run: RunCore, begin: () => void): void {
    if (this.admission === null || this.#isWithin) begin();
    else this.admission.admit(run, begin);
  }

  /** Whether a body of one of its runs calls: were it to wait for room, it might wait for itself. */
  get #isWithin(): boolean {
    return context().runId?.startsWith(`${this.#id}-`) === true;
  }

  /** @throws HolonError `engine-closed` while draining, `queue-full` */
  #checkRoom(count: number, where: string): void {
    if (this.#draining !== undefined) {
      throw new HolonError(
        'engine-closed',
        `${where}: this engine is draining: it finishes what it has, and takes no more runs.`,
      );
    }
    if (this.admission !== null && !this.#isWithin) this.admission.check(count);
  }

  #open({ root, input, settings }: Call): RunCore {
    const { trace, paused } = settings;
    const run = this.open(root, input, settings);
    if (trace !== false) traceRun(run, trace);
    if (paused) run.pause('started paused', 'start');
    return run;
  }

  /** A run that has not begun, of what has been checked. Also while draining: runs that are to be finished may need others. */
  open(root: OutlineNode, input: unknown, setup: RunSetup): RunCore {
    const run = new RunCore(this, root, input, setup);
    this.runs.add(run);
    this.listeners.onOpened(run);
    return run;
  }

  /** Its last event has happened. */
  onEnded(run: RunCore): void {
    this.runs.delete(run);
    this.tally.add(run);
    this.listeners.onEnded(run);
  }

  /** What decides about another attempt of an instance that failed: its author's policy, else the engine's, for what began in a task. */
  retryPolicy(instance: Instance, thrown: unknown): RetryPolicy | undefined {
    const { isTask, policies } = instance.node.definition;
    if (policies.retry !== undefined || this.#errorRecovery === undefined) return policies.retry;
    return isTask && !instance.run.ledger.blame.isFromBelow(thrown, instance) ? this.#errorRecovery : undefined;
  }

  /** What no run in particular brings about. */
  #enter(work: () => void): void {
    try {
      this.turn.begin();
      try {
        work();
      } finally {
        this.turn.end();
      }
    } catch (error) {
      this.#breakDown(error);
    }
  }

  /** Not at once: who hears of it may cancel what the scheduler is just about to begin. */
  #tellPressure(why: WaitReason | undefined): void {
    const event: EngineEventBody =
      why === undefined ? { type: 'engine.relieved' } : { type: 'engine.pressed', reason: why.reason };
    queueMicrotask(() => this.listeners.publish(event));
  }

  /** What all runs share has failed: none of them can be relied on. */
  #breakDown(thrown: unknown): void {
    for (const run of this.runs.members) run.breakDown(thrown);
  }

  drain(signal: AbortSignal | undefined): Promise<void> {
    this.#draining ??= this.#drain();
    return unlessAborted(this.#draining, signal, 'drain');
  }

  async #drain(): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    this.listeners.publish({ type: 'engine.draining' });
    await this.#allEnded();
    if (this.#closing === undefined) this.listeners.publish({ type: 'engine.drained' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.listeners.publish({ type: 'engine.closing' });
    for (const run of this.runs.members) run.cancel('the engine is closing');
    await this.#allEnded();
    await this.isolation?.close();
    this.listeners.publish({ type: 'engine.closed' });
  }

  /** What runs start is awaited as well. */
  async #allEnded(): Promise<void> {
    while (!this.runs.isEmpty) await Promise.all(this.runs.members.map(({ outcome }) => outcome));
  }

  #outline(flow: AnyFlow): OutlineNode {
    checkFlow(flow);
    let outline = this.#outlines.get(flow);
    if (outline === undefined) {
      outline = outlineOf(flow);
      this.#outlines.set(flow, outline);
    }
    return outline;
  }
}
