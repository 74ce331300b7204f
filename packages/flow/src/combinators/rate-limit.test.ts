import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parallel } from './parallel.ts';
import { rateLimit } from './rate-limit.ts';

function fakeTime(): void {
  vi.useFakeTimers({ now: 0 });
  onTestFinished(() => void vi.useRealTimers());
}

describe('rateLimit', () => {
  test('begins so many within any interval, the others wait their turn in order', async () => {
    fakeTime();
    const begun: string[] = [];
    const limited = rateLimit((x: number) => begun.push(`${x} at ${Date.now()}`), { limit: 2, interval: 100 });
    const all = Promise.all([1, 2, 3].map(async (x) => limited(x)));
    await vi.advanceTimersByTimeAsync(50);
    const late = limited(4);
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all([all, late]);
    expect(begun).toEqual(['1 at 0', '2 at 0', '3 at 100', '4 at 100']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('counts for each key, with all who name it and the same numbers', async () => {
    fakeTime();
    const begun: string[] = [];
    const rate = { limit: 1, interval: '1s', key: (x: number) => `host ${x % 2}` } as const;
    const one = rateLimit((x: number) => begun.push(`one ${x} at ${Date.now()}`), rate);
    const other = rateLimit((x: number) => begun.push(`other ${x} at ${Date.now()}`), rate);
    const all = Promise.all([one(1), one(2), other(3), other(4)]);
    await vi.advanceTimersByTimeAsync(1_000);
    await all;
    expect(begun).toEqual(['one 1 at 0', 'one 2 at 0', 'other 3 at 1000', 'other 4 at 1000']);
  });

  test('who is canceled leaves its place to the next', async () => {
    fakeTime();
    const begun: string[] = [];
    const limited = rateLimit((x: number) => begun.push(`${x} at ${Date.now()}`), { limit: 1, interval: 100 });
    const fails = async (): Promise<never> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error('no');
    };
    await limited(1);
    const doomed = [2, 3].map(async (x) => parallel([limited, fails])(x as never).catch(() => 'failed'));
    const kept = limited(4);
    await vi.advanceTimersByTimeAsync(100);
    expect([await Promise.all(doomed), await kept, begun]).toEqual([['failed', 'failed'], 2, ['1 at 0', '4 at 100']]);
  });

  test('goes on when the clock is set back', async () => {
    fakeTime();
    const limited = rateLimit((x: number) => x, { limit: 1, interval: 100 });
    vi.setSystemTime(1_000_000);
    await limited(1);
    vi.setSystemTime(0);
    const next = limited(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(await next).toBe(2);
  });

  test.each<[unknown, string]>([
    [{ limit: 0, interval: 1 }, 'rateLimit.limit: 0 is not a whole number'],
    [{ limit: 1 }, 'rateLimit.interval: undefined is not a duration'],
    [{ limit: 1, interval: 1, keys: 'a' }, '"keys" is not an option. Did you mean "key"?'],
    [undefined, 'rateLimit.limit: undefined is not a whole number'],
  ])('%j is refused', (rate, message) => {
    expect(() => rateLimit((x: number) => x, rate as never)).toThrow(message);
  });

  property.prop([
    fc.array(fc.nat({ max: 120 }), { minLength: 1, maxLength: 30 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 100 }),
  ])('never lets more than its limit begin within an interval, and lets all begin', async (gaps, limit, interval) => {
    vi.useFakeTimers({ now: 0 });
    try {
      const begun: number[] = [];
      const limited = rateLimit(() => begun.push(Date.now()), { limit, interval });
      const all: Promise<unknown>[] = [];
      for (const gap of gaps) {
        await vi.advanceTimersByTimeAsync(gap);
        all.push(limited());
      }
      await vi.advanceTimersByTimeAsync(interval * gaps.length);
      await Promise.all(all);
      expect(begun).toHaveLength(gaps.length);
      for (const [i, at] of begun.entries())
        if (i >= limit) expect(at - begun[i - limit]!).toBeGreaterThanOrEqual(interval);
    } finally {
      vi.useRealTimers();
    }
  });
});
