import { describe, expect, test } from 'vitest';
import { filter } from './filter.ts';

const even = (x: number) => x % 2 === 0;
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('filter', () => {
  test('keeps in order what the answer is yes for; always a promise', async () => {
    expect(filter(even)([1, 2])).toBeInstanceOf(Promise);
    expect(await filter(even)([4, 1, 2, 3])).toEqual([4, 2]);
    expect(await filter(even)([])).toEqual([]);
    const later = filter(
      'later',
      async (x: number) => {
        for (let turns = 5 - x; turns > 0; turns--) await tick();
        return x !== 2;
      },
      { concurrency: 2 },
    );
    expect(await later([1, 2, 3, 4])).toEqual([1, 3, 4]);
  });

  test('asks about no more items at once than it may', async () => {
    let open = 0;
    let most = 0;
    const ask = async (_x: number) => {
      most = Math.max(most, ++open);
      await tick();
      open -= 1;
      return true;
    };
    await filter(ask, { concurrency: 2 })([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  test('fails as its answer fails, and asks no further', async () => {
    const asked: number[] = [];
    const ask = (x: number): boolean => {
      asked.push(x);
      if (x === 2) throw new Error('boom');
      return true;
    };
    await expect(filter(ask)([1, 2, 3])).rejects.toThrow('boom');
    expect(asked).toEqual([1, 2]);
  });

  test('leaves the array it was given alone', async () => {
    const given = [1, 2, 3];
    await filter(even)(given);
    expect(given).toEqual([1, 2, 3]);
  });

  test('mistakes', async () => {
    await expect(filter('evens', even)('12' as never)).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'filter "evens" takes an array; it was given "12".',
    });
    expect(() => filter(even, { concurrency: 0 })).toThrow(
      'filter: concurrency: 0 is neither a whole number from 1 nor Infinity.',
    );
    expect(() => filter('evens', even, { concurency: 2 } as never)).toThrow('Did you mean "concurrency"?');
  });
});
