import { HolonError, type Settle, textOf } from '@holon/flow';
import type { Attempt } from './attempt.ts';
import type { Instance } from './instance.ts';
import * as record from './record.ts';
import type { WaitKind } from './scheduling/wait-reason.ts';
import { type Scope, type ScopeMember, asCanceled } from './scope.ts';
import type { Timer } from './timers.ts';

/** A procedure that waits for something that happens outside of it: a time, a signal, shared work. */
export interface Wait {
  readonly instance: Instance;
  readonly kind: WaitKind;
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

/** What `port.wait` does in a run: see there. */
export function waitIn<T>(
  attempt: Attempt,
  scope: Scope,
  reason: string,
  begin: (settle: Settle<T>) => () => void,
  atMostMs?: number,
  kind: WaitKind = 'outside',
): Promise<T> {
  const waiting = new Promise<T>((resolve, reject) => {
    if (atMostMs !== undefined && !(atMostMs >= 0 && atMostMs < Number.POSITIVE_INFINITY))
      throw new HolonError('invalid-option', `${textOf(atMostMs)} is not a number of milliseconds from 0.`);
    const { refusal } = scope;
    if (refusal !== undefined) throw refusal;
    const { instance } = attempt;
    const { run } = instance;
    const { clock, timers } = run.engine;
    const waits = (run.waits ??= new Waits());
    let timer: Timer | undefined;
    let stop: (() => void) | undefined;
    let over = false;
    let stopped = false;
    const end = (tell: () => void): void => {
      over = true;
      if (timer !== undefined) timers.remove(timer);
      waits.delete(wait);
      tell();
      scope.delete(wait);
    };
    const endUnsettled = (tell: () => void): void => {
      over = stopped = true;
      stop?.();
      end(tell);
    };
    const settle = (tell: () => void): void => {
      if (!over) run.enter(() => end(tell));
    };
    const wait: Wait & ScopeMember = {
      instance,
      kind,
      reason,
      since: run.now(),
      dueAt: atMostMs === undefined ? undefined : clock.elapsed() + atMostMs,
      onCanceled: (why) => {
        if (!over) endUnsettled(() => reject(asCanceled(why)));
      },
    };
    scope.add(wait);
    waits.add(wait);
    if (atMostMs !== undefined)
      timer = timers.add(atMostMs, () => run.enter(() => endUnsettled(() => resolve(undefined as T))));
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
    if (stopped) stop();
  });
  // Canceled, it may have nobody who waits for it.
  waiting.catch(nothing);
  return waiting;
}

/** What `port.sleep` does in a run. */
export function sleepIn(attempt: Attempt, scope: Scope, ms: number, reason = `sleeping for ${ms} ms`): Promise<void> {
  return waitIn(attempt, scope, reason, () => nothing, ms, 'timer');
}

const nothing = (): void => undefined;
