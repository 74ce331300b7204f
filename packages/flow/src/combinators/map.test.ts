import { describe, expect, test } from 'vitest';
import { definitionOf } from '../definition.ts';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { map } from './map.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('map', () => {
  test('gives results in the order of the items, always as a promise', async () => {
    const waits = map(async (turns: number) => {
      for (let i = 0; i < turns; i++) await tick();
      return turns;
    });
    expect(await waits([3, 1, 2, 0])).toEqual([3, 1, 2, 0]);
    const doubles = map((x: number) => x * 2);
    expect(doubles([1, 2])).toBeInstanceOf(Promise);
    expect(await doubles([1, 2])).toEqual([2, 4]);
    expect(await doubles([])).toEqual([]);
  });

  test.each([1, 2, 3, 7])('runs at most %i at once, and that many', async (concurrency) => {
    let open = 0;
    let most = 0;
    const each = async (x: number) => {
      most = Math.max(most, ++open);
      await tick();
      open -= 1;
      return x;
    };
    await map(each, { concurrency })([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(concurrency);
  });

  test('16 at once unless told otherwise', async () => {
    let started = 0;
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const running = map(async () => {
      started += 1;
      await gate;
    })(Array.from({ length: 40 }));
    expect(started).toBe(16);
    go();
    await running;
    expect(started).toBe(40);
  });

  test('on a failure starts nothing further, aborts what is open, awaits it, then fails the same way', async () => {
    const log: string[] = [];
    const boom = new Error('boom');
    const each = flow('each', async (x: number) => {
      const { signal } = context();
      log.push(`start ${x}`);
      if (x === 1) {
        await tick();
        throw boom;
      }
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      log.push(`aborted ${x}: ${(signal.reason as Error).message}`);
      await tick();
      log.push(`end ${x}`);
    });
    await expect(map(each, { concurrency: 3 })([1, 2, 3, 4, 5])).rejects.toBe(boom);
    expect(log).toEqual([
      'start 1',
      'start 2',
      'start 3',
      'aborted 2: canceled: a sibling failed',
      'aborted 3: canceled: a sibling failed',
      'end 2',
      'end 3',
    ]);
  });

  test('a synchronous failure rejects as well', async () => {
    const each = (x: number) => {
      if (x === 2) throw new Error('boom');
      return x;
    };
    await expect(map(each)([1, 2, 3])).rejects.toThrow('boom');
  });

  test('runs all at once where concurrency is Infinity, and its picture says so', async () => {
    let open = 0;
    let most = 0;
    const each = async (x: number) => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      return x;
    };
    const all = map(each, { concurrency: Infinity });
    expect(await all(Array.from({ length: 40 }, (_, i) => i))).toHaveLength(40);
    expect(most).toBe(40);
    expect(definitionOf(all)?.picture.edges[0]?.label).toBe('each, all at once');
  });

  test('mistakes', async () => {
    await expect(map('each', (x: number) => x)(5 as never)).rejects.toThrow(
      'map "each" takes an array; it was given 5.',
    );
    for (const concurrency of [0, -1, 1.5, Number.NaN, -Infinity, '2']) {
      expect(() => map((x: number) => x, { concurrency } as never)).toThrow(
        /^map: concurrency: .* is neither a whole number from 1 nor Infinity\./,
      );
    }
    expect(() => map((x: number) => x, { concurency: 2 } as never)).toThrow('Did you mean "concurrency"?');
    expect(() => map(undefined as never)).toThrow('undefined is neither a flow nor a function.');
  });
});
