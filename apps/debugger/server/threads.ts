/** A concurrently running branch of a run. */
export interface Thread {
  readonly runId: string;
  readonly branch: number;
}

/**
 * The numbers by which the Debug Adapter Protocol names the branches of all runs. The same for every
 * client; a number is never used again.
 */
export class ThreadIds {
  readonly #ids = new Map<string, Map<number, number>>();
  readonly #threads = new Map<number, Thread>();
  #last = 0;

  idOf(runId: string, branch: number): number {
    const ofRun = this.#ids.get(runId) ?? new Map<number, number>();
    this.#ids.set(runId, ofRun);
    const known = ofRun.get(branch);
    if (known !== undefined) return known;
    this.#last += 1;
    ofRun.set(branch, this.#last);
    this.#threads.set(this.#last, { runId, branch });
    return this.#last;
  }

  threadOf(id: number): Thread | undefined {
    return this.#threads.get(id);
  }

  /** Forgets the runs that `isKnown` denies. */
  prune(isKnown: (runId: string) => boolean): void {
    for (const [runId, ofRun] of this.#ids) {
      if (isKnown(runId)) continue;
      this.#ids.delete(runId);
      for (const id of ofRun.values()) this.#threads.delete(id);
    }
  }
}
