import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { debounce } from './debounce.ts';
import { parallel } from './parallel.ts';

function fakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Fails after `ms`, and with it whatever is parallel to it. */
const failsAfter = (ms: number) => async () => {
  await wait(ms);
  throw new Error('no');
};

describe('debounce', () => {
  test('calls with the last input, and every caller gets that result', async () => {
    fakeTime();
    const calls: string[] = [];
    const search = debounce(async (text: string) => {
      calls.push(text);
      await wait(10);
      return text.toUpperCase();
    }, 100);
    const results = [search('h')];
    await vi.advanceTimersByTimeAsync(99);
    results.push(search('he'));
    await vi.advanceTimersByTimeAsync(50);
    results.push(search('hey'));
    await vi.advanceTimersByTimeAsync(99);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(11);
    expect(await Promise.all(results)).toEqual(['HEY', 'HEY', 'HEY']);
    const next = search('you');
    await vi.advanceTimersByTimeAsync(110);
    expect([await next, calls]).toEqual(['YOU', ['hey', 'you']]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('calls made in the same moment are one', async () => {
    fakeTime();
    const calls: number[] = [];
    const only = debounce((x: number) => calls.push(x), '1s');
    const results = [only(1), only(2), only(3)];
    await vi.advanceTimersByTimeAsync(1_000);
    expect([await Promise.all(results), calls]).toEqual([[1, 1, 1], [3]]);
  });

  test('fails for every caller with the same error', async () => {
    fakeTime();
    const failing = debounce((x: number) => {
      throw new Error(`no ${x}`);
    }, 10);
    const both = [failing(1), failing(2)].map(async (promise) => promise.catch((error: Error) => error));
    await vi.advanceTimersByTimeAsync(10);
    const [a, b] = await Promise.all(both);
    expect([a, (a as Error).message]).toEqual([b, 'no 2']);
    expect(a).toBe(b);
  });

  test('a caller that is canceled counts as never having called', async () => {
    fakeTime();
    const calls: number[] = [];
    const one = debounce((x: number) => {
      calls.push(x);
      return x;
    }, 100);
    const first = one(1);
    await vi.advanceTimersByTimeAsync(50);
    // Canceled after the first one's time has passed, and before its own has.
    const canceled = parallel([one, failsAfter(70)])(2 as never).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(50);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect([await canceled, await first, calls]).toEqual(['no', 1, [1]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the call goes on as long as one waits for it', async () => {
    fakeTime();
    const signals: AbortSignal[] = [];
    const slow = debounce(async (x: number) => {
      signals.push(context().signal);
      await wait(100);
      return x;
    }, 10);
    const doomed = [50, 60].map(async (ms) =>
      parallel([slow, failsAfter(ms)])(1 as never).catch((error: Error) => error.message),
    );
    await vi.advanceTimersByTimeAsync(55);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(10);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(await Promise.all(doomed)).toEqual(['no', 'no']);
    await vi.advanceTimersByTimeAsync(1_000);
  });
});
