import { type Choice, HolonError, type Port, type Slot, isPromiseLike, markId } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import { Instance } from './instance.ts';
import * as record from './record.ts';
import { Scope, asCanceled } from './scope.ts';

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
    if (this.#scope.canceled !== undefined) throw asCanceled(this.#scope.canceled);
    const node = instance.node.child(slot);
    if (node === undefined) {
      throw new HolonError('invalid-flow', `${instance.path} called a slot that its picture doesn't have: list every slot in picture.slots.`);
    }
    return new Instance({ run: instance.run, node, caller: this.#attempt, scope: this.#scope, input, index, inline: instance.inline }).open();
  }

  scope(body: (port: Port) => unknown): unknown {
    const scope = new Scope(this.#scope);
    const close = (then: () => unknown): unknown => {
      if (scope.open > 0) {
        scope.cancel(new HolonError('canceled', 'canceled: its siblings are done with'));
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
    const { run } = this.#attempt.instance;
    const { timers, slots } = run.engine;
    const scope = this.#scope;
    return new Promise((resolve, reject) => {
      if (scope.canceled !== undefined) {
        reject(asCanceled(scope.canceled));
        return;
      }
      const wakeUp = (): void => {
        run.sleeping -= 1;
        scope.delete(sleeper);
      };
      const sleeper = {
        onCanceled: (reason: HolonError): void => {
          timers.remove(timer);
          wakeUp();
          reject(asCanceled(reason));
        },
      };
      const timer = timers.add(ms, () =>
        slots.batch(() => {
          wakeUp();
          resolve();
        }),
      );
      run.sleeping += 1;
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
    record.chose(instance, markId(instance.node.id, mark), value, index);
    return value;
  }
}
