import {
  type AmbientCell,
  type AnyFlow,
  type Context,
  HolonError,
  applySchema,
  definitionOf,
  isPromiseLike,
} from '@holon/flow';
import { within } from './ambient.ts';
import { BodyContext } from './context.ts';
import type { SettledBody } from './inbox.ts';
import { Instance, isStackedTooDeep } from './instance.ts';
import type { Outcome } from './outcome.ts';
import { EnginePort } from './port.ts';
import * as record from './record.ts';
import type { SlotWaiter } from './scheduler.ts';
import { Scope, asCanceled } from './scope.ts';
import type { Timer } from './timers.ts';

/**
 * One attempt of an instance: the body, its timeout, its abort, the children it opens, and the place
 * it takes on the executor. It ends once, after its body and all its children; what a body gives
 * after its attempt was aborted is dropped.
 */
export class Attempt implements AmbientCell, SlotWaiter, SettledBody {
  readonly instance: Instance;
  /** Counted from 1. */
  readonly number: number;
  readonly scope: Scope;
  /** Whether an open child has taken over this attempt's branch of the run. */
  branchTaken = false;
  #context: Context | undefined;
  #hasSlot: boolean;
  #timeout: Timer | undefined;
  #grace: Timer | undefined;
  /** How many instances below it the debugger holds; its timeout stands still meanwhile. */
  #frozen = 0;
  #abortedBy: HolonError | undefined;
  #bodyDone = false;
  ended = false;

  /** Open asynchronous children that its plain code called. */
  #codeChildren = 0;
  /** How often its plain code has called each name. */
  #calls: Map<string, number> | undefined;
  /** Static ids of children of its plain code that ended since the last one was opened. */
  #justEnded: string[] = [];
  #opened = false;
  /** Hands a child's result to the body once it has a slot again. */
  #deliver: (() => void) | undefined;

  constructor(instance: Instance, number: number) {
    this.instance = instance;
    this.number = number;
    this.scope = new Scope(instance.scope);
    this.#hasSlot = instance.node.definition.isTask && !instance.inline;
  }

  /** Whether its body is waiting for children that its own code called. */
  get awaitsChildren(): boolean {
    return this.#codeChildren > 0 || (this.#bodyDone && this.scope.open > 0);
  }

  get context(): Context {
    return (this.#context ??= new BodyContext(this));
  }

  start(): void {
    const { instance } = this;
    const { definition } = instance.node;
    record.started(this);
    if (!instance.inline) this.#armTimeout();
    // Its run may have broken down over the timer.
    if (this.ended) return;
    // Hearing of its start, a listener may have canceled the run.
    if (this.#abortedBy !== undefined) {
      this.#bodyEnded({ kind: 'error', error: this.#abortedBy });
      return;
    }
    let result: unknown;
    try {
      const input =
        definition.input === undefined
          ? instance.input
          : applySchema(definition.input, instance.input, 'input', instance.node.label);
      result = within(this, () => definition.run(input, new EnginePort(this, this.scope)));
      // A foreign thenable may settle twice, or throw: a promise around it does not.
      if (isPromiseLike(result) && !(result instanceof Promise)) result = Promise.resolve(result);
    } catch (error) {
      this.#bodyEnded({ kind: 'error', error });
      return;
    }
    if (!(result instanceof Promise)) {
      this.#bodyEnded({ kind: 'value', value: result });
      return;
    }
    result.then(
      (value) => this.#hear({ kind: 'value', value }),
      (error: unknown) => this.#hear({ kind: 'error', error }),
    );
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

  /** Begun in line, it gave a promise. Its body runs already: where no place is free, it does without one. */
  onAdopted(): void {
    this.#armTimeout();
    const { node, run } = this.instance;
    if (node.definition.isTask && !this.#bodyDone && !this.ended) this.#hasSlot = run.engine.slots.takeNow();
  }

  /** A settled body comes back through the inbox; a procedure's end follows from its children's. */
  #hear(outcome: Outcome): void {
    const { run, node } = this.instance;
    const open = (): void => run.enter(() => this.#bodyEnded(outcome));
    if (node.definition.isTask) run.engine.inbox.put(this, open);
    else open();
  }

  #bodyEnded(outcome: Outcome): void {
    if (this.ended) {
      record.late(this);
      return;
    }
    this.#bodyDone = true;
    this.#releaseSlot();
    this.#handOver();
    if (outcome.kind !== 'value') this.scope.cancel(new HolonError('canceled', 'canceled: what called it has failed'));
    this.scope.whenEmpty(() => this.#end(outcome));
  }

  #end(outcome: Outcome): void {
    if (this.ended) return;
    this.ended = true;
    const { timers } = this.instance.run.engine;
    if (this.#timeout !== undefined) timers.remove(this.#timeout);
    if (this.#grace !== undefined) timers.remove(this.#grace);
    this.#releaseSlot();
    this.scope.close();
    this.instance.attemptEnded(this.#judge(outcome));
  }

  /** What the body gave counts only if the attempt was not aborted, and if it fits the schema. */
  #judge(outcome: Outcome): Outcome {
    if (this.#abortedBy !== undefined) {
      if (outcome.kind === 'value' && this.#bodyDone) record.late(this);
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
    this.scope.cancel(reason);
  }

  #armGrace(): void {
    const { run } = this.instance;
    const { timers, gracePeriodMs } = run.engine;
    this.#grace = timers.add(gracePeriodMs, () => run.enter(() => this.#graceOver()));
  }

  /** Its children have a grace period of their own; only when they are done, and it knows, is it the body that hangs. */
  #graceOver(): void {
    if (this.ended) return;
    if (this.scope.open > 0 || this.#deliver !== undefined) {
      this.#armGrace();
      return;
    }
    record.abandoned(this);
    this.#handOver();
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

  /** The body, or a predicate of its procedure, called a flow as the function it is. */
  callFlow(flow: AnyFlow, input: unknown): unknown {
    const definition = definitionOf(flow)!;
    const { instance } = this;
    const { asynchronous } = definition;
    const inline = !asynchronous;
    try {
      if (this.#bodyDone || this.ended)
        throw new HolonError('canceled', `canceled: ${instance.path} called "${flow.name}" after it had ended`, {
          path: instance.path,
        });
      if (this.scope.canceled !== undefined) throw asCanceled(this.scope.canceled);
      if (inline && isStackedTooDeep())
        throw new RangeError(
          `Maximum call stack size exceeded: plain code calls "${flow.name}" synchronously, too deep within itself`,
        );
      const result = inline
        ? this.#observe(flow, input, inline).open()
        : instance.run.engine.slots.batch(() => {
            // What calls an asynchronous flow ends after it, and so is no less asynchronous.
            if (instance.inline) instance.adopt();
            const child = this.#observe(flow, input, inline);
            this.codeChildOpened();
            return child.open();
          });
      return asynchronous || isPromiseLike(result) ? promiseOf(result) : result;
    } catch (error) {
      if (!asynchronous) throw error;
      return promiseOf(Promise.reject(error));
    }
  }

  #observe(flow: AnyFlow, input: unknown, inline: boolean): Instance {
    const { instance } = this;
    const node = instance.node.observe(flow);
    this.#calls ??= new Map();
    const occurrence = (this.#calls.get(node.segment) ?? 0) + 1;
    this.#calls.set(node.segment, occurrence);
    record.discovered(instance.run, node, this.#justEnded);
    this.#opened = true;
    return new Instance({ run: instance.run, node, caller: this, scope: this.scope, input, occurrence, inline });
  }

  /** While a child is open the body needs no slot: its first child takes it over, being the first to ask. */
  codeChildOpened(): void {
    this.#codeChildren += 1;
    this.#releaseSlot();
    this.#handOver();
  }

  /** A child that plain code called has ended: its result is delivered when the body may go on. */
  codeChildEnded(child: Instance, deliver: () => void): void {
    if (this.#opened) this.#justEnded = [];
    this.#opened = false;
    this.#justEnded.push(child.node.id);
    if (child.inline) {
      deliver();
      return;
    }
    this.#codeChildren -= 1;
    if (
      this.#codeChildren > 0 ||
      this.#bodyDone ||
      this.ended ||
      !this.instance.node.definition.isTask ||
      this.#hasSlot
    ) {
      deliver();
      return;
    }
    this.#deliver = deliver;
    if (this.instance.run.engine.slots.take(this, 'resuming') === undefined) this.onSlot();
  }

  onSlot(): void {
    this.#hasSlot = true;
    const deliver = this.#deliver;
    this.#deliver = undefined;
    if (deliver !== undefined) this.instance.run.guard(deliver);
  }

  /** Its run has broken down: its place goes to others, its body is asked to stop, and what that gives is dropped. */
  giveUp(reason: HolonError): void {
    const { timers, slots } = this.instance.run.engine;
    this.ended = true;
    this.#releaseSlot();
    slots.leave(this);
    if (this.#timeout !== undefined) timers.remove(this.#timeout);
    if (this.#grace !== undefined) timers.remove(this.#grace);
    this.scope.cancel(reason);
  }

  #releaseSlot(): void {
    if (!this.#hasSlot) return;
    this.#hasSlot = false;
    this.instance.run.engine.slots.give();
  }

  /** It no longer waits for a slot in order to hand over a result: whoever waits for that gets it now. */
  #handOver(): void {
    if (this.#deliver === undefined) return;
    this.instance.run.engine.slots.leave(this);
    const deliver = this.#deliver;
    this.#deliver = undefined;
    deliver();
  }
}

/** A promise that may go unawaited: the run records a failure, the process must not end of it. */
function promiseOf(result: unknown): Promise<unknown> {
  const promise = Promise.resolve(result);
  promise.catch(() => undefined);
  return promise;
}
