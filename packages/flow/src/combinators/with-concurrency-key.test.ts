import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { flow } from '../flow.ts';
import { describe as describeFlow } from '../picture/describe.ts';
import { loop } from './loop.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';
import { withConcurrencyKey } from './with-concurrency-key.ts';

/** Bodies that take a tenth of a second, on fake time, and how many run at once. */
function setting() {
  vi.useFakeTimers({ now: 0 });
  onTestFinished(() => void vi.useRealTimers());
  const seen = { running: 0, most: 0, order: [] as string[] };
  const work = async (name: string): Promise<string> => {
    seen.order.push(`${name} at ${Date.now()}`);
    seen.most = Math.max(seen.most, ++seen.running);
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen.running -= 1;
    return name;
  };
  return { seen, work };
}

describe('withConcurrencyKey', () => {
  test('so many at once, the others in the order in which they came', async () => {
    const { seen, work } = setting();
    const limited = withConcurrencyKey(work, 'two', 2);
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (name) => limited(name)));
    await vi.advanceTimersByTimeAsync(300);
    expect(await all).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(seen.order).toEqual(['a at 0', 'b at 0', 'c at 100', 'd at 100', 'e at 200']);
    expect(seen.most).toBe(2);
  });

  test('all flows that name the key count together; the key may hang on the input', async () => {
    const { seen, work } = setting();
    const one = withConcurrencyKey(work, (name) => name[0]!, 1);
    const other = withConcurrencyKey(pipe(work), (name) => name[0]!, 1);
    const all = Promise.all([one('a1'), other('a2'), one('b1')]);
    await vi.advanceTimersByTimeAsync(300);
    await all;
    expect(seen.order).toEqual(['a1 at 0', 'b1 at 0', 'a2 at 100']);
  });

  test('a failure gives the key back', async () => {
    const failing = withConcurrencyKey(
      (x: number) => {
        throw new Error(`no ${x}`);
      },
      'failing',
      1,
    );
    await expect(failing(1)).rejects.toThrow('no 1');
    await expect(failing(2)).rejects.toThrow('no 2');
  });

  test('what is called within a holder has the key already', async () => {
    const { work } = setting();
    const inner = withConcurrencyKey(work, 'nested', 1);
    const outer = withConcurrencyKey(pipe('steps', inner, inner), 'nested', 1);
    const code = withConcurrencyKey(
      flow('code', (name: string) => inner(name)),
      'nested',
      1,
    );
    const all = Promise.all([outer('a'), code('b')]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await all).toEqual(['a', 'b']);
  });

  test('who is canceled while it waits leaves the line, and who holds the key gives it back', async () => {
    const { seen, work } = setting();
    const limited = withConcurrencyKey(work, 'left', 1);
    const failing = async (): Promise<never> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error('enough');
    };
    const first = limited('first');
    const group = parallel({ waits: limited, failing });
    const ends = group('in the group').then(
      () => 'a value',
      (error: Error) => error.message,
    );
    const last = limited('last');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([first, ends, last])).toEqual(['first', 'enough', 'last']);
    expect(seen.order).toEqual(['first at 0', 'last at 100']);
  });

  test('in one with a lower limit, nobody overtakes who waits for fewer to hold it', async () => {
    const { seen, work } = setting();
    const wide = withConcurrencyKey(work, 'wide', 2);
    const alone = withConcurrencyKey(work, 'wide', 1);
    const all = Promise.all([wide('a'), wide('b'), alone('c'), wide('d')]);
    await vi.advanceTimersByTimeAsync(1_000);
    await all;
    expect(seen.order).toEqual(['a at 0', 'b at 0', 'c at 100', 'd at 100']);
  });

  test('gives a promise always, is drawn as what it is, and its options hold for copies', async () => {
    const one = withConcurrencyKey('printer', (x: number) => x + 1, 'printer', 1);
    expect(one(1)).toBeInstanceOf(Promise);
    expect(await one(1)).toBe(2);
    expect(describeFlow(one).nodes[0]).toMatchObject({
      kind: 'with-concurrency-key',
      label: 'printer',
      policies: ['1 at once for "printer"'],
    });
    expect(await one.with({ name: 'other' })(1)).toBe(2);
  });

  test('a great many of them, one after another', async () => {
    const one = withConcurrencyKey(async (x: number) => x + 1, 'many', 1);
    const again = loop('again', one, { max: 1_000, while: (x) => x < 1_000 });
    expect(await again(0)).toBe(1_000);
    const all = await Promise.all(Array.from({ length: 5_000 }, async (_, i) => one(i)));
    expect(all.at(-1)).toBe(5_000);
  });

  test('what is wrong is said at once', () => {
    expect(() => withConcurrencyKey(String, '', 1)).toThrow('concurrencyKey.key: "" is neither a text');
    expect(() => withConcurrencyKey(String, 'db', 0)).toThrow('concurrencyKey.limit: 0 is not a whole number from 1');
  });
});
