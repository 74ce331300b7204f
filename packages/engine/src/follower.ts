import { isSettling, whenSettled } from '@holon/flow';

/** Who is told of what a body's promise comes to. */
export interface Followed {
  onBodyValue(value: unknown): void;
  onBodyError(error: unknown): void;
}

/**
 * Hears what a promise comes to, for one after another: the two functions that a promise wants are made once,
 * not for each body. A promise calls one of them, once, and then the follower is free.
 */
class Follower {
  who: Followed | undefined = undefined;

  readonly onValue = (value: unknown): void => this.#free().onBodyValue(value);

  readonly onError = (error: unknown): void => this.#free().onBodyError(error);

  #free(): Followed {
    const who = this.who!;
    this.who = undefined;
    if (free.length < MAX_FREE) free.push(this);
    return who;
  }
}

const free: Follower[] = [];
const MAX_FREE = 1_000;

/** Tells `who` of what `result` comes to. */
export function follow(result: PromiseLike<unknown>, who: Followed): void {
  const follower = free.pop() ?? new Follower();
  follower.who = who;
  if (isSettling(result)) whenSettled(result, follower.onValue, follower.onError);
  // A foreign thenable may settle twice, or throw: a promise around it does not.
  else void nativeThen.call(Promise.resolve(result), follower.onValue, follower.onError);
}

const nativeThen = Promise.prototype.then;
