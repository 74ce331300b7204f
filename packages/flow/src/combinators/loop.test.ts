import { describe, expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { type LoopOptions, loop } from './loop.ts';
import { map } from './map.ts';
import { pipe } from './pipe.ts';

const plusOne = (x: number) => x + 1;
const plusOneLater = async (x: number) => x + 1;

describe('loop', () => {
  test.each<[string, LoopOptions<number>, number, number]>([
    ['while holds before each iteration', { while: (x) => x < 5 }, 0, 5],
    ['while that never holds', { while: () => false }, 7, 7],
    ['until is asked after each iteration', { until: (x) => x >= 5 }, 9, 10],
    ['until with the number done', { until: (_x, done) => done === 3 }, 0, 3],
    ['both', { while: (x) => x < 5, until: (x) => x === 3 }, 0, 3],
    ['max alone is that many times', { max: 4 }, 0, 4],
    ['max with onMax return', { while: () => true, max: 4, onMax: 'return' }, 0, 4],
    ['max that is just enough', { while: (x) => x < 4, max: 4 }, 0, 4],
  ])('%s', async (_name, options, input, output) => {
    expect(loop('l', plusOne, options)(input)).toBe(output);
    const later = loop('l', plusOneLater, options)(input);
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe(output);
  });

  test('reaching max while more are wanted is an error', async () => {
    const message = 'loop "l" wanted more than its 3 iterations. Raise max, or set onMax: \'return\'. Last value: 3';
    const error = expect.objectContaining({ code: 'loop-limit', message });
    expect(() => loop('l', plusOne, { while: () => true, max: 3 })(0)).toThrow(error);
    await expect(loop('l', plusOneLater, { while: () => true, max: 3 })(0)).rejects.toEqual(error);
  });

  test('is bounded by 10,000 unless told otherwise', () => {
    expect(() => loop('l', plusOne, { while: () => true })(0)).toThrow(/10000 iterations/);
    expect(loop('l', plusOne, { while: (x) => x < 10_000 })(0)).toBe(10_000);
  });

  test('a body that turns out to be asynchronous midway', async () => {
    const body = (x: number) => (x === 2 ? Promise.resolve(3) : x + 1);
    expect(await loop<number, number | Promise<number>>('l', body, { max: 5 })(0)).toBe(5);
  });

  test('mistakes', () => {
    expect(() => loop('l', plusOne, {})).toThrow('loop "l" would never end: give while, until or max.');
    expect(() => loop('l', plusOne, { max: 0 })).toThrow('loop "l": max: 0 is not a whole number from 1.');
    expect(() => loop('l', plusOne, { max: 1, onMax: 'stop' as never })).toThrow('neither "error" nor "return"');
    expect(() => loop('l', plusOne, { whlie: () => true } as never)).toThrow(
      'loop "l": "whlie" is not an option. Did you mean "while"?',
    );
    expect(() => loop('l', plusOne, undefined as never)).toThrow('loop "l": the options are undefined, not an object.');
  });

  test('its body knows the iteration, also further in; the nearest counts; outside there is none', async () => {
    const seen: unknown[] = [];
    const note = flow('note', (x: number) => {
      seen.push(context().iteration);
      return x + 1;
    });
    expect(loop('l', pipe(note, note), { max: 2 })(0)).toBe(4);
    expect(seen).toEqual([0, 0, 1, 1]);
    seen.length = 0;
    const later = flow(async (x: number) => note(x));
    await loop(
      'outer',
      pipe(
        later,
        (x) => [x, x],
        map(note),
        ([x]) => x!,
      ),
      { max: 2 },
    )(0);
    expect(seen).toEqual([0, 0, 1, 1, 0, 1]);
    seen.length = 0;
    note(1);
    expect(seen).toEqual([undefined]);
  });
});

test('without its name it says how it is called', () => {
  expect(() => loop(((x: number) => x) as never, { max: 3 } as never, {})).toThrow(
    'loop has its name first: loop(name, body, options).',
  );
});
