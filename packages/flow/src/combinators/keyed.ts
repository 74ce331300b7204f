/** Idle states are looked for when there are this many, and again whenever their number has doubled since. */
const SWEEP_AT = 256;

/** States by a key that inputs give, such as one for each host. Those that are idle are let go of. */
export class Keyed<T> {
  readonly #open: () => T;
  readonly #states = new Map<string, T>();
  #sweepAt = SWEEP_AT;

  constructor(open: () => T) {
    this.#open = open;
  }

  get size(): number {
    return this.#states.size;
  }

  /** @param isIdle whether a state tells no more than a new one would */
  of(key: string, isIdle: (state: T) => boolean): T {
    let state = this.#states.get(key);
    if (state === undefined) {
      this.#sweep(isIdle);
      state = this.#open();
      this.#states.set(key, state);
    }
    return state;
  }

  #sweep(isIdle: (state: T) => boolean): void {
    if (this.#states.size < this.#sweepAt) return;
    for (const [key, state] of this.#states) if (isIdle(state)) this.#states.delete(key);
    this.#sweepAt = Math.max(SWEEP_AT, this.#states.size * 2);
  }
}
