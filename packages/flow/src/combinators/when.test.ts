import { describe, expect, test } from 'vitest';
import { when } from './when.ts';

const positive = (x: number) => x > 0;
const never = (): never => {
  throw new Error('must not run');
};

describe('when', () => {
  test('takes one way or the other; always a promise', async () => {
    const sign = when(
      positive,
      () => 'plus',
      async () => 'not plus',
    );
    expect(sign(1)).toBeInstanceOf(Promise);
    expect([await sign(1), await sign(0)]).toEqual(['plus', 'not plus']);
    expect(await when('named', positive, (x) => x * 2, never)(4)).toBe(8);
  });

  test('without another way, the input passes', async () => {
    const value = -5;
    expect(await when(positive, never)(value)).toBe(-5);
    expect(await when('named', positive, (x) => x + 1)(1)).toBe(2);
  });

  test('its predicate may be asynchronous, and fails it', async () => {
    expect(
      await when(
        async (x: number) => x > 0,
        () => 'yes',
        never,
      )(1),
    ).toBe('yes');
    expect(await when(async (x: number) => x > 0, never)(-1)).toBe(-1);
    await expect(when((_x: number) => Promise.reject(new Error('boom')), never)(1)).rejects.toThrow('boom');
  });

  test('fails as the way taken fails', async () => {
    const fails = (): number => {
      throw new Error('boom');
    };
    await expect(when(positive, fails)(1)).rejects.toThrow('boom');
  });

  test('mistakes', () => {
    expect(() => when(positive, 5 as never)).toThrow('5 is neither a flow nor a function.');
    expect(() => when(positive, undefined as never)).toThrow('undefined is neither a flow nor a function.');
    expect(() => when(positive, positive, null as never)).toThrow('null is neither a flow nor a function.');
  });
});
