import { HolonError, type Settle, textOf } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import type { Instance } from './instance.ts';
import * as record from './record.ts';
import { type Scope, type ScopeMember, asCanceled } from './scope.ts';

/** A procedure that waits for something that happens outside of it: a time, a signal, shared work. */
export interface Wait {
  readonly instance: Instance;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** When it ends, in the clock's elapsed time, where that is known. */
  readonly dueAt: number | undefined;
}

/** All waits of a run that have not ended, in the order in which they began. */
export class Waits {
  readonly #all = new Set<Wait>();
  readonly #perInstance = new Map<Instance, number>();

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): Iterator<Wait> {
    return this.#all.values();
  }

  add(wait: Wait): void {
    const { instance } = wait;
    this.#all.add(wait);
    this.#perInstance.set(instance, (this.#perInstance.get(instance) ?? 0) + 1);
    record.waiting(instance, wait.reason, wait.since);
  }

  delete(wait: Wait): void {
    const { instance } = wait;
    this.#all.delete(wait);
    const left = this.#perInstance.get(instance)! - 1;
    if (left > 0) {
      this.#perInstance.set(instance, left);
      return;
    }
    this.#perInstance.delete(instance);
    if (!instance.ended) record.resumed(instance);
  }
}

/** What `port.wait` does in a run. @param dueAt see {@link Wait} */
export function waitIn<T>(
  attempt: Attempt,
  scope: Scope,
  reason: string,
  begin: (settle: Settle<T>) => () => void,
  dueAt?: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const { refusal } = scope;
    if (refusal !== undefined) throw refusal;
    const { instance } = attempt;
    const { run } = instance;
    const waits = (run.waits ??= new Waits());
    let stop: (() => void) | undefined;
    let over = false;
    let canceled = false;
    const wait: Wait & ScopeMember = {
      instance,
      reason,
      since: run.engine.clock.now(),
      dueAt,
      onCanceled: (why) => {
        if (over) return;
        canceled = true;
        end(() => reject(asCanceled(why)));
        stop?.();
      },
    };
    const end = (tell: () => void): void => {
      over = true;
      waits.delete(wait);
      tell();
      scope.delete(wait);
    };
    const settle = (tell: () => void): void => {
      if (!over) run.enter(() => end(tell));
    };
    scope.add(wait);
    waits.add(wait);
    // Hearing that it waits, a listener may have canceled the run.
    if (over) return;
    try {
      stop = begin({
        resolve: (value) => settle(() => resolve(value)),
        reject: (error) => settle(() => reject(error)),
      });
    } catch (error) {
      if (!over) end(() => reject(error));
      return;
    }
    // Canceled by what `begin` itself brought about.
    if (canceled) stop();
  });
}

/** What `port.sleep` does in a run. */
export function sleepIn(attempt: Attempt, scope: Scope, ms: number, reason = `sleeping for ${ms} ms`): Promise<void> {
  if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY))
    return Promise.reject(
      new HolonError('invalid-option', `sleep: ${textOf(ms)} is not a number of milliseconds from 0.`),
    );
  const { timers, clock } = attempt.instance.run.engine;
  return waitIn(
    attempt,
    scope,
    reason,
    ({ resolve }) => {
      const timer = timers.add(ms, resolve);
      return () => timers.remove(timer);
    },
    clock.elapsed() + ms,
  );
}
