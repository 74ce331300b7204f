import { type AnyFlow, type Context, HolonError, type Port, applySchema, isPromiseLike } from '@holon/flow';
import type { Body } from './ambient.ts';
import { BodyContext } from './context.ts';
import { type Followed, follow } from './follower.ts';
import type { SettledBody } from './inbox.ts';
import type { Instance } from './instance.ts';
import type { Outcome } from './outcome.ts';
import { PlainCode } from './plain-code.ts';
import { EnginePort } from './port.ts';
import * as record from './record.ts';
import { Scope } from './scope.ts';
import type { Timer } from './timers.ts';

/** What a task is given for a port: it has no children to call. */
const NO_PORT = undefined as unknown as Port;

/**
 * One attempt of an instance: the body, its timeout, its abort, the children it opens, and the place
 * it takes on the executor. It ends once, after its body and all its children; what a body gives
 * after its attempt was aborted is dropped.
 */
export class Attempt implements Body, Followed, SettledBody {
  readonly instance: Instance;
  /** Counted from 1. */
  readonly number: number;
  /** Whether an open child has taken over this attempt's branch of the run. */
  branchTaken = false;
  hasSlot: boolean;
  bodyDone = false;
  ended = false;
  /** Once it has children, or somebody has read its signal. */
  #scope: Scope | undefined;
  /** Once its plain code has called a flow. */
  #code: PlainCode | undefined;
  #context: Context | undefined;
  #timeout: Timer | undefined;
  #grace: Timer | undefined;
  /** How many instances below it the debugger holds; its timeout stands still meanwhile. */
  #frozen = 0;
  #abortedBy: HolonError | undefined;

  constructor(instance: Instance, number: number) {
    this.instance = instance;
    this.number = number;
    this.hasSlot = instance.node.definition.isTask && !instance.inline;
  }

  /** What it opens, and what its signal tells of. */
  get scope(): Scope {
    return (this.#scope ??= this.#openScope());
  }

  #openScope(): Scope {
    const scope = new Scope(undefined);
    scope.canceled = this.#abortedBy ?? this.instance.scope.canceled;
    scope.closed = this.ended;
    return scope;
  }

  /** What is open in it. */
  get openScope(): Scope | undefined {
    return this.#scope;
  }

  /** Whether its body is waiting for children that its own code called. */
  get awaitsChildren(): boolean {
    return this.#code?.isOpen === true || (this.bodyDone && this.#scope?.isEmpty === false);
  }

  /** Whether its body runs on without a place that it has lent to a child. */
  get wantsSlot(): boolean {
    return !this.bodyDone && !this.ended && !this.hasSlot && this.instance.node.definition.isTask;
  }

  get context(): Context {
    return (this.#context ??= new BodyContext(this));
  }

  /** The plain code of its body. */
  get code(): PlainCode {
    return (this.#code ??= new PlainCode(this));
  }

  callFlow(flow: AnyFlow, input: unknown): unknown {
    return this.code.call(flow, input);
  }

  start(): void {
    const { instance } = this;
    const { run, node } = instance;
    record.started(this);
    if (!instance.inline && !instance.needsWorker) this.#armTimeout();
    // Its run may have broken down over the timer.
    if (this.ended) return;
    let result: unknown;
    try {
      result = run.surroundings.call(this, node.definition.asynchronous);
    } catch (error) {
      run.engine.turn.timePassed();
      this.#bodyEnded({ kind: 'error', error });
      return;
    }
    run.engine.turn.timePassed();
    if (isPromiseLike(result)) follow(result, this);
    else this.#bodyEnded({ kind: 'value', value: result });
  }

  onBodyValue(value: unknown): void {
    this.#hear({ kind: 'value', value });
  }

  onBodyError(error: unknown): void {
    this.#hear({ kind: 'error', error });
  }

  /** Called by `ambient.ts`, which puts this attempt around it. */
  body(): unknown {
    const { instance } = this;
    const { definition, label } = instance.node;
    const input =
      definition.input === undefined ? instance.input : applySchema(definition.input, instance.input, 'input', label);
    if (this.instance.needsWorker)
      return instance.run.engine.isolation!.run(this, definition.policies.isolation!, input);
    return definition.run(input, definition.isTask ? NO_PORT : new EnginePort(this, this.scope));
  }

  #armTimeout(): void {
    const { instance } = this;
    const { run } = instance;
    const ms = instance.node.definition.policies.timeoutMs;
    if (ms === undefined) return;
    this.#timeout = run.engine.timers.add(ms, () =>
      run.enter(() => this.abort(new HolonError('timeout', `timed out after ${ms} ms`, { path: instance.path }))),
    );
  }

  /** Its body, which runs elsewhere, has got a place there: its time begins. */
  bodyBegan(): void {
    if (!this.ended && this.#abortedBy === undefined && this.#timeout === undefined) this.#armTimeout();
  }

  /** Begun in line, it gave a promise. Its body runs already: where no place is free, it does without one. */
  onAdopted(): void {
    this.#armTimeout();
    const { node, run } = this.instance;
    if (node.definition.isTask && !this.bodyDone && !this.ended) this.hasSlot = run.engine.slots.takeNow();
  }

  /** A settled body comes back through the inbox; a procedure's end follows from its children's. */
  #hear(outcome: Outcome): void {
    const { run, node } = this.instance;
    const { inbox } = run.engine;
    if (node.definition.isTask && inbox.orders) inbox.put(this, () => this.#heard(outcome));
    else this.#heard(outcome);
  }

  #heard(outcome: Outcome): void {
    const { run } = this.instance;
    const { turn } = run.engine;
    try {
      turn.begin();
      try {
        this.#bodyEnded(outcome);
      } finally {
        turn.end();
      }
    } catch (error) {
      run.breakDown(error);
    }
  }

  #bodyEnded(outcome: Outcome): void {
    if (this.ended) {
      record.late(this);
      return;
    }
    this.bodyDone = true;
    this.releaseSlot();
    this.#code?.handOver();
    const scope = this.#scope;
    if (scope === undefined) return this.#end(outcome);
    if (outcome.kind !== 'value') scope.cancel(new HolonError('canceled', 'canceled: what called it has failed'));
    if (scope.isEmpty) this.#end(outcome);
    else scope.whenEmpty(() => this.#end(outcome));
  }

  #end(outcome: Outcome): void {
    if (this.ended) return;
    this.ended = true;
    const { timers } = this.instance.run.engine;
    if (this.#timeout !== undefined) timers.remove(this.#timeout);
    if (this.#grace !== undefined) timers.remove(this.#grace);
    this.releaseSlot();
    this.#scope?.close();
    this.instance.attemptEnded(this.#judge(outcome));
  }

  /** What the body gave counts only if the attempt was not aborted, and if it fits the schema. */
  #judge(outcome: Outcome): Outcome {
    if (this.#abortedBy !== undefined) {
      if (outcome.kind === 'value' && this.bodyDone) record.late(this);
      return { kind: 'error', error: this.#abortedBy };
    }
    const { output } = this.instance.node.definition;
    if (outcome.kind !== 'value' || output === undefined) return outcome;
    try {
      return { kind: 'value', value: applySchema(output, outcome.value, 'output', this.instance.node.label) };
    } catch (error) {
      return { kind: 'error', error };
    }
  }

  /** Asks the body and its children to stop, and waits for them as long as the grace period. */
  abort(reason: HolonError): void {
    if (this.ended || this.#abortedBy !== undefined) return;
    this.#abortedBy = reason;
    this.#armGrace();
    this.#scope?.cancel(reason);
  }

  #armGrace(): void {
    const { run } = this.instance;
    const { timers, gracePeriodMs } = run.engine;
    this.#grace = timers.add(gracePeriodMs, () => run.enter(() => this.#graceOver()));
  }

  /** Its children have a grace period of their own; only when they are done, and it knows, is it the body that hangs. */
  #graceOver(): void {
    if (this.ended) return;
    if (this.#scope?.isEmpty === false || this.#code?.isDelivering === true) {
      this.#armGrace();
      return;
    }
    record.abandoned(this);
    this.#code?.handOver();
    this.#end({ kind: 'error', error: this.#abortedBy! });
  }

  /** The debugger holds something below: this attempt's time stands still. */
  freeze(): void {
    this.#frozen += 1;
    if (this.#frozen === 1 && this.#timeout !== undefined) this.instance.run.engine.timers.suspend(this.#timeout);
  }

  thaw(): void {
    this.#frozen -= 1;
    if (this.#frozen === 0 && this.#timeout !== undefined) this.instance.run.engine.timers.resume(this.#timeout);
  }

  /** Its run has broken down: its place goes to others, its body is asked to stop, and what that gives is dropped. */
  giveUp(reason: HolonError): void {
    const { timers } = this.instance.run.engine;
    this.ended = true;
    this.releaseSlot();
    this.#code?.leave();
    if (this.#timeout !== undefined) timers.remove(this.#timeout);
    if (this.#grace !== undefined) timers.remove(this.#grace);
    this.#scope?.cancel(reason);
  }

  releaseSlot(): void {
    if (!this.hasSlot) return;
    this.hasSlot = false;
    this.instance.run.engine.slots.give();
  }
}
