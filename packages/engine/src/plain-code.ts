import { type AnyFlow, HolonError, definitionOf, isPromiseLike, promiseFor } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { Instance, isStackedTooDeep } from './instance.ts';
import * as record from './record.ts';
import type { SlotWaiter } from './scheduling/waiter.ts';
import { asCanceled } from './scope.ts';

/**
 * The flows that the plain code of one attempt calls: how often it has called which, how many are open, and
 * the place on the executor that the body lends to the first of them and takes back after the last.
 */
export class PlainCode implements SlotWaiter {
  readonly #attempt: Attempt;
  /** Open asynchronous children. */
  #open = 0;
  /** How often each name was called. */
  readonly #calls = new Map<string, number>();
  /** Static ids of children that ended since the last one was opened. */
  #justEnded: string[] = [];
  #openedSince = false;
  /** Hands a child's result to the body once that has a slot again. */
  #deliver: (() => void) | undefined;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  get instance(): Instance {
    return this.#attempt.instance;
  }

  /** Whether the body waits for children that it called. */
  get isOpen(): boolean {
    return this.#open > 0;
  }

  /** Whether a result waits for a slot. */
  get isDelivering(): boolean {
    return this.#deliver !== undefined;
  }

  /** The body, or a predicate of its procedure, called a flow as the function it is. */
  call(flow: AnyFlow, input: unknown): unknown {
    const { instance } = this.#attempt;
    const { asynchronous } = definitionOf(flow)!;
    const inline = !asynchronous;
    try {
      this.#checkOpen(flow, inline);
      const result = inline
        ? this.#observe(flow, input, inline).open()
        : instance.run.engine.slots.batch(() => {
            // What calls an asynchronous flow ends after it, and so is no less asynchronous.
            if (instance.inline) instance.adopt();
            const child = this.#observe(flow, input, inline);
            this.childOpened();
            return child.open();
          });
      return asynchronous || isPromiseLike(result) ? promiseOf(result) : result;
    } catch (error) {
      if (!asynchronous) throw error;
      return promiseOf(Promise.reject(error));
    }
  }

  #checkOpen(flow: AnyFlow, inline: boolean): void {
    const attempt = this.#attempt;
    const { path } = attempt.instance;
    if (attempt.bodyDone || attempt.ended)
      throw new HolonError('canceled', `canceled: ${path} called "${flow.name}" after it had ended`, { path });
    const { canceled } = attempt.scope;
    if (canceled !== undefined) throw asCanceled(canceled);
    if (inline && isStackedTooDeep())
      throw new RangeError(
        `Maximum call stack size exceeded: plain code calls "${flow.name}" synchronously, too deep within itself`,
      );
  }

  #observe(flow: AnyFlow, input: unknown, inline: boolean): Instance {
    const attempt = this.#attempt;
    const { run, node: parent } = attempt.instance;
    const node = parent.observe(flow);
    const occurrence = (this.#calls.get(node.segment) ?? 0) + 1;
    this.#calls.set(node.segment, occurrence);
    record.discovered(run, node, this.#justEnded);
    this.#openedSince = true;
    return new Instance(run, node, attempt, attempt.scope, input, inline, undefined, occurrence);
  }

  /** While a child is open the body needs no slot: its first child takes it over, being the first to ask. */
  childOpened(): void {
    this.#open += 1;
    this.#attempt.releaseSlot();
    this.handOver();
  }

  /** A child has ended: its result is delivered when the body may go on. */
  childEnded(child: Instance, deliver: () => void): void {
    if (this.#openedSince) this.#justEnded = [];
    this.#openedSince = false;
    this.#justEnded.push(child.node.id);
    if (child.inline) return deliver();
    this.#open -= 1;
    const attempt = this.#attempt;
    if (this.#open > 0 || !attempt.wantsSlot) return deliver();
    this.#deliver = deliver;
    if (attempt.instance.run.engine.slots.take(this, 'resuming') === undefined) this.onSlot();
  }

  onSlot(): void {
    const attempt = this.#attempt;
    attempt.hasSlot = true;
    const deliver = this.#deliver;
    this.#deliver = undefined;
    if (deliver !== undefined) attempt.instance.run.guard(deliver);
  }

  /** The body no longer waits for a slot in order to be given a result: whoever waits for that gets it at once. */
  handOver(): void {
    const deliver = this.#deliver;
    if (deliver === undefined) return;
    this.leave();
    deliver();
  }

  /** Waits no longer, and hands nothing over. */
  leave(): void {
    this.#attempt.instance.run.engine.slots.leave(this);
    this.#deliver = undefined;
  }
}

/** A promise that may go unawaited: the run records a failure, the process must not end of it. */
function promiseOf(result: unknown): Promise<unknown> {
  const promise = Promise.resolve(isPromiseLike(result) ? promiseFor(result) : result);
  promise.catch(() => undefined);
  return promise;
}
