import { describe, expect, test } from 'vitest';
import { HolonError } from '../errors.ts';
import { fallback } from './fallback.ts';

const shop = async (id: number) => {
  if (id < 10) throw new Error(`no ${id}`);
  return `shop ${id}`;
};

describe('fallback', () => {
  test('is the primary’s result, or the backup’s for the same input; always a promise', async () => {
    const price = fallback(shop, (id) => `cache ${id}`);
    expect(price(1)).toBeInstanceOf(Promise);
    expect([await price(11), await price(1)]).toEqual(['shop 11', 'cache 1']);
    expect(await fallback('named', fallback(shop, shop), () => 'last')(3)).toBe('last');
  });

  test('several arguments go to both', async () => {
    const fails = (a: number, b: number): number => {
      throw new Error(`${a} ${b}`);
    };
    const sum = fallback(fails, (a, b) => a + b);
    expect(await sum(2, 3)).toBe(5);
    expect(sum.length).toBe(2);
  });

  test('a synchronous primary that throws falls back, a backup that throws rejects', async () => {
    const throws = (message: string) => (): never => {
      throw new Error(message);
    };
    expect(await fallback(throws('first'), () => 5)()).toBe(5);
    await expect(fallback(throws('first'), throws('second'))()).rejects.toThrow('second');
  });

  test('being canceled is no reason to fall back', async () => {
    const canceled = new HolonError('canceled', 'canceled');
    const ran: string[] = [];
    await expect(
      fallback(
        () => Promise.reject(canceled),
        () => ran.push('backup'),
      )(),
    ).rejects.toBe(canceled);
    expect(ran).toEqual([]);
  });
});
