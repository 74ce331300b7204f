import {
  type Choice,
  HolonError,
  type OutlineNode,
  type Port,
  type Settle,
  type Slot,
  type Work,
  checkMark,
  isPromiseLike,
  markId,
  textOf,
} from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { Instance } from './instance.ts';
import * as record from './record.ts';
import { Scope } from './scope.ts';
import { startSharedWork } from './shared-work.ts';
import { type SignalCheck, Signals } from './signals.ts';
import { sleepIn, waitIn } from './waits.ts';

/** The port of a procedure that the engine runs: children become instances, waits go through the engine's timers. */
export class EnginePort implements Port {
  readonly #attempt: Attempt;
  readonly #scope: Scope;

  constructor(attempt: Attempt, scope: Scope) {
    this.#attempt = attempt;
    this.#scope = scope;
  }

  call(slot: Slot, input: unknown, index?: number): unknown {
    const { instance } = this.#attempt;
    const { refusal } = this.#scope;
    if (refusal !== undefined) throw refusal;
    return new Instance({
      run: instance.run,
      node: this.#childIn(slot),
      caller: this.#attempt,
      scope: this.#scope,
      input,
      index,
      inline: instance.inline,
    }).open();
  }

  #childIn(slot: Slot): OutlineNode {
    const { node, path } = this.#attempt.instance;
    const child = node.child(slot);
    if (child !== undefined) return child;
    throw new HolonError(
      'invalid-flow',
      `${path} called a slot that its picture doesn't have: list every slot in picture.slots.`,
    );
  }

  scope(body: (port: Port) => unknown): unknown {
    const scope = new Scope(this.#scope);
    const close = (then: () => unknown): unknown => {
      if (scope.open > 0) {
        // Called by a procedure, which must not take what breaks here for a failure of its own.
        this.#attempt.instance.run.guard(() =>
          scope.cancel(new HolonError('canceled', 'canceled: its siblings are done with')),
        );
        return new Promise((resolve) => scope.whenEmpty(() => resolve(undefined))).then(() => close(then));
      }
      scope.close();
      return then();
    };
    const fail = (error: unknown): unknown =>
      close(() => {
        throw error;
      });
    let result: unknown;
    try {
      result = body(new EnginePort(this.#attempt, scope));
    } catch (error) {
      return fail(error);
    }
    return isPromiseLike(result) ? result.then((value) => close(() => value), fail) : close(() => result);
  }

  sleep(ms: number, reason?: string): Promise<void> {
    return sleepIn(this.#attempt, this.#scope, ms, reason);
  }

  wait<T>(reason: string, begin: (settle: Settle<T>) => () => void, atMostMs?: number): Promise<T> {
    return waitIn(this.#attempt, this.#scope, reason, begin, atMostMs);
  }

  shared<T>(key: object | string, open: () => T): T {
    return this.#attempt.instance.run.engine.shared.of(key, open);
  }

  work(slot: Slot, input: unknown): Work {
    const { refusal } = this.#scope;
    if (refusal !== undefined) throw refusal;
    return startSharedWork(this.#attempt, this.#childIn(slot), input);
  }

  signal(name: string, check: SignalCheck = (value) => value): Promise<unknown> {
    const { run } = this.#attempt.instance;
    const signals = (run.signals ??= new Signals(run));
    return this.wait(`waiting for the signal ${textOf(name)}`, (settle) => signals.wait(name, check, settle));
  }

  now(): number {
    return this.#attempt.instance.run.engine.clock.now();
  }

  random(): number {
    return this.#attempt.instance.run.engine.random.next();
  }

  choose<T extends Choice>(mark: string, value: T, index?: number): T {
    const { instance } = this.#attempt;
    checkMark(instance.node.definition.picture, mark, instance.path);
    record.chose(instance, markId(instance.node.id, mark), value, index);
    return value;
  }
}
