import { expect, test } from 'vitest';
import { maybe } from './maybe.ts';
import { pipe } from './pipe.ts';

const half = (x: number) => (x === 0 ? null : x / 2);

test('maybe lets null and undefined pass; everything else goes through; always a promise', async () => {
  expect(maybe(half)(null)).toBeInstanceOf(Promise);
  expect(await maybe(half)(null)).toBeNull();
  expect(await maybe(half)(undefined)).toBeUndefined();
  expect(await maybe(half)(4)).toBe(2);
  const shown = maybe('shown', (value: unknown) => `<${String(value)}>`);
  expect([await shown(0), await shown(''), await shown(false), await shown(Number.NaN)]).toEqual([
    '<0>',
    '<>',
    '<false>',
    '<NaN>',
  ]);
});

test('several in a row stop at the first that gives none', async () => {
  const calls: number[] = [];
  const chain = pipe(
    maybe(half),
    maybe(async (x: number) => calls.push(x)),
  );
  expect([await chain(0), calls]).toEqual([null, []]);
  expect([await chain(6), calls]).toEqual([1, [3]]);
});

test('a failure is no missing value', async () => {
  const fails = maybe((_x: number): number => {
    throw new Error('boom');
  });
  await expect(fails(1)).rejects.toThrow('boom');
});
