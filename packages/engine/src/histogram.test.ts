import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram, RELATIVE_ERROR } from './histogram.ts';

function latencyOf(durations: readonly number[]) {
  const histogram = new Histogram();
  for (const ms of durations) histogram.record(ms);
  return histogram.latency();
}

test('of nothing there is none', () => {
  expect(latencyOf([])).toBeUndefined();
});

test('a single duration is all of its quantiles', () => {
  const { meanMs, maxMs, p50Ms, p99Ms } = latencyOf([12.5])!;
  expect([meanMs, maxMs]).toEqual([12.5, 12.5]);
  for (const quantile of [p50Ms, p99Ms]) expect(Math.abs(quantile / 12.5 - 1)).toBeLessThanOrEqual(RELATIVE_ERROR);
});

test('nothing, and less than nothing, is 0', () => {
  expect(latencyOf([0, -5, 0])).toEqual({ count: 3, meanMs: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 });
});

test('no quantile is above the greatest', () => {
  expect(latencyOf([1_000_000.1])!.p99Ms).toBeLessThanOrEqual(1_000_000.1);
});

test('quantiles are those of the sorted list, within the error, from a microsecond to years', () => {
  const duration = fc
    .tuple(fc.integer({ min: -3, max: 11 }), fc.double({ min: 1, max: 10, noNaN: true }))
    .map(([power, digits]) => digits * 10 ** power);
  fc.assert(
    fc.property(fc.array(fc.oneof(duration, fc.constant(0)), { minLength: 1, maxLength: 300 }), (durations) => {
      const latency = latencyOf(durations)!;
      const sorted = durations.toSorted((a, b) => a - b);
      const exact = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
      for (const [share, found] of [
        [0.5, latency.p50Ms],
        [0.95, latency.p95Ms],
        [0.99, latency.p99Ms],
      ] as const) {
        const off = Math.abs(found - exact(share));
        expect(off).toBeLessThanOrEqual(exact(share) * RELATIVE_ERROR * (1 + 1e-9));
      }
      expect(latency.count).toBe(durations.length);
      expect(latency.maxMs).toBe(sorted.at(-1));
      const mean = durations.reduce((sum, ms) => sum + ms, 0) / durations.length;
      expect(Math.abs(latency.meanMs - mean)).toBeLessThanOrEqual(mean * 1e-9);
    }),
  );
});
