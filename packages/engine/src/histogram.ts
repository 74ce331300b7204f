/** What a distribution of durations looks like, in milliseconds. */
export interface Latency {
  readonly count: number;
  /** Exact. */
  readonly meanMs: number;
  /** Half took no longer. At most 1 % off. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** Exact. */
  readonly maxMs: number;
}

/** How far a quantile may be from the true one, as a share of it. */
export const RELATIVE_ERROR = 0.01;
/** Shorter than this, a nanosecond, is 0: no clock tells them apart. */
const SHORTEST_MS = 1e-6;
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
const ZERO = Number.NEGATIVE_INFINITY;

/**
 * Durations, counted in buckets whose bounds grow by a constant factor: bucket `i` holds what is above
 * `GROWTH^(i - 1)` and up to `GROWTH^i`, so that its middle is within {@link RELATIVE_ERROR} of whatever is in it. Only
 * buckets in use are there: a nanosecond and ten years are 2,000 of them apart. (Masson, Rim, Lee: "DDSketch", VLDB 2019.)
 */
export class Histogram {
  count = 0;
  #sum = 0;
  #max = 0;
  readonly #buckets = new Map<number, number>();

  /** @param ms a duration; what is below 0, as clocks that are set back give it, is 0 */
  record(ms: number): void {
    const bucket = ms > SHORTEST_MS ? Math.ceil(Math.log(ms) / LOG_GROWTH) : ZERO;
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1);
    this.count += 1;
    if (bucket === ZERO) return;
    this.#sum += ms;
    if (ms > this.#max) this.#max = ms;
  }

  /** Undefined when nothing was recorded. */
  latency(): Latency | undefined {
    if (this.count === 0) return undefined;
    const [p50Ms, p95Ms, p99Ms] = this.#quantiles([0.5, 0.95, 0.99]) as [number, number, number];
    return { count: this.count, meanMs: this.#sum / this.count, p50Ms, p95Ms, p99Ms, maxMs: this.#max };
  }

  /** The smallest recorded duration that so large a share does not exceed. @param shares ascending */
  #quantiles(shares: readonly number[]): readonly number[] {
    const buckets = [...this.#buckets].toSorted(([a], [b]) => a - b);
    const found: number[] = [];
    let seen = 0;
    for (const [bucket, count] of buckets) {
      seen += count;
      while (found.length < shares.length && seen >= shares[found.length]! * this.count)
        found.push(this.#middle(bucket));
    }
    return found;
  }

  /** Equally far, as a share of them, from the least and the greatest that the bucket can hold. */
  #middle(bucket: number): number {
    return bucket === ZERO ? 0 : Math.min((2 * GROWTH ** bucket) / (GROWTH + 1), this.#max);
  }
}
