import { type Choice, HolonError, type Port, type Slot, checkMark, isPromiseLike, markId, textOf } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { Instance } from './instance.ts';
import * as record from './record.ts';
import { Scope, type ScopeMember, asCanceled } from './scope.ts';
import type { Timer } from './timers.ts';

/** A procedure that waits for a time. */
export interface Sleeper extends ScopeMember {
  readonly instance: Instance;
  readonly timer: Timer;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

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
    const node = instance.node.child(slot);
    if (node === undefined) {
      throw new HolonError(
        'invalid-flow',
        `${instance.path} called a slot that its picture doesn't have: list every slot in picture.slots.`,
      );
    }
    return new Instance({
      run: instance.run,
      node,
      caller: this.#attempt,
      scope: this.#scope,
      input,
      index,
      inline: instance.inline,
    }).open();
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

  sleep(ms: number): Promise<void> {
    const { instance } = this.#attempt;
    const { run } = instance;
    const { timers, clock } = run.engine;
    const scope = this.#scope;
    return new Promise((resolve, reject) => {
      if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY))
        throw new HolonError('invalid-option', `sleep: ${textOf(ms)} is not a number of milliseconds from 0.`);
      const { refusal } = scope;
      if (refusal !== undefined) throw refusal;
      const wakeUp = (): void => {
        run.sleepers.delete(sleeper);
        scope.delete(sleeper);
      };
      const timer = timers.add(ms, () =>
        run.enter(() => {
          wakeUp();
          resolve();
        }),
      );
      const sleeper: Sleeper = {
        instance,
        timer,
        since: clock.now(),
        reason: `sleeping for ${ms} ms`,
        onCanceled: (reason) => {
          timers.remove(timer);
          wakeUp();
          reject(asCanceled(reason));
        },
      };
      run.sleepers.add(sleeper);
      scope.add(sleeper);
    });
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
