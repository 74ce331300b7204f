import { isHolonError } from '@holon/flow';
import { expect, test } from 'vitest';
import { simulatedClock } from './simulated-clock.ts';
import { rejection } from './test/setting.ts';

test('shows the time it was started with, and stands still', () => {
  const clock = simulatedClock(1_000);
  expect([clock.now(), clock.elapsed()]).toEqual([1_000, 0]);
});

test('lets time pass in order, with all that follows in between', async () => {
  const clock = simulatedClock();
  const seen: string[] = [];
  const walk = async (name: string, ms: number) => {
    for (let i = 0; i < 2; i++) {
      await clock.sleep(ms);
      seen.push(`${name} ${clock.elapsed()}`);
    }
  };
  void walk('slow', 30);
  void walk('quick', 20);
  await clock.advance(40);
  expect(seen).toEqual(['quick 20', 'slow 30', 'quick 40']);
  expect(clock.now()).toBe(40);
});

test('finish lets as much time pass as needed, and passes a failure on', async () => {
  const clock = simulatedClock();
  expect(await clock.finish(clock.sleep(3_600_000).then(() => 'done'))).toBe('done');
  expect(clock.elapsed()).toBe(3_600_000);
  const error = new Error('no');
  expect(await rejection(clock.finish(clock.sleep(1).then(() => Promise.reject(error))))).toBe(error);
});

test('finish tells a deadlock', async () => {
  const error = await rejection(simulatedClock().finish(new Promise(() => undefined)));
  expect(isHolonError(error, 'internal')).toBe(true);
});

test('an aborted sleep rejects at once and leaves nothing due', async () => {
  const clock = simulatedClock();
  const controller = new AbortController();
  const sleep = clock.sleep(50, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
  await expect(clock.sleep(50, controller.signal)).rejects.toThrow('enough');
  await expect(clock.finish(new Promise(() => undefined))).rejects.toThrow('nothing is due');
  expect(clock.elapsed()).toBe(0);
});

test('deferred calls come after promises that can go on', async () => {
  const clock = simulatedClock();
  const seen: string[] = [];
  clock.defer(() => seen.push('deferred'));
  void Promise.resolve()
    .then(() => undefined)
    .then(() => seen.push('promise'));
  await clock.advance(0);
  expect(seen).toEqual(['promise', 'deferred']);
});
