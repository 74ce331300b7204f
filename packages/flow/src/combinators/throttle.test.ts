import { expect, onTestFinished, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { parallel } from './parallel.ts';
import { throttle } from './throttle.ts';

function fakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

test('calls once in a window and gives the last result within it', async () => {
  fakeTime();
  const calls: number[] = [];
  const limited = throttle((x: number) => {
    calls.push(x);
    return x * 2;
  }, 100);
  expect(await limited(1)).toBe(2);
  await vi.advanceTimersByTimeAsync(99);
  expect(await limited(2)).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(await limited(3)).toBe(6);
  expect(calls).toEqual([1, 3]);
});

test('answers during the first call with what that comes to, a failure as well', async () => {
  fakeTime();
  let count = 0;
  const failing = throttle(async () => {
    await wait(50);
    throw new Error(`no ${++count}`);
  }, 100);
  const both = [failing(), failing()].map(async (promise) => promise.catch((error: Error) => error));
  await vi.advanceTimersByTimeAsync(60);
  const [a, b] = await Promise.all(both);
  expect([a, a]).toEqual([b, await failing().catch((error: Error) => error)]);
  await vi.advanceTimersByTimeAsync(40);
  const next = failing().catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(50);
  expect(await next).toBe('no 2');
});

test('a call that all have left counts for nobody', async () => {
  fakeTime();
  const signals: AbortSignal[] = [];
  const limited = throttle(async (x: number) => {
    signals.push(context().signal);
    await wait(50);
    return x;
  }, 1_000);
  const fails = (): never => {
    throw new Error('no');
  };
  await expect(parallel([limited, fails])(1 as never)).rejects.toThrow('no');
  expect(signals[0]!.aborted).toBe(true);
  const next = limited(2);
  await vi.advanceTimersByTimeAsync(50);
  expect(await next).toBe(2);
});

test('takes all arguments, and refuses what is no duration', async () => {
  expect(await throttle('add', (a: number, b: number) => a + b, '1s')(1, 2)).toBe(3);
  expect(() => throttle((x: number) => x, 'soon' as never)).toThrow('throttle: window: "soon" is not a duration');
});
