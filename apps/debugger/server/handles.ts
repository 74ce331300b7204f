/** The oldest handles go beyond this many: a client that opens more has long lost sight of them. */
const MAX_HANDLES = 50_000;

/**
 * Numbers for what a client may ask about while a run stands: frames, values. They end when the run
 * goes on, and a number is never used again, so an outdated one is refused and can't show something else.
 */
export class Handles<T> {
  readonly #held = new Map<number, { readonly runId: string; readonly held: T }>();
  #last = 0;

  add(runId: string, held: T): number {
    this.#last += 1;
    this.#held.set(this.#last, { runId, held });
    if (this.#held.size > MAX_HANDLES) {
      const [oldest] = this.#held.keys();
      this.#held.delete(oldest!);
    }
    return this.#last;
  }

  get(handle: number): T | undefined {
    return this.#held.get(handle)?.held;
  }

  reset(runId: string): void {
    for (const [handle, each] of this.#held) if (each.runId === runId) this.#held.delete(handle);
  }
}
