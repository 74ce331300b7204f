import { type AnyFlow, HolonError, type OutlineNode, textOf, toWireError } from '@holon/flow';
import { Surroundings, outside } from './ambient.ts';
import type { Answer, Answers } from './answers.ts';
import type { EngineCore } from './engine-core.ts';
import { EventLog } from './event-log.ts';
import { type Labels, type NodeCounts, type RunParent, type RunStatus, viewOf } from './events/index.ts';
import { Gate } from './gate.ts';
import { Instance } from './instance.ts';
import { COUNTED, Ledger, countAt } from './ledger.ts';
import type { Linked } from './linked-list.ts';
import { Monitor } from './monitor.ts';
import type { Outcome } from './outcome.ts';
import type { RunOutcome } from './run.ts';
import type { Applicant } from './scheduling/admission.ts';
import type { Claim } from './scheduling/waiter.ts';
import { Scope, type ScopeMember } from './scope.ts';
import type { Timer } from './timers.ts';
import { shown } from './shown.ts';
import type { Signals } from './signals.ts';
import type { ValueTable } from './value-table.ts';
import type { Waits } from './waits.ts';

/** What a run may be started with, options checked. */
export interface RunSetup {
  readonly timeoutMs: number | undefined;
  readonly answers: Answers | undefined;
  readonly signal: AbortSignal | undefined;
  readonly priority: number;
  readonly labels: Labels;
  readonly idempotencyKey: string | undefined;
  /** The instance that started it, where one did. */
  readonly parent?: RunParent;
  /** That instance itself: what it holds, the run is within. */
  readonly starter?: Instance;
  /** See {@link Instance.inline}: of a run that plain code started by calling synchronously. */
  readonly inline?: boolean;
}

/**
 * The inside of a run: its live table, its log, its gate, its one end. There may be a hundred thousand at once, most
 * of them waiting for a place: so what few runs need is made when first asked for.
 */
export class RunCore implements Linked<RunCore>, Applicant {
  readonly engine: EngineCore;
  /** Counts the runs of its engine. */
  readonly number: number;
  readonly log: EventLog;
  readonly surroundings = new Surroundings();
  readonly root: OutlineNode;
  readonly input: unknown;
  /** Its links among the engine's runs. */
  before: RunCore | undefined = undefined;
  after: RunCore | undefined = undefined;
  /** Null unless somebody pauses or debugs it: the one check an undebugged instance pays. */
  gate: Gate | null = null;
  /** Null unless a debugger keeps values. */
  values: ValueTable | null = null;
  /** Undefined unless the engine is monitored. */
  readonly monitor: Monitor | undefined;
  /** Null unless something in it waits, or has. */
  waits: Waits | null = null;
  /** Null unless somebody sends it a signal or waits for one. */
  signals: Signals | null = null;
  status: RunStatus = 'created';
  reason: string | undefined = undefined;
  createdAt = 0;
  endedAt: number | undefined = undefined;
  /** How it ended, once it has. */
  ended: RunOutcome<unknown> | undefined = undefined;
  /** How many instances have been opened. */
  instances = 0;

  readonly #setup: RunSetup;
  readonly #scope = new Scope(undefined);
  #begun = false;
  /** The root's instance, which encloses all others. */
  #first: Instance | undefined = undefined;
  #ledger: Ledger | undefined = undefined;
  #canceling: { readonly reason: string; readonly cause?: unknown } | undefined = undefined;
  #failed: HolonError | undefined = undefined;
  #broken: HolonError | undefined = undefined;
  #timer: Timer | undefined = undefined;
  #onAbort: (() => void) | undefined = undefined;
  #onEnded: ((outcome: RunOutcome<unknown>) => void)[] | undefined = undefined;
  #result: Promise<unknown> | undefined = undefined;
  #resolve: ((value: unknown) => void) | undefined = undefined;
  #reject: ((error: unknown) => void) | undefined = undefined;
  #outcome: Promise<RunOutcome<unknown>> | undefined = undefined;
  #id: string | undefined = undefined;

  constructor(engine: EngineCore, root: OutlineNode, input: unknown, setup: RunSetup) {
    this.engine = engine;
    this.number = engine.numberRun();
    this.log = new EventLog(engine.turn);
    this.monitor = engine.monitor && new Monitor(engine.clock, engine.monitor);
    this.root = root;
    this.input = input;
    this.#setup = setup;
  }

  get id(): string {
    return (this.#id ??= this.engine.runId(this.number));
  }

  /** Rejects with what it failed with, or with `canceled`. */
  get result(): Promise<unknown> {
    return (this.#result ??= new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      if (this.ended !== undefined) settle(this.ended, resolve, reject);
    }));
  }

  get outcome(): Promise<RunOutcome<unknown>> {
    return (this.#outcome ??= new Promise((resolve) => this.whenEnded(resolve)));
  }

  /** Calls back at its end; at once, when it has come. */
  whenEnded(then: (outcome: RunOutcome<unknown>) => void): void {
    if (this.ended !== undefined) then(this.ended);
    else (this.#onEnded ??= []).push(then);
  }

  /** What it knows of its nodes. */
  get ledger(): Ledger {
    return (this.#ledger ??= new Ledger());
  }

  /** Instances that have not ended, in the order in which they were opened. Found by a walk through the scopes. */
  get open(): readonly Instance[] {
    const open: Instance[] = [];
    const scopes: Scope[] = [this.#scope];
    for (const scope of scopes) {
      for (const member of scope.members) {
        if (member instanceof Scope) scopes.push(member);
        else if (member instanceof Instance) {
          if (!member.ended) open.push(member);
          const inner = member.attempt?.openScope;
          if (inner !== undefined) scopes.push(inner);
        }
      }
    }
    return open.sort((a, b) => a.order - b.order);
  }

  /** When what happens just now happens: by the turn for those who watch, roughly for nobody. */
  now(): number {
    const { turn } = this.engine;
    return this.log.watched ? turn.now() : turn.roughly();
  }

  /** By static id. */
  get counts(): Map<string, NodeCounts> {
    const first = this.#first;
    if (first === undefined) return new Map();
    const outcome = first.ended ? first.outcome : undefined;
    const root: NodeCounts = { opened: 1, succeeded: 0, failed: 0, canceled: 0 };
    if (outcome !== undefined) root[CAME_TO[outcome.kind]] = 1;
    return new Map([[this.root.id, root], ...(this.#ledger?.countsIn(this.root) ?? [])]);
  }

  /** Adds what its instances have come to: four for each node, at four times its ordinal. */
  addCounts(sums: number[]): void {
    const first = this.#first;
    if (first === undefined) return;
    this.#ledger?.addCounts(sums);
    countAt(sums, this.root, COUNTED.opened);
    const outcome = first.ended ? first.outcome : undefined;
    if (outcome !== undefined) countAt(sums, this.root, COUNTED[CAME_TO[outcome.kind]]);
  }

  get flow(): AnyFlow {
    return this.root.flow;
  }

  /** What takes the place of bodies in this run alone. */
  get answers(): Answers | undefined {
    return this.#setup.answers;
  }

  /** What the scheduler knows of it, as one that waits to be admitted. */
  get claim(): Claim {
    const { root, id, labels } = this;
    const priority = root.definition.policies.scheduling?.priority ?? this.priority;
    return { path: root.id, id: root.id, runId: id, flow: root.id, priority, labels };
  }

  /** It has to wait to be admitted. It can be canceled meanwhile. */
  onWaits(): void {
    const { signal } = this.#setup;
    if (signal !== undefined) this.#follow(signal);
  }

  /** From -10 to 10, for a scheduler that goes by it. */
  get priority(): number {
    return this.#setup.priority;
  }

  get labels(): Labels {
    return this.#setup.labels;
  }

  /** What it is within, where an instance of another run started it. */
  get starter(): Instance | undefined {
    return this.#setup.starter;
  }

  get parent(): RunParent | undefined {
    return this.#setup.parent;
  }

  /** What keys of its bodies begin with: the same for every run under the same key. */
  get idempotencyKey(): string {
    return this.#setup.idempotencyKey ?? this.id;
  }

  get begun(): boolean {
    return this.#begun;
  }

  /**
   * The way in for whatever calls from outside: a timer, a settled body, an opened gate. Those who wait
   * for a place go on after it. No body throws here; so what is thrown is a mistake of our own, or of a
   * port, and ends the run.
   */
  enter(work: () => void): void {
    const { turn } = this.engine;
    try {
      turn.begin();
      try {
        work();
      } finally {
        turn.end();
      }
    } catch (error) {
      this.breakDown(error);
    }
  }

  /** The same for what opens nothing. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.breakDown(error);
    }
  }

  /** Opens the root instance. Once. What is isolated in it has to be found first, where it will run. */
  begin(): void {
    const { isolation } = this.engine;
    if (!this.root.definition.isolates || isolation === null || isolation.hasFound(this.root))
      this.enter(() => this.#begin());
    else this.#beginAfter(isolation.find(this.root));
  }

  /** Begins when `ready`; canceled before, it begins at once, to end at once; without anything of it running, it fails with why it is not. */
  #beginAfter(ready: Promise<void>): void {
    const begin = (): void => {
      if (this.#begun) return;
      this.#scope.delete(waiting);
      this.enter(() => this.#begin());
    };
    const waiting: ScopeMember = { onCanceled: begin };
    this.#scope.add(waiting);
    ready.then(begin, (error: HolonError) => {
      if (!this.#begun) this.#failWith(error);
    });
  }

  #begin(): void {
    const { timeoutMs, signal } = this.#setup;
    this.#begun = true;
    this.createdAt = this.now();
    this.#publishCreated();
    this.signals?.onBegun();
    if (this.#canceling === undefined) {
      if (this.gate?.paused !== undefined) this.#enterPaused(this.gate.paused);
      if (this.status === 'created') this.status = 'running';
      if (this.log.watched) this.log.append({ seq: 0, at: this.now(), type: 'run.started' });
      else this.log.skip();
      if (timeoutMs !== undefined) this.#timer = this.engine.timers.add(timeoutMs, () => this.#timeOut(timeoutMs));
      if (signal !== undefined && this.#onAbort === undefined) this.#follow(signal);
    }
    const inline = this.#setup.inline ?? false;
    const root = new Instance(this, this.root, undefined, this.#scope, this.input, inline, undefined, undefined);
    this.#first = root;
    root.begin();
  }

  /** What takes the place of a body, if anything does. */
  ask(instance: Instance): Answer | undefined {
    const own = this.#setup.answers;
    const general = this.engine.answers;
    if (own === undefined && general === undefined) return undefined;
    const question = {
      path: instance.path,
      id: instance.node.id,
      input: instance.shownInput,
      attempt: instance.attemptNumber,
    };
    return outside(() => own?.(question) ?? general?.(question));
  }

  pause(reason: string, announce: 'pause' | 'start'): void {
    this.guard(() => this.#pause(reason, announce));
  }

  #pause(reason: string, announce: 'pause' | 'start'): void {
    if (this.#over || this.#canceling !== undefined) return;
    this.gate ??= new Gate(this);
    if (this.gate.paused !== undefined) return;
    this.gate.paused = { reason, announce };
    if (this.#begun) this.#enterPaused(this.gate.paused);
  }

  #enterPaused(paused: { readonly reason: string }): void {
    this.status = 'paused';
    this.reason = paused.reason;
    if (this.log.watched) this.log.append({ seq: 0, at: this.now(), type: 'run.paused', reason: paused.reason });
    else this.log.skip();
  }

  resume(reason: string): void {
    this.guard(() => this.#resume(reason));
  }

  #resume(reason: string): void {
    if (this.#over || this.#canceling !== undefined || this.gate?.paused === undefined) return;
    this.gate.paused = undefined;
    this.gate.step = undefined;
    if (!this.#begun) return;
    this.status = 'running';
    this.reason = undefined;
    if (this.log.watched) this.log.append({ seq: 0, at: this.now(), type: 'run.resumed', reason });
    else this.log.skip();
    this.gate.releaseAll(reason);
  }

  /** @param options.cause what a signal was aborted with */
  cancel(reason: string, options: { readonly cause?: unknown } = {}): void {
    this.#cancel(new HolonError('canceled', `canceled: ${reason}`, options), { reason, ...options });
  }

  #timeOut(ms: number): void {
    if (this.#over || this.#canceling !== undefined) return;
    this.#failWith(new HolonError('timeout', `the run timed out after ${ms} ms`, { path: this.root.id }));
  }

  /** Cancels what is open; then it fails with this. */
  #failWith(error: HolonError): void {
    if (this.#canceling !== undefined) return;
    this.#failed = error;
    this.#cancel(error, { reason: error.message });
  }

  #cancel(error: HolonError, why: { readonly reason: string; readonly cause?: unknown }): void {
    if (this.#over || this.#canceling !== undefined) return;
    const { reason } = why;
    this.#canceling = why;
    this.enter(() => {
      if (this.#begun) {
        this.status = 'canceling';
        this.reason = reason;
        if (this.log.watched) this.log.append({ seq: 0, at: this.now(), type: 'run.canceling', reason });
        else this.log.skip();
      }
      this.#scope.cancel(error);
      if (!this.#begun) this.engine.admission?.onCanceled(this);
    });
  }

  #follow(signal: AbortSignal): void {
    const onAbort = (): void => {
      const cause: unknown = signal.reason;
      const reason = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : textOf(cause);
      this.cancel(reason, { cause });
    };
    if (signal.aborted) return onAbort();
    this.#onAbort = onAbort;
    signal.addEventListener('abort', onAbort, { once: true });
  }

  /** Whether what it comes to is settled, told or not. */
  get #over(): boolean {
    return this.#first?.ended === true || this.endedAt !== undefined;
  }

  /** Its time stands still while something in it is held. */
  freeze(): void {
    if (this.#timer !== undefined) this.engine.timers.suspend(this.#timer);
  }

  thaw(): void {
    if (this.#timer !== undefined) this.engine.timers.resume(this.#timer);
  }

  /** The root's instance has ended. */
  onRootEnded(outcome: Outcome): void {
    if (this.endedAt !== undefined) return;
    this.#detach();
    this.#finish(this.#judge(outcome), this.now());
  }

  #detach(): void {
    if (this.#onAbort !== undefined) this.#setup.signal?.removeEventListener('abort', this.#onAbort);
    if (this.#timer !== undefined) this.engine.timers.remove(this.#timer);
  }

  #finish(end: RunOutcome<unknown>, at: number): void {
    this.status = end.status;
    this.reason = end.status === 'canceled' ? end.reason : undefined;
    this.endedAt = at;
    this.ended = end;
    this.#publishEnd(end, at);
    this.engine.onEnded(this);
    if (this.#resolve !== undefined) settle(end, this.#resolve, this.#reject!);
    const callbacks = this.#onEnded;
    this.#onEnded = undefined;
    if (callbacks !== undefined) for (const callback of callbacks) callback(end);
  }

  /**
   * Something that can't be has been: the run ends at once, as failed with `internal`, and waits for nobody;
   * places that it has go to others. Gives the error. Whatever breaks on the way is left: this can't fail.
   */
  breakDown(thrown: unknown): HolonError {
    if (this.#broken !== undefined) return this.#broken;
    const error = new HolonError(
      'internal',
      `Holon itself failed, or a clock or random that was given to it: ${toWireError(thrown).message}. If it was Holon, please report this as a bug, with the stack of the cause.`,
      { cause: thrown, path: this.root.id },
    );
    this.#broken = error;
    if (this.endedAt !== undefined) return error;
    const why = new HolonError('canceled', `canceled: ${error.message}`, { cause: error });
    const { open } = this;
    // All of them before any is told: none must go on for another.
    for (const instance of open) instance.ended = true;
    let at = this.createdAt;
    attempted(() => {
      at = this.engine.clock.now();
    });
    attempted(() => this.#detach());
    attempted(() => this.#finish({ status: 'failed', error, path: this.root.id, attempt: 1, gaveUp: undefined }, at));
    this.log.close();
    attempted(() =>
      this.engine.slots.batch(() => {
        for (const instance of open) attempted(() => instance.giveUp(why));
        attempted(() => this.#scope.cancel(why));
      }),
    );
    return error;
  }

  #judge(outcome: Outcome): RunOutcome<unknown> {
    if (outcome.kind === 'value') return { status: 'succeeded', value: outcome.value };
    if (this.#failed !== undefined)
      return { status: 'failed', error: this.#failed, path: this.root.id, attempt: 1, gaveUp: undefined };
    if (outcome.kind === 'canceled')
      return { status: 'canceled', ...(this.#canceling ?? { reason: outcome.error.message }) };
    const origin = this.#ledger?.blame.of(outcome.error) ?? { path: this.root.id, attempt: 1, gaveUp: undefined };
    return { status: 'failed', error: outcome.error, ...origin };
  }

  #publishCreated(): void {
    if (!this.log.watched) return this.log.skip();
    this.log.append({
      seq: 0,
      at: this.createdAt,
      type: 'run.created',
      runId: this.id,
      flow: this.root.id,
      parent: this.parent,
      input: viewOf(shown(this.input)),
      labels: this.labels,
    });
  }

  #publishEnd(end: RunOutcome<unknown>, at: number): void {
    if (!this.log.watched) return this.log.skip();
    switch (end.status) {
      case 'succeeded':
        return this.log.append({ seq: 0, at, type: 'run.succeeded', output: viewOf(end.value) });
      case 'failed':
        return this.log.append({ seq: 0, at, type: 'run.failed', error: toWireError(end.error), path: end.path });
      case 'canceled':
        return this.log.append({ seq: 0, at, type: 'run.canceled', reason: end.reason });
    }
  }
}

/** Resolves with the run's value, or rejects with what it failed with, or with `canceled`. */
function settle(
  outcome: RunOutcome<unknown>,
  resolve: (value: unknown) => void,
  reject: (error: unknown) => void,
): void {
  switch (outcome.status) {
    case 'succeeded':
      return resolve(outcome.value);
    case 'failed':
      return reject(outcome.error);
    case 'canceled':
      return reject(
        new HolonError(
          'canceled',
          `The run was canceled: ${outcome.reason}`,
          'cause' in outcome ? { cause: outcome.cause } : {},
        ),
      );
  }
}

const CAME_TO = { value: 'succeeded', error: 'failed', canceled: 'canceled' } as const;

/** Does what can be done. */
function attempted(work: () => void): void {
  try {
    work();
  } catch {
    // Part of a breakdown, whose first cause is told.
  }
}
