import { expect, test } from 'vitest';
import { merge } from './merge.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';
import { split } from './split.ts';

const join = ([head, body]: readonly [string, string]) => `${head}: ${body}`;

test('merge makes one value of the tuple it is given, at once when its merger does', async () => {
  expect(merge(join)(['a', 'b'])).toBe('a: b');
  const later = merge('later', async ([a, b]: [number, number]) => a + b);
  expect(later([1, 2])).toBeInstanceOf(Promise);
  expect([await later([1, 2]), later.name]).toEqual([3, 'later']);
});

test('it puts together what split and parallel have taken apart', async () => {
  const parts = split((line: string) => line.split('=') as [string, string], [(key) => key.toUpperCase()]);
  expect(await pipe(parts, merge(join))('a=b')).toBe('A: b');
  const both = parallel({ twice: (x: number) => x * 2, half: (x: number) => x / 2 });
  expect(
    await pipe(
      both,
      merge(({ twice, half }) => twice - half),
    )(4),
  ).toBe(6);
});

test('fails as its merger does', () => {
  const fails = merge((_given: [number]): number => {
    throw new Error('boom');
  });
  expect(() => fails([1])).toThrow('boom');
  expect(() => merge(5 as never)).toThrow('5 is neither a flow nor a function.');
});
