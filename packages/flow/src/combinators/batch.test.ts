import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { batch } from './batch.ts';
import { map } from './map.ts';
import { parallel } from './parallel.ts';

function fakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Doubles, and remembers which inputs came together. */
function doubling(): { readonly calls: number[][]; readonly double: (xs: number[]) => Promise<number[]> } {
  const calls: number[][] = [];
  return {
    calls,
    double: async (xs) => {
      calls.push(xs);
      await wait(5);
      return xs.map((x) => x * 2);
    },
  };
}

describe('batch', () => {
  test('makes one call when it is full, each caller gets its own', async () => {
    fakeTime();
    const { calls, double } = doubling();
    const one = batch(double, { size: 3, delay: '1s' });
    const results = [1, 2, 3, 4].map(async (x) => one(x));
    await vi.advanceTimersByTimeAsync(5);
    expect([await Promise.all(results.slice(0, 3)), calls]).toEqual([[2, 4, 6], [[1, 2, 3]]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([await results[3], calls[1]]).toEqual([8, [4]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits for others at most as long as the delay', async () => {
    fakeTime();
    const { calls, double } = doubling();
    const one = batch('double', double);
    const first = one(1);
    await vi.advanceTimersByTimeAsync(60);
    const second = one(2);
    await vi.advanceTimersByTimeAsync(39);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(6);
    expect([await first, await second, calls]).toEqual([2, 4, [[1, 2]]]);
  });

  test('makes batches of the items of a map', async () => {
    fakeTime();
    const { calls, double } = doubling();
    const all = map(batch(double, { size: 4, delay: 10 }), { concurrency: 100 })(
      Array.from({ length: 10 }, (_, i) => i),
    );
    await vi.advanceTimersByTimeAsync(20);
    expect(await all).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect(calls.map(({ length }) => length)).toEqual([4, 4, 2]);
  });

  test('fails for all with the same error', async () => {
    const failing = batch(
      (): number[] => {
        throw new Error('no');
      },
      { size: 2 },
    );
    const [a, b] = await Promise.all([1, 2].map(async (x) => failing(x).catch((error: Error) => error)));
    expect(a).toBe(b);
  });

  test.each<[unknown, string]>([
    [[1], '1 results'],
    [[1, 2, 3], '3 results'],
    [{ length: 2 }, 'no list but {"length":2}'],
  ])('an answer of %j for two is an error that names the counts', async (answer, what) => {
    const wrong = batch('wrong', () => answer as number[], { size: 2 });
    const results = await Promise.all([1, 2].map(async (x) => wrong(x).catch((error: Error) => error)));
    expect(results[0]).toMatchObject({
      code: 'invalid-output',
      message: `batch "wrong": its function was given 2 inputs and gave ${what}; it has to give a list of 2, one for each input and in their order.`,
    });
    expect(results[0]).toBe(results[1]);
  });

  test('who is canceled before the call is not in it, after it leaves the others be', async () => {
    fakeTime();
    const { calls, double } = doubling();
    const one = batch(double, { size: 10, delay: 100 });
    const failsAfter = (ms: number) => async () => {
      await wait(ms);
      throw new Error('no');
    };
    const doomed = [50, 103].map(async (ms, i) => parallel([one, failsAfter(ms)])(i as never).catch(() => 'failed'));
    await vi.advanceTimersByTimeAsync(20);
    const kept = one(7);
    await vi.advanceTimersByTimeAsync(90);
    expect([await Promise.all(doomed), await kept, calls]).toEqual([['failed', 'failed'], 14, [[1, 7]]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([calls.length, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test('is aborted when nobody waits for it any more', async () => {
    fakeTime();
    let signal: AbortSignal | undefined;
    const one = batch(
      async (xs: number[]) => {
        ({ signal } = context());
        await wait(100);
        return xs;
      },
      { size: 1 },
    );
    const fails = async (): Promise<never> => {
      await wait(10);
      throw new Error('no');
    };
    const doomed = parallel([one, fails])(1 as never).catch(() => 'failed');
    await vi.advanceTimersByTimeAsync(10);
    expect([await doomed, signal?.aborted]).toEqual(['failed', true]);
  });

  test.each<[unknown, string]>([
    [{ size: 0 }, 'batch: size: 0 is not a whole number from 1'],
    [{ delay: 'soon' }, 'batch: delay: "soon" is not a duration'],
    [{ max: 1 }, '"max" is not an option'],
  ])('%j is refused', (options, message) => {
    expect(() => batch((xs: number[]) => xs, options as never)).toThrow(message);
  });
});
