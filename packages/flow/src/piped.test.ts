import { describe as suite, expect, test } from 'vitest';
import { pipe } from './combinators/pipe.ts';
import { definitionOf } from './definition.ts';
import { flow } from './flow.ts';
import { describe } from './picture/describe.ts';

const add = flow('add', (x: number, y: number) => x + y);
const double = flow('double', (x: number) => x * 2);
const later = flow('later', async (x: number) => x + 1);
const ids = (given: Parameters<typeof describe>[0]) => describe(given).nodes.map(({ id }) => id);

suite('.pipe', () => {
  test('gives what the next makes of it, synchronous while both are', async () => {
    const text = add.pipe(double).pipe((x) => `${x}`);
    expect(text(1, 2)).toBe('6');
    expect(text.length).toBe(2);
    const promised = add.pipe(later).pipe(double);
    expect(promised(1, 2)).toBeInstanceOf(Promise);
    expect(await promised(1, 2)).toBe(8);
    const failing = later.pipe((): number => {
      throw new Error('boom');
    });
    await expect(failing(1)).rejects.toThrow('boom');
  });

  test('looks like pipe(this, next); one after another are one pipe', () => {
    expect(describe(add.pipe(double))).toEqual({ ...describe(pipe(add, double)), nodes: expect.anything() });
    expect(ids(add.pipe(double))).toEqual(ids(pipe(add, double)));
    expect(ids(add.pipe(double).pipe(later).pipe(double))).toEqual(ids(pipe(add, double, later, double)));
  });

  test('what was named, or given options, stays one step', () => {
    const named = add.pipe(double).with({ name: 'sum' });
    expect(ids(named.pipe(later))).toEqual(['pipe', 'pipe/sum', 'pipe/sum/add', 'pipe/sum/double', 'pipe/later']);
    expect(ids(pipe(add, double).pipe(later))[1]).toBe('pipe/pipe');
    expect(named(1, 2)).toBe(6);
  });

  test('a flow may be continued in several ways', () => {
    const start = double.pipe((x) => x + 1);
    const [left, right] = [start.pipe((x) => [x]), start.pipe((x) => `${x}`)];
    expect([start(1), left(1), right(1)]).toEqual([3, [3], '3']);
  });

  test('a long chain is as deep as one pipe', () => {
    let chain = double.pipe((x) => x);
    for (let i = 0; i < 10_000; i++) chain = chain.pipe(double);
    const { depth, picture } = definitionOf(chain)!;
    expect([depth, picture.slots.length]).toEqual([1, 10_002]);
    expect(chain(0)).toBe(0);
    expect(definitionOf(double.pipe(chain))!.depth).toBe(2);
  });

  test('takes a flow or a function', () => {
    expect(() => double.pipe(5 as never)).toThrow('5 is neither a flow nor a function.');
  });
});
