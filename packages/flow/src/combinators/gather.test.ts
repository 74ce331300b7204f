import { describe, expect, test } from 'vitest';
import { gather } from './gather.ts';

describe('gather', () => {
  test('gives an array at once when all were synchronous', () => {
    expect(gather(3, 2, (i) => i * 10)).toEqual([0, 10, 20]);
    expect(gather(0, 1, () => 1)).toEqual([]);
  });

  test('mixes synchronous and asynchronous pieces in order', async () => {
    expect(await gather(4, 2, (i) => (i % 2 === 0 ? i : Promise.resolve(i)))).toEqual([0, 1, 2, 3]);
  });

  test('after a failure nothing is started, also when others settle later', async () => {
    const started: number[] = [];
    const settle: (() => void)[] = [];
    const all = gather(4, 2, (i) => {
      started.push(i);
      return new Promise((resolve, reject) => {
        settle.push(i === 0 ? () => reject(new Error('boom')) : () => resolve(i));
      });
    }) as Promise<unknown>;
    settle[0]!();
    await expect(all).rejects.toThrow('boom');
    settle[1]!();
    await Promise.resolve();
    expect(started).toEqual([0, 1]);
  });

  test('a piece that throws in a later round rejects', async () => {
    const all = gather(3, 1, (i) => {
      if (i === 2) throw new Error('boom');
      return Promise.resolve(i);
    });
    await expect(all).rejects.toThrow('boom');
  });
});
