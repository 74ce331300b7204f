import {
  type Choice,
  Deferred,
  HolonError,
  type OutlineNode,
  type Port,
  type Settle,
  type Slot,
  type WaitFor,
  type Work,
  checkMark,
  isPromiseLike,
  markId,
  textOf,
  whenSettled,
} from '@holon/flow';
import { swapRunning } from './ambient.ts';
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
  /** Which of its children was called last. */
  #at = 0;
  /** At which mark it decided last, and that mark's static id: a loop decides at the same one each time. */
  #mark: string | undefined = undefined;
  #markId = '';

  constructor(attempt: Attempt, scope: Scope) {
    this.#attempt = attempt;
    this.#scope = scope;
  }

  call(slot: Slot, input: unknown, index?: number): unknown {
    const { instance } = this.#attempt;
    const { refusal } = this.#scope;
    if (refusal !== undefined) throw refusal;
    if (instance.run.endedAt !== undefined) throw new HolonError('canceled', 'canceled: its run has broken down');
    const node = this.#place(slot);
    return new Instance(
      instance.run,
      node,
      this.#attempt,
      this.#scope,
      input,
      instance.inline,
      index,
      undefined,
    ).open();
  }

  /** Most procedures call the same slot again, or the one after it. */
  #place(slot: Slot): OutlineNode {
    const { node } = this.#attempt.instance;
    const { children } = node;
    const at = this.#at;
    const here = children[at];
    if (here?.slot === slot) return here;
    const next = children[at + 1];
    if (next?.slot === slot) {
      this.#at = at + 1;
      return next;
    }
    const place = node.child(slot);
    if (place !== undefined) return place;
    throw new HolonError(
      'invalid-flow',
      `${this.#attempt.instance.path} called a slot that its picture doesn't have: list every slot in picture.slots.`,
    );
  }

  scope(body: (port: Port) => unknown): unknown {
    const scope = new Scope(this.#scope);
    const end = new Deferred();
    const succeed = (value: unknown): void => this.#endScope(scope, () => end.resolve(value));
    const fail = (error: unknown): void => this.#endScope(scope, () => end.reject(error));
    let result: unknown;
    try {
      result = body(new EnginePort(this.#attempt, scope));
    } catch (error) {
      fail(error);
      return end.now();
    }
    if (isPromiseLike(result)) whenSettled(result, succeed, fail);
    else succeed(result);
    return end.now();
  }

  /** What is open in it is canceled and awaited first. */
  #endScope(scope: Scope, then: () => void): void {
    if (scope.isEmpty) {
      scope.close();
      return then();
    }
    // Called by a procedure, which must not take what breaks here for a failure of its own.
    this.#attempt.instance.run.guard(() =>
      scope.cancel(new HolonError('canceled', 'canceled: its siblings are done with')),
    );
    scope.whenEmpty(() => {
      const outer = swapRunning(this.#attempt);
      try {
        this.#endScope(scope, then);
      } finally {
        swapRunning(outer);
      }
    });
  }

  sleep(ms: number, reason?: string): Promise<void> {
    return sleepIn(this.#attempt, this.#scope, ms, reason);
  }

  wait<T>(reason: string, begin: (settle: Settle<T>) => () => void, atMostMs?: number, kind?: WaitFor): Promise<T> {
    return waitIn(this.#attempt, this.#scope, reason, begin, atMostMs, kind);
  }

  shared<T>(key: object | string, open: () => T): T {
    return this.#attempt.instance.run.engine.shared.of(key, open);
  }

  work(slot: Slot, input: unknown): Work {
    const { refusal } = this.#scope;
    if (refusal !== undefined) throw refusal;
    return startSharedWork(this.#attempt, this.#place(slot), input);
  }

  signal(name: string, check: SignalCheck = (value) => value): Promise<unknown> {
    const { run, path } = this.#attempt.instance;
    // Nobody has a handle to it.
    if (run.parent !== undefined)
      return Promise.reject(
        new HolonError(
          'invalid-flow',
          `${path} waits for the signal ${textOf(name)} in work that several calls share, to which nobody can send one: wait for it before that work, and give it what came.`,
        ),
      );
    const signals = (run.signals ??= new Signals(run));
    const reason = `waiting for the signal ${textOf(name)}`;
    const begin = (settle: Settle<unknown>): (() => void) => signals.wait(name, check, settle);
    return waitIn(this.#attempt, this.#scope, reason, begin, undefined, 'signal');
  }

  now(): number {
    return this.#attempt.instance.run.engine.clock.now();
  }

  random(): number {
    return this.#attempt.instance.run.engine.random.next();
  }

  choose<T extends Choice>(mark: string, value: T, index?: number): T {
    const { instance } = this.#attempt;
    if (mark !== this.#mark) {
      checkMark(instance.node.definition.picture, mark, instance.path);
      this.#mark = mark;
      this.#markId = markId(instance.node.id, mark);
    }
    record.chose(instance, this.#markId, value, index);
    return value;
  }
}
