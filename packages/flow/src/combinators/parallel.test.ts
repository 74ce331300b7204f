import { describe, expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('parallel', () => {
  test('gives the same input to every branch; results under their keys', async () => {
    const profile = parallel({
      upper: (text: string) => text.toUpperCase(),
      length: async (text: string) => text.length,
    });
    expect(await profile('abc')).toEqual({ upper: 'ABC', length: 3 });
  });

  test('or in their order', async () => {
    expect(await parallel('both', [(x: number) => x + 1, async (x: number) => `${x}`])(1)).toEqual([2, '1']);
    expect(await parallel([])(1 as never)).toEqual([]);
    expect(await parallel({})(1 as never)).toEqual({});
  });

  test('starts all at once', async () => {
    const log: string[] = [];
    const step = (name: string) => async () => {
      log.push(`start ${name}`);
      await tick();
      log.push(`end ${name}`);
    };
    await parallel([step('a'), step('b')])(undefined as never);
    expect(log).toEqual(['start a', 'start b', 'end a', 'end b']);
  });

  test('when one fails, siblings are aborted, also deep inside, and awaited, then it fails the same way', async () => {
    const log: string[] = [];
    const boom = new Error('boom');
    const waits = flow('waits', async () => {
      const { signal } = context();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await tick();
      log.push('waits: ended');
    });
    const after = flow('after', () => log.push('must not start'));
    const fails = async () => {
      await tick();
      throw boom;
    };
    await expect(
      parallel({ deep: pipe(parallel([pipe(waits, after)]), after), fails })(undefined as never),
    ).rejects.toBe(boom);
    expect(log).toEqual(['waits: ended']);
  });

  test('a branch that throws at once keeps later ones from starting', async () => {
    const log: string[] = [];
    const throws = (): void => {
      throw new Error('at once');
    };
    await expect(parallel([throws, () => log.push('started')])(undefined as never)).rejects.toThrow('at once');
    expect(log).toEqual([]);
  });

  test('a key that means the prototype is a key like any other', async () => {
    const results = await parallel({ ['__proto__']: () => 1, a: () => 2 })(undefined as never);
    expect(Object.keys(results)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(results)).toBe(Object.prototype);
  });

  test('mistakes', () => {
    expect(() => parallel(5 as never)).toThrow('parallel: 5 is neither an array nor a record of flows.');
    expect(() => parallel('named', undefined as never)).toThrow('parallel "named": undefined is neither');
    expect(() => parallel({ a: 5 as never })).toThrow('5 is neither a flow nor a function.');
  });
});
