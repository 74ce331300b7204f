import {
  Deferred,
  type HolonError,
  type OutlineNode,
  type SchedulingPolicy,
  decideRetry,
  isHolonError,
  placeError,
} from '@holon/flow';
import { swapRunning } from './ambient.ts';
import { Attempt } from './attempt.ts';
import { InstanceClaim, belowOf } from './contender.ts';
import type { InstanceStatus, Phase } from './events/index.ts';
import type { InstanceNotes } from './instance-notes.ts';
import type { Outcome } from './outcome.ts';
import * as record from './record.ts';
import type { RunCore } from './run-core.ts';
import type { Below, Claim, Contender } from './scheduling/waiter.ts';
import { type Scope, type ScopeMember, asCanceled } from './scope.ts';
import { shown } from './shown.ts';
import type { Timer } from './timers.ts';

/**
 * How many instances are being opened within each other, all on one JavaScript stack; and how many may
 * be before one gets a stack of its own, so that no nesting of flows overflows it.
 */
let stacked = 0;
const MAX_STACKED = 100;

/** Whether plain code that calls flows synchronously, which can't be given a stack of its own, is too deep to go on. */
export function isStackedTooDeep(): boolean {
  return stacked >= MAX_STACKED_IN_LINE;
}
const MAX_STACKED_IN_LINE = 400;

/** Of what is limited by nothing its author said, but by how many workers there are. */
const NO_SCHEDULING: SchedulingPolicy = {
  priority: undefined,
  maxConcurrency: undefined,
  concurrencyKey: undefined,
  rate: undefined,
};

/**
 * One execution of one node: from its opening through gate, slot, attempts and exit gate to its one
 * end. Every step goes on at once when it can, so that a chain of synchronous bodies runs through
 * without a promise; otherwise something calls it back (`onSlot`, `onReleased`, a timer, the inbox).
 *
 * ```
 * open ─ gate ─ slot ─ attempt ─ exit gate ─ settle
 *          ▲              │
 *          └─ retry delay ┘
 * ```
 */
export class Instance implements Contender, ScopeMember {
  readonly run: RunCore;
  readonly node: OutlineNode;
  readonly caller: Attempt | undefined;
  readonly scope: Scope;
  /**
   * Called synchronously from plain code, and so begun at once: observed, but not held, queued, retried or
   * timed. Until it turns out to give a promise: then it is adopted, and from there on is like any other.
   */
  inline: boolean;
  readonly branch: number;
  readonly #index: number | undefined;
  readonly #occurrence: number | undefined;
  #path: string | undefined;

  /** Its row in the live table: what a snapshot shows. Written by `record.ts` alone. */
  status: InstanceStatus = 'opened';
  reason: string | undefined;
  /** What else there is to show of it, if anything. */
  notes: InstanceNotes | undefined;
  /** The last attempt that began, from 1; 1 before the first. */
  startedAttempt = 1;
  openedAt = 0;
  startedAt: number | undefined;
  /** Since when it has been waiting for what `reason` says. */
  since = 0;

  input: unknown;
  /** Counted from 1. */
  attemptNumber = 1;
  attempt: Attempt | undefined;
  #retryTimer: Timer | undefined;
  #canceledBy: HolonError | undefined;
  /** What it will come to once it is through the exit gate. */
  outcome: Outcome | undefined;
  /** Whether it has come to its end: nothing happens to it any more. */
  ended = false;
  /** Who called it waits for this, if it did not end at once. */
  #end: Deferred | undefined;
  /** Where it stands in line. */
  place: number | undefined = undefined;
  /** Its links in its scope. */
  before: ScopeMember | undefined = undefined;
  after: ScopeMember | undefined = undefined;
  /** Counts the instances of its run. */
  readonly order: number;

  /**
   * @param caller the attempt whose procedure or code calls it; undefined for the root
   * @param scope what it is canceled with
   * @param index which of many calls of its slot, from 0
   * @param occurrence which call of this name in its caller's plain code, from 1
   */
  constructor(
    run: RunCore,
    node: OutlineNode,
    caller: Attempt | undefined,
    scope: Scope,
    input: unknown,
    inline: boolean,
    index: number | undefined,
    occurrence: number | undefined,
  ) {
    this.run = run;
    this.node = node;
    this.caller = caller;
    this.scope = scope;
    this.input = input;
    this.inline = inline;
    this.#index = index;
    this.#occurrence = occurrence;
    this.order = run.instances++;
    this.branch = caller === undefined ? 1 : run.ledger.branches.open(caller);
  }

  /** `checkout/refine[3]/improve`: iteration and attempt stand with the caller, the count of calls by plain code with the callee. */
  get path(): string {
    return this.#path ?? Instance.#buildPath(this);
  }

  /** Its own index, else that of the nearest around it. */
  get iteration(): number | undefined {
    let index = this.#index;
    for (let above = this.caller?.instance; index === undefined && above !== undefined; above = above.caller?.instance)
      index = above.#index;
    return index;
  }

  /** In a loop: plain code may have called itself thousands of levels deep. */
  static #buildPath(instance: Instance): string {
    const unbuilt = [instance];
    for (
      let above = instance.caller?.instance;
      above !== undefined && above.#path === undefined;
      above = above.caller?.instance
    )
      unbuilt.push(above);
    for (let next = unbuilt.pop(); next !== undefined; next = unbuilt.pop()) next.#path = next.#pathBelow();
    return instance.#path!;
  }

  /** Its caller's path is built. */
  #pathBelow(): string {
    const { caller } = this;
    if (caller === undefined) return this.node.segment;
    const attempt = caller.number > 1 ? `@${caller.number}` : '';
    const index = this.#index === undefined ? '' : `[${this.#index}]`;
    const occurrence = this.#occurrence === undefined || this.#occurrence === 1 ? '' : `[${this.#occurrence}]`;
    return `${caller.instance.path}${attempt}${index}/${this.node.segment}${occurrence}`;
  }

  /** Runs it as far as it goes. */
  begin(): void {
    try {
      this.#enter();
    } catch (error) {
      const broken = this.run.breakDown(error);
      this.ended = true;
      throw broken;
    }
    if (this.inline && !this.ended) this.adopt();
  }

  /** The same for whoever called it. Gives its value, throws its error, or gives what will tell of either. */
  open(): unknown {
    this.begin();
    if (!this.ended) return (this.#end = new Deferred());
    const outcome = this.outcome!;
    if (outcome.kind === 'value') return outcome.value;
    if (this.node.definition.asynchronous && !this.inline) return rejected(outcome.error);
    throw outcome.error;
  }

  #enter(): void {
    this.scope.add(this);
    record.opened(this);
    if (this.scope.canceled !== undefined) this.onCanceled(this.scope.canceled);
    else this.#arriveWithinBounds();
  }

  #arriveWithinBounds(): void {
    if (stacked >= MAX_STACKED && !this.inline) return this.#arriveUnstacked();
    stacked += 1;
    try {
      this.#arrive();
    } finally {
      stacked -= 1;
    }
  }

  /**
   * Begun in line, it stays open, or calls what certainly will: it becomes an open child like any other, and
   * so does all around it that was begun in line, since nothing ends before its children. Places change
   * hands within one batch, so that its caller's goes to it and to nobody who waits.
   */
  adopt(): void {
    this.run.enter(() => this.#adoptFromAbove());
  }

  #adoptFromAbove(): void {
    const { caller } = this;
    if (caller?.instance.inline === true) caller.instance.#adoptFromAbove();
    this.inline = false;
    if (this.#occurrence !== undefined) caller?.code.childOpened();
    this.attempt?.onAdopted();
  }

  /** Goes on with a stack of its own. Its caller gets a promise, as it does from whoever has to wait. */
  #arriveUnstacked(): void {
    void Promise.resolve().then(() => {
      if (!this.ended) this.run.enter(() => this.#arrive());
    });
  }

  #arrive(): void {
    const { gate } = this.run;
    if (gate !== null && !this.inline && gate.enter(this, 'entry')) return;
    this.#begin();
  }

  /** The gate lets it go on. */
  onReleased(phase: Phase): void {
    if (this.ended) return;
    if (phase === 'entry') this.#begin();
    else this.#settle(this.outcome!);
  }

  #begin(): void {
    if (this.#answer()) return;
    if (this.inline) return this.onSlot();
    if (this.scheduling !== null) return this.#beginWithinLimits();
    const waitsFor = this.needsPlace ? this.run.engine.slots.take(this, 'waiting') : undefined;
    if (waitsFor === undefined) this.onSlot();
    else record.queued(this, waitsFor);
  }

  /** With what a key function of its flow throws, the attempt fails. */
  #beginWithinLimits(): void {
    let waitsFor: string | undefined;
    try {
      waitsFor = this.run.engine.slots.take(this, 'waiting');
    } catch (error) {
      return this.attemptEnded({ kind: 'error', error });
    }
    if (waitsFor === undefined) this.onSlot();
    else record.queued(this, waitsFor);
  }

  /** Whether something took the place of the body; or failed to, which fails the attempt. */
  #answer(): boolean {
    let outcome: Outcome;
    try {
      const answer = this.run.ask(this);
      if (answer === undefined) return this.ended;
      record.answered(this, answer.source);
      outcome =
        answer.kind === 'value' ? { kind: 'value', value: answer.value } : { kind: 'error', error: answer.error };
    } catch (error) {
      outcome = { kind: 'error', error };
    }
    this.attemptEnded(outcome);
    return true;
  }

  onSlot(): void {
    try {
      this.attempt = new Attempt(this, this.attemptNumber);
      this.attempt.start();
    } catch (error) {
      this.run.breakDown(error);
    }
  }

  /**
   * An attempt, or the answer in its place, came to this. Its slot is given back. Whatever asks or tells
   * others on the way may cancel the run, and with it this instance: hence the looks at `ended`.
   */
  attemptEnded(outcome: Outcome): void {
    if (this.ended) return;
    this.attempt = undefined;
    if (this.scheduling !== null) this.run.engine.slots.leave(this);
    if (this.#canceledBy !== undefined) {
      this.#settle({ kind: 'canceled', error: this.#canceledBy });
      return;
    }
    if (outcome.kind === 'error' && isHolonError(outcome.error)) placeError(outcome.error, this.path);
    if (outcome.kind === 'error' && !this.inline) {
      const policy = this.run.engine.retryPolicy(this, outcome.error);
      const draw = policy !== undefined && policy.jitter > 0 ? this.run.engine.random.next() : 0;
      const decision = decideRetry(policy, { attempt: this.attemptNumber, error: outcome.error, draw });
      if (this.ended) return;
      if (decision.kind === 'retry') {
        this.#retryAfter(decision.delayMs, decision.reason, outcome.error);
        return;
      }
      record.gaveUp(this, decision);
    }
    this.outcome = outcome;
    const { gate } = this.run;
    if (gate !== null && !this.inline && gate.enter(this, 'exit')) return;
    this.#settle(outcome);
  }

  #retryAfter(delayMs: number, reason: string, error: unknown): void {
    record.retrying(this, delayMs, reason, error);
    if (delayMs === 0) {
      this.attemptNumber += 1;
      this.#arriveWithinBounds();
      return;
    }
    this.#retryTimer = this.run.engine.timers.add(delayMs, () => {
      this.#retryTimer = undefined;
      this.attemptNumber += 1;
      this.run.enter(() => this.#arrive());
    });
  }

  onCanceled(reason: HolonError): void {
    if (this.ended || this.#canceledBy !== undefined) return;
    const canceledBy = asCanceled(reason);
    this.#canceledBy = canceledBy;
    if (this.attempt !== undefined) {
      this.attempt.abort(canceledBy);
      return;
    }
    if (this.#retryTimer !== undefined) this.run.engine.timers.remove(this.#retryTimer);
    this.run.engine.slots.leave(this);
    this.run.gate?.drop(this);
    this.#settle({ kind: 'canceled', error: canceledBy });
  }

  #settle(outcome: Outcome): void {
    this.ended = true;
    this.outcome = outcome;
    record.ended(this, outcome);
    const { caller } = this;
    if (caller !== undefined) this.run.ledger.branches.close(this);
    // Before its caller hears of it: a procedure that ends with its last child has nothing left to cancel.
    this.scope.delete(this);
    if (caller === undefined) this.run.onRootEnded(outcome);
    else if (this.#occurrence !== undefined) caller.code.childEnded(this, () => this.#deliver(outcome));
    else if (this.#end !== undefined) this.#deliver(outcome);
  }

  /** Calls back whoever called it, as a part of that. */
  #deliver(outcome: Outcome): void {
    const outer = swapRunning(this.caller);
    try {
      if (outcome.kind === 'value') this.#end?.resolve(outcome.value);
      else this.#end?.reject(outcome.error);
    } finally {
      swapRunning(outer);
    }
  }

  /** Its run has broken down: whoever waits for it hears so. */
  giveUp(reason: HolonError): void {
    this.outcome = { kind: 'canceled', error: reason };
    this.#end?.reject(reason);
    const { slots, timers } = this.run.engine;
    slots.leave(this);
    this.attempt?.giveUp(reason);
    if (this.#retryTimer !== undefined) timers.remove(this.#retryTimer);
    this.run.gate?.drop(this);
  }

  /** When its next attempt begins, in the clock's elapsed time. */
  get retriesAt(): number | undefined {
    return this.#retryTimer?.dueAt;
  }

  get scheduling(): SchedulingPolicy | null {
    return this.node.definition.policies.scheduling ?? (this.needsWorker ? NO_SCHEDULING : null);
  }

  get needsWorker(): boolean {
    return this.node.definition.policies.isolation !== null && this.run.engine.isolation !== null;
  }

  get needsPlace(): boolean {
    return this.node.definition.isTask;
  }

  get claim(): Claim {
    return new InstanceClaim(this);
  }

  get above(): Instance | undefined {
    return this.caller === undefined ? this.run.starter : this.caller.instance;
  }

  get below(): Below {
    return belowOf(this);
  }

  onWaitsFor(reason: string): void {
    if (!this.ended) record.queued(this, reason);
  }

  /** The input as people see it. */
  get shownInput(): unknown {
    return shown(this.input);
  }
}

/** What is known to give a promise never throws: its siblings begin, as they do when it is called directly. */
function rejected(error: unknown): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(ignore);
  return promise;
}

const ignore = (): void => undefined;
