import { expect, test } from 'vitest';
import { pipe } from './pipe.ts';
import { tap } from './tap.ts';

test('tap gives its input once the effect is done; always a promise', async () => {
  const log: string[] = [];
  const value = { n: 1 };
  const noting = tap('noting', async ({ n }: { n: number }) => {
    await Promise.resolve();
    log.push(`saw ${n}`);
    return 'ignored';
  });
  const result = noting(value);
  expect(result).toBeInstanceOf(Promise);
  expect(await result).toBe(value);
  expect(log).toEqual(['saw 1']);
  expect(tap(() => 5)(value)).toBeInstanceOf(Promise);
  expect(await tap(() => 5)('a')).toBe('a');
});

test.each([
  [
    'synchronous',
    (): never => {
      throw new Error('boom');
    },
  ],
  ['asynchronous', () => Promise.reject(new Error('boom'))],
])('an %s effect that fails fails it', async (_kind, effect) => {
  const reached: unknown[] = [];
  await expect(pipe(tap<number>(effect), (x) => reached.push(x))(1)).rejects.toThrow('boom');
  expect(reached).toEqual([]);
});

test('called with more arguments, both see the first', async () => {
  const seen: unknown[][] = [];
  const noting = tap((...args: [string]) => seen.push(args));
  expect(await Promise.all(['a', 'b'].map(noting))).toEqual(['a', 'b']);
  expect(seen).toEqual([['a'], ['b']]);
});
