import { expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { repeat } from './repeat.ts';

const inc = (x: number) => x + 1;

test('repeat runs so many times, each time on what it gave the last time; always a promise', async () => {
  expect(repeat(inc, 5)(0)).toBeInstanceOf(Promise);
  expect(await repeat(inc, 5)(10)).toBe(15);
  expect(await repeat('doubled', async (x: number) => x * 2, 3)(2)).toBe(16);
});

test('0 times gives the input', async () => {
  expect(await repeat(inc, 0)(5)).toBe(5);
  expect(await Promise.all([1, 2].map(repeat(inc, 0)))).toEqual([1, 2]);
});

test('its body knows the iteration', async () => {
  const seen = repeat((indices: unknown[]) => [...indices, context().iteration], 3);
  expect(await seen([])).toEqual([0, 1, 2]);
});

test('fails as its body fails', async () => {
  let calls = 0;
  const fails = repeat((x: number): number => {
    calls += 1;
    if (x === 1) throw new Error('boom');
    return x + 1;
  }, 5);
  await expect(fails(0)).rejects.toThrow('boom');
  expect(calls).toBe(2);
});

test.each([-1, 1.5, Number.NaN, Infinity, undefined])('%s times is refused', (times) => {
  expect(() => repeat('r', inc, times as number)).toThrow(`repeat "r": times: ${times} is not a whole number from 0.`);
});
