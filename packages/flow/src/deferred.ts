import { isPromiseLike } from './port.ts';

/** Called once with what something came to. Must not throw. */
export type OnValue = (value: unknown) => void;
/** Called once with what something failed with. Must not throw. */
export type OnError = (error: unknown) => void;

/** By which another copy of this package is recognised. */
const ON_SETTLED = Symbol.for('holon.onSettled.v1');

/** A promise-like that can tell of its end at once, without a microtask in between. */
export interface Settling extends PromiseLike<unknown> {
  /** Calls one of the two, once: at once when it has settled, else in the very call that settles it. */
  [ON_SETTLED](onValue: OnValue, onError: OnError): void;
}

/** Calls back when `result` settles, the shortest way there is. The callbacks must not throw. */
export function whenSettled(result: PromiseLike<unknown>, onValue: OnValue, onError: OnError): void {
  if (isSettling(result)) result[ON_SETTLED](onValue, onError);
  else result.then(onValue, onError);
}

/** Whether it can tell of its end at once. */
export function isSettling(result: PromiseLike<unknown>): result is Settling {
  return ON_SETTLED in result;
}

/** A promise for the same: what is given to an author's own code is always one. */
export function promiseFor(result: PromiseLike<unknown>): PromiseLike<unknown> {
  return isSettling(result) ? new Promise((resolve, reject) => result[ON_SETTLED](resolve, reject)) : result;
}

/**
 * How many settlings are told of within each other, all on one JavaScript stack; and how many may be before one
 * gets a stack of its own, so that no nesting of flows overflows it.
 */
let stacked = 0;
const MAX_STACKED = 40;

/**
 * What will be there later, to be settled by whoever made it. Between procedures and whoever runs them it takes
 * the place of a promise: it costs no microtask, and nobody is told of a failure that nobody waits for.
 */
export class Deferred implements Settling {
  #settled: 'no' | 'value' | 'error' = 'no';
  #outcome: unknown = undefined;
  #onValue: OnValue | undefined = undefined;
  #onError: OnError | undefined = undefined;
  /** Those who asked after the first. */
  #others: [OnValue, OnError][] | undefined = undefined;

  get settled(): boolean {
    return this.#settled !== 'no';
  }

  /** The value, if it is there; throws the error, if it failed; else itself. */
  now(): unknown {
    if (this.#settled === 'value') return this.#outcome;
    if (this.#settled === 'error') throw this.#outcome;
    return this;
  }

  /** The first settling counts. */
  resolve(value: unknown): void {
    if (this.#settled !== 'no') return;
    this.#settled = 'value';
    this.#outcome = value;
    this.#tell();
  }

  reject(error: unknown): void {
    if (this.#settled !== 'no') return;
    this.#settled = 'error';
    this.#outcome = error;
    this.#tell();
  }

  #tell(): void {
    if (this.#onValue === undefined) return;
    if (stacked >= MAX_STACKED) {
      void Promise.resolve().then(() => this.#tell());
      return;
    }
    const [onValue, onError, others] = [this.#onValue, this.#onError!, this.#others];
    this.#onValue = this.#onError = this.#others = undefined;
    stacked += 1;
    try {
      this.#call(onValue, onError);
      if (others !== undefined) for (const [value, error] of others) this.#call(value, error);
    } finally {
      stacked -= 1;
    }
  }

  #call(onValue: OnValue, onError: OnError): void {
    if (this.#settled === 'value') onValue(this.#outcome);
    else onError(this.#outcome);
  }

  [ON_SETTLED](onValue: OnValue, onError: OnError): void {
    if (this.#settled !== 'no' && this.#onValue === undefined) this.#call(onValue, onError);
    else if (this.#onValue === undefined) {
      this.#onValue = onValue;
      this.#onError = onError;
    } else (this.#others ??= []).push([onValue, onError]);
  }

  // oxlint-disable-next-line unicorn/no-thenable -- procedures may await it
  then<A = unknown, B = never>(
    onValue?: ((value: unknown) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return new Promise<unknown>((resolve, reject) => this[ON_SETTLED](resolve, reject)).then(onValue, onError);
  }
}

/** What `change` makes of a result: at once when it is there. A `change` that throws is a failure. */
export function mapResult(result: unknown, change: (value: unknown) => unknown): unknown {
  if (!isPromiseLike(result)) return change(result);
  const changed = new Deferred();
  whenSettled(
    result,
    (value) => {
      let next: unknown;
      try {
        next = change(value);
      } catch (error) {
        return changed.reject(error);
      }
      changed.resolve(next);
    },
    (error) => changed.reject(error),
  );
  return changed;
}
