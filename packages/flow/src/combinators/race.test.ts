import { describe, expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';
import { race } from './race.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const after = (turns: number) => async (x: number) => {
  for (let i = 0; i < turns; i++) await tick();
  return x + turns;
};
/** Settles once it is aborted, and says so. */
const waits = (log: string[]) => async (_x: number) => {
  const { signal } = context();
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  log.push(`aborted: ${(signal.reason as Error).message}`);
  return 0;
};

describe('race', () => {
  test('comes to what settles first; always a promise', async () => {
    expect(race([(x: number) => x])(1)).toBeInstanceOf(Promise);
    expect(await race([after(3), after(1)])(0)).toBe(1);
    expect(await race('named', { slow: after(3), fast: after(2) })(0)).toBe(2);
  });

  test('a failure that is first counts, a later one is nobody’s', async () => {
    const fails = (turns: number) => async (x: number) => {
      await after(turns)(x);
      throw new Error(`boom ${turns}`);
    };
    await expect(race([after(3), fails(1)])(0)).rejects.toThrow('boom 1');
    expect(await race([after(1), fails(2)])(0)).toBe(1);
    await tick();
    await tick();
  });

  test('aborts the others, also deep inside', async () => {
    const log: string[] = [];
    const deep = pipe(parallel([flow('waits', waits(log))]), () => log.push('must not run'));
    expect(await race([deep, after(1)])(0)).toBe(1);
    await tick();
    expect(log).toEqual(['aborted: canceled: what it was for is done']);
  });

  test('the answer does not wait for those who ignore that they are aborted', async () => {
    expect(await race([after(1), () => new Promise<never>(() => undefined)])(0)).toBe(1);
  });

  test('one that settles at once keeps later ones from starting', async () => {
    const log: string[] = [];
    const never = () => log.push('started');
    expect(await race([waits(log), (x: number) => x + 5, never])(1)).toBe(6);
    const throws = (): number => {
      throw new Error('at once');
    };
    await expect(race([throws, never])(undefined as never)).rejects.toThrow('at once');
    await tick();
    expect(log).toEqual(['aborted: canceled: what it was for is done']);
  });

  test('mistakes', () => {
    expect(() => race('r', [])).toThrow('race "r" has no flows: nothing would ever settle.');
    expect(() => race(5 as never)).toThrow('race: 5 is neither an array nor a record of flows.');
  });
});
