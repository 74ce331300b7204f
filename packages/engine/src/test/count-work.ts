import { Session } from 'node:inspector';

/** The part of V8's answer that is used. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/**
 * Counts how often blocks of code in the packages of this repository are run: a measure of work that is the same on
 * every machine. What built-in functions do themselves is not in it. Open it before anything runs: calls that were
 * inlined by then are not counted.
 */
export class WorkCounter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  async count(work: () => unknown): Promise<number> {
    this.#take();
    await work();
    return this.#take();
  }

  close(): void {
    this.#session.disconnect();
  }

  /** Since it was last asked. */
  #take(): number {
    let blocks = 0;
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error !== null) throw error;
      for (const { url, functions } of (answer as Coverage).result) {
        if (!/\/packages\/\w+\/src\//u.test(url) || url.includes('/src/test/') || url.endsWith('.test.ts')) continue;
        for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
      }
    });
    return blocks;
  }
}
