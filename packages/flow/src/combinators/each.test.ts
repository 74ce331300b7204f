import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { describe as pictureOf } from '../picture/describe.ts';
import { each, toArray } from './each.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';

function fakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A source that writes down what it is asked for; each item takes `ms`. */
function source(log: string[], ms = 0, count = Number.POSITIVE_INFINITY): AsyncGenerator<number> {
  return (async function* () {
    try {
      for (let i = 0; i < count; i++) {
        if (ms > 0) await wait(ms);
        log.push(`pull ${i}`);
        yield i;
      }
    } finally {
      log.push('closed');
    }
  })();
}

describe('each', () => {
  test('counts, or collects in the items’ order, from any iterable', async () => {
    fakeTime();
    const slowest = async (x: number): Promise<number> => {
      await wait(100 - x);
      return x * 2;
    };
    const doubled = each(slowest, { into: toArray(), concurrency: 4 });
    const all = Promise.all([
      doubled([1, 2, 3, 4, 5]),
      doubled(new Set([5, 1])),
      doubled(source([], 1, 3)),
      each(slowest)([1, 2, 3]),
      doubled([]),
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await all).toEqual([[2, 4, 6, 8, 10], [10, 2], [0, 2, 4], 3, []]);
  });

  test('pulls an item when there is room for it, and no sooner', async () => {
    fakeTime();
    const log: string[] = [];
    const work = async (x: number): Promise<void> => {
      await wait(x === 0 ? 100 : 10);
      log.push(`done ${x}`);
    };
    const add = (count: number, _: unknown, index: number): number => {
      log.push(`added ${index}`);
      return count + 1;
    };
    const all = each(work, { concurrency: 2, into: { start: () => 0, add } })(source(log, 0, 4));
    await vi.advanceTimersByTimeAsync(50);
    // The second is done, and waits for the first: it keeps its place.
    expect(log).toEqual(['pull 0', 'pull 1', 'done 1']);
    await vi.advanceTimersByTimeAsync(100);
    expect(await all).toBe(4);
    expect(log.slice(3)).toEqual([
      'done 0',
      'added 0',
      'added 1',
      'pull 2',
      'pull 3',
      'done 2',
      'added 2',
      'closed',
      'done 3',
      'added 3',
    ]);
  });

  test('a slow collector holds the source back', async () => {
    fakeTime();
    const log: string[] = [];
    const add = async (sum: number, x: number): Promise<number> => {
      await wait(100);
      return sum + x;
    };
    const all = each((x: number) => x, { concurrency: 3, into: { start: () => 0, add } })(source(log, 0, 100));
    await vi.advanceTimersByTimeAsync(50);
    expect(log).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(100);
    expect(log).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await all).toBe(4_950);
  });

  test('when an item fails the others are aborted, the source is closed, and it fails the same way', async () => {
    fakeTime();
    const log: string[] = [];
    const failure = new Error('no');
    const work = async (x: number): Promise<void> => {
      const { signal } = context();
      if (x !== 1) signal.addEventListener('abort', () => log.push(`aborted ${x}`));
      await wait(x === 1 ? 10 : 20);
      if (x === 1) throw failure;
      log.push(`ended ${x}`);
    };
    const all = each(work, { concurrency: 3 })(source(log)).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(100);
    expect(await all).toBe(failure);
    expect(log).toEqual(['pull 0', 'pull 1', 'pull 2', 'aborted 0', 'aborted 2', 'ended 0', 'ended 2', 'closed']);
  });

  test('ends early by until, closing the source and aborting what is open', async () => {
    fakeTime();
    const log: string[] = [];
    const found = each(
      async (x: number) => {
        await wait(10);
        return x;
      },
      { concurrency: 2, into: toArray(), until: (x) => x === 2 },
    )(source(log));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await found).toEqual([0, 1, 2]);
    expect(log.at(-1)).toBe('closed');
    expect(log.length).toBeLessThanOrEqual(6);
  });

  test('a source that fails, sync or not, ends it, and is not closed', async () => {
    const log: string[] = [];
    const failing = {
      [Symbol.iterator]: () => ({
        next: (): IteratorResult<number> => {
          throw new Error('broken');
        },
        return: () => {
          log.push('closed');
          return { done: true as const, value: undefined };
        },
      }),
    };
    await expect(each((x: number) => x)(failing)).rejects.toThrow('broken');
    const { next, return: close } = failing[Symbol.iterator]();
    const asyncFailing = {
      // Thrown at once, as no generator does.
      [Symbol.asyncIterator]: () => ({ next: next as never, return: async () => close() }),
    } as AsyncIterable<number>;
    await expect(each((x: number) => x)(asyncFailing)).rejects.toThrow('broken');
    expect(log).toEqual([]);
  });

  test('a source that never answers is asked to close, and not waited for', async () => {
    let asked = false;
    const stuck: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => {
        let first = true;
        return {
          next: async () => {
            if (!first) return new Promise(() => undefined);
            first = false;
            return { done: false, value: 1 };
          },
          return: () => {
            asked = true;
            return new Promise(() => undefined);
          },
        };
      },
    };
    const fails = async (): Promise<never> => {
      await Promise.resolve();
      throw new Error('no');
    };
    await expect(each(fails)(stuck)).rejects.toThrow('no');
    expect(asked).toBe(true);
  });

  test('has its source in the picture, and asks it for each call anew', async () => {
    const lines = flow('lines', async function* (text: string) {
      yield* text.split('\n');
    });
    const lengths = each('lengths', (line: string) => line.length, { from: lines, into: toArray() });
    expect([await lengths('a\nbcd'), await lengths('x')]).toEqual([[1, 3], [1]]);
    expect(
      await pipe(
        lines,
        each((line: string) => line.length),
      )('a\nb'),
    ).toBe(2);
    const { nodes, edges } = pictureOf(lengths);
    expect(nodes.map(({ id }) => id)).toEqual(['lengths', 'lengths/lines', 'lengths/task']);
    expect(edges.map(({ from, to, label }) => `${from} → ${to}: ${label}`)).toContain(
      'lengths/lines → lengths/task: each as it comes, up to 16 at once',
    );
  });

  test('is canceled while it waits for its source', async () => {
    fakeTime();
    const log: string[] = [];
    const fails = async (): Promise<never> => {
      await wait(10);
      throw new Error('no');
    };
    const all = parallel([each((x: number) => x), fails])(source(log, 5_000) as never).catch(
      (error: Error) => error.message,
    );
    await vi.advanceTimersByTimeAsync(10);
    expect(await all).toBe('no');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(log).toEqual(['pull 0', 'closed']);
  });

  test.each<[unknown, string]>([
    ['abc', 'each pulls its items from an iterable or async iterable'],
    [7, 'it was given 7'],
  ])('%j is no source', async (value, message) => {
    await expect(each((x: string) => x)(value as never)).rejects.toThrow(message);
  });

  test.each<[unknown, string]>([
    [{ concurrency: Number.POSITIVE_INFINITY }, 'each: concurrency: Infinity is not a whole number from 1'],
    [{ into: [] }, 'each: into: [] is no { start, add }, such as toArray()'],
    [{ until: 3 }, 'each: until: 3 is not a function'],
    [{ form: 1 }, 'Did you mean "from"?'],
  ])('%j is refused', (options, message) => {
    expect(() => each((x: number) => x, options as never)).toThrow(message);
  });

  test('a hundred thousand items take their time and no stack, through any window', async () => {
    const count = 100_000;
    const numbers = function* (): Generator<number> {
      for (let i = 0; i < count; i++) yield i;
    };
    const add = (sum: number, x: number): number => sum + x;
    const sum = (child: (x: number) => number | Promise<number>, concurrency: number) =>
      each(child, { concurrency, into: { start: () => 0, add } })(numbers());
    expect(await sum((x) => x, 1)).toBe((count * (count - 1)) / 2);
    expect(await sum(async (x) => x, 1_000)).toBe((count * (count - 1)) / 2);
  });
});
