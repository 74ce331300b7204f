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
import { checkFlow, entryInput } from './entry.ts';
import { Isolation } from './executors/isolation.ts';
import { refuseWhileImporting } from './importing.ts';
import { Inbox } from './inbox.ts';
import type { Instance } from './instance.ts';
import {
  type EngineOptions,
  type StartOptions,
  type StartSettings,
  resolveEngineOptions,
  resolveStartOptions,
} from './options.ts';
import type { Random } from './random.ts';
import { LinkedList } from './linked-list.ts';
import { RunCore } from './run-core.ts';
import { Admission } from './scheduling/admission.ts';
import { Pressure } from './scheduling/pressure.ts';
import { Slots } from './scheduling/slots.ts';
import { Timers } from './timers.ts';
import { Turn } from './turn.ts';

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
  readonly threads: number | undefined;
  /** Null when bodies of isolated flows run in this thread as well. */
  readonly isolation: Isolation | null;
  /** Runs that have not ended. */
  readonly runs = new LinkedList<RunCore>();
  /** What combinators keep from call to call. */
  readonly shared = new SharedState();
  readonly #outlines = new WeakMap<AnyFlow, OutlineNode>();
  readonly #errorRecovery: RetryPolicy | undefined;
  /** Of a run that is started without options. */
  readonly #start: StartSettings;
  /** What the ids of its runs begin with. */
  readonly #id: string;
  #numbered = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    const settings = resolveEngineOptions(options);
    const onBroken = (error: unknown): void => this.#breakDown(error);
    this.clock = guardedClock(settings.clock, onBroken);
    this.random = settings.random;
    this.timers = new Timers(this.clock, onBroken);
    const { maxConcurrency, scheduler, pressure, resources } = settings;
    this.slots = new Slots(maxConcurrency, {
      scheduler,
      pressure: pressure === null ? null : new Pressure(pressure, resources, this.clock),
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
    this.threads = settings.threads;
    this.isolation = settings.threads === 0 ? null : new Isolation(this, settings.flows);
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
   * A run, checked and ready to begin.
   *
   * @param where what the caller called, for messages
   * @throws HolonError `queue-full`
   */
  prepare(flow: AnyFlow, input: unknown, options: StartOptions | undefined, where = 'start'): RunCore {
    if (this.#closed) throw new HolonError('invalid-option', 'This engine is closed: create another one.');
    refuseWhileImporting();
    const settings = resolveStartOptions(options, where, this.#start);
    const root = this.#outline(flow);
    const checked = entryInput(flow, input);
    if (this.admission !== null && !this.#isWithin) this.admission.check();
    const run = new RunCore(this, root, checked, settings);
    if (settings.paused) run.pause('started paused', 'start');
    this.runs.add(run);
    return run;
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

  /** What all runs share has failed: none of them can be relied on. */
  #breakDown(thrown: unknown): void {
    for (const run of this.runs.members) run.breakDown(thrown);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ends = this.runs.members.map((run) => {
      run.cancel('the engine is closing');
      return run.outcome;
    });
    await Promise.all(ends);
    await this.isolation?.close();
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
