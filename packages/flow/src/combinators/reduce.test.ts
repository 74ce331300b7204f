import { describe, expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { reduce } from './reduce.ts';

const add = ([sum, x]: [number, number]) => sum + x;

describe('reduce', () => {
  test('takes the items one after another, each with what there is so far; always a promise', async () => {
    expect(reduce(add, 0)([1])).toBeInstanceOf(Promise);
    expect(await reduce(add, 10)([1, 2, 3, 4])).toBe(20);
    expect(await reduce('joined', async ([text, x]: readonly [string, number]) => `${text}${x}`, '')([1, 2])).toBe(
      '12',
    );
  });

  test('no items give the initial value', async () => {
    expect(await reduce(add, 5)([])).toBe(5);
    expect(await reduce(([last]: [undefined, number]) => last, undefined)([])).toBeUndefined();
  });

  test('its step knows which item it is', async () => {
    const seen = reduce(
      ([indices]: readonly [readonly unknown[], string]): readonly unknown[] => [...indices, context().iteration],
      [],
    );
    expect(await seen(['a', 'b'])).toEqual([0, 1]);
  });

  test('fails as its step fails, and takes no further item', async () => {
    const taken: number[] = [];
    const step = async ([, x]: [number, number]): Promise<number> => {
      taken.push(x);
      if (x === 2) throw new Error('boom');
      return x;
    };
    await expect(reduce(step, 0)([1, 2, 3])).rejects.toThrow('boom');
    expect(taken).toEqual([1, 2]);
  });

  test('mistakes', async () => {
    await expect(reduce('sum', add, 0)(5 as never)).rejects.toThrow('reduce "sum" takes an array; it was given 5.');
    expect(() => reduce(undefined as never, 0)).toThrow('undefined is neither a flow nor a function.');
  });
});
