import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { isPromiseLike } from '../port.ts';
import { memoize } from './memoize.ts';
import { parallel } from './parallel.ts';

function later<T>(value: T, ms = 10): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms));
}

function fakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

describe('memoize', () => {
  test('calls once for each input, and is synchronous when what it wraps is', () => {
    const calls: unknown[] = [];
    const square = memoize((x: number) => {
      calls.push(x);
      return x * x;
    });
    expect([square(3), square(3), square(4), square(-0), square(0)]).toEqual([9, 9, 16, 0, 0]);
    expect(calls).toEqual([3, 4, -0, 0]);
  });

  test('knows all arguments, or what the key makes of them', () => {
    const add = vi.fn<(a: number, b: number) => number>((a: number, b: number) => a + b);
    const plain = memoize(add);
    expect([plain(1, 2), plain(2, 1), plain(1, 2)]).toEqual([3, 3, 3]);
    expect(add).toHaveBeenCalledTimes(2);
    const keyed = memoize('sum', add, (a, b) => [Math.min(a, b), Math.max(a, b)]);
    expect([keyed.name, keyed.length, keyed(1, 2), keyed(2, 1)]).toEqual(['sum', 2, 3, 3]);
    expect(add).toHaveBeenCalledTimes(3);
  });

  test('shares a call under way', async () => {
    fakeTime();
    const fetch = vi.fn<(x: number) => Promise<{ x: number }>>(async (x) => later({ x }));
    const shared = memoize(fetch);
    const both = [shared(1), shared(1)];
    await vi.advanceTimersByTimeAsync(10);
    const [a, b] = await Promise.all(both);
    expect(a).toBe(b);
    expect([fetch.mock.calls.length, await shared(1)]).toEqual([1, a]);
  });

  test('keeps no failure, synchronous or not, and gives the same one to all who waited', async () => {
    fakeTime();
    let count = 0;
    const sync = memoize(() => {
      throw new Error(`no ${++count}`);
    });
    expect(sync).toThrow('no 1');
    expect(sync).toThrow('no 2');
    const async = memoize(async (x: number) => {
      await later(x);
      throw new Error(`later ${++count}`);
    });
    const both = [async(1), async(1)].map(async (promise) => promise.catch((error: Error) => error));
    await vi.advanceTimersByTimeAsync(10);
    const [a, b] = await Promise.all(both);
    expect(a).toBe(b);
    const again = async(1).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(10);
    expect(await again).toBe('later 4');
  });

  test('forgets what was not asked for the longest', () => {
    const calls: number[] = [];
    const small = memoize(
      (x: number) => {
        calls.push(x);
        return x;
      },
      { max: 2 },
    );
    for (const x of [1, 2, 1, 3, 1, 2]) small(x);
    expect(calls).toEqual([1, 2, 3, 2]);
  });

  test('keeps a result for its time to live, counted from when it was there', async () => {
    fakeTime();
    const fetch = vi.fn<(x: number) => Promise<number>>(async (x) => later(x, 1_000));
    const fresh = memoize(fetch, { ttl: '5s' });
    const first = fresh(1);
    await vi.advanceTimersByTimeAsync(1_000);
    await first;
    await vi.advanceTimersByTimeAsync(4_999);
    await fresh(1);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    void fresh(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    const sharing = memoize((x: number) => [x], { ttl: 0 });
    expect(sharing(1)).not.toBe(sharing(1));
  });

  test('shares its results with its copies, and with nobody else', () => {
    const original = memoize((x: number) => [x]);
    expect(original.with({ name: 'copy' })(1)).toBe(original(1));
    expect(memoize((x: number) => [x])(1)).not.toBe(memoize((x: number) => [x])(1));
  });

  test('does not cancel a call that another waits for, and cancels one that nobody does', async () => {
    fakeTime();
    const signals: AbortSignal[] = [];
    const slow = memoize(
      flow('slow', async (_: number) => {
        const { signal } = context();
        signals.push(signal);
        await later(0, 100);
        return signal.aborted;
      }),
    );
    const fails = async (): Promise<never> => {
      await later(0, 10);
      throw new Error('no');
    };
    const doomed = parallel([slow, fails])(1 as never).catch(() => 'failed');
    const waiting = slow(1);
    await vi.advanceTimersByTimeAsync(50);
    expect([await doomed, signals.map(({ aborted }) => aborted)]).toEqual(['failed', [false]]);
    await vi.advanceTimersByTimeAsync(50);
    expect(await waiting).toBe(false);
    const alone = parallel([slow, fails])(2 as never).catch(() => 'failed');
    await vi.advanceTimersByTimeAsync(20);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
    // What was left is no result: the next one calls anew.
    const anew = slow(2);
    await vi.advanceTimersByTimeAsync(100);
    expect([await alone, await anew]).toEqual(['failed', false]);
  });

  test.each<[unknown, string]>([
    [{ max: 0 }, 'memoize: max: 0 is not a whole number from 1'],
    [{ ttl: -1 }, 'memoize: ttl: -1 is not a duration'],
    [{ key: 'id' }, 'memoize: key: "id" is not a function'],
    [{ size: 1 }, '"size" is not an option'],
  ])('%j is refused', (options, message) => {
    expect(() => memoize((x: number) => x, options as never)).toThrow(message);
  });

  test('is a promise when what it wraps is known to give one', () => {
    expect(isPromiseLike(memoize(async () => 1)())).toBe(true);
  });
});
