import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pipe } from './pipe.ts';
import { validate } from './validate.ts';

const positive = (x: number) => x > 0;

describe('validate by a predicate', () => {
  test('lets through what it holds for, at once, and throws for the rest', () => {
    expect(validate(positive)(5)).toBe(5);
    expect(() => validate(positive)(-5)).toThrow(/^Validation failed$/);
    expect(() => validate(positive, 'Must be positive')(-5)).toThrow(
      expect.objectContaining({ message: 'Must be positive', code: 'invalid-input', details: { given: '-5' } }),
    );
  });

  test('an asynchronous one makes it a promise', async () => {
    const later = validate('later', async (x: number) => x > 0);
    expect(later(5)).toBeInstanceOf(Promise);
    expect(await later(5)).toBe(5);
    await expect(later(-5)).rejects.toThrow('Validation failed');
  });

  test('fails as the predicate fails', () => {
    const broken = validate((_x: number): boolean => {
      throw new Error('boom');
    });
    expect(() => broken(1)).toThrow('boom');
  });

  test('a guard narrows', () => {
    const text = validate((x: string | number): x is string => typeof x === 'string');
    expect(pipe(text, (given) => given.length)('abc')).toBe(3);
  });

  test('is asked about one value, and gives that', () => {
    expect([1, 2].map(validate(positive))).toEqual([1, 2]);
  });
});

describe('validate by a schema', () => {
  const order = z.object({ count: z.coerce.number().int(), express: z.boolean().default(false) });

  test('gives the value as the schema gives it back', () => {
    expect(validate(order)({ count: '3' })).toEqual({ count: 3, express: false });
  });

  test('says what is wrong, after its message', () => {
    expect(() => validate('order', order, 'No order')({ count: 1.5 })).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringMatching(
          /^No order\. The input of "order" does not fit its schema:\n {2}count: .*\n {2}given: \{"count":1.5\}$/,
        ),
        details: { issues: [expect.objectContaining({ path: 'count' })], count: 1 },
      }),
    );
    expect(() => validate(order)({ count: 'x' })).toThrow(/^Validation failed\. The input of "validate"/);
  });

  test('an asynchronous one is refused', () => {
    const later = z.string().refine(async () => true);
    expect(() => validate(later)('a')).toThrow('The input schema of "validate" is asynchronous');
  });
});

test('mistakes', () => {
  expect(() => validate(5 as never)).toThrow('5 is neither a flow nor a function.');
  expect(() => validate('named', positive, 5 as never)).toThrow('validate "named": message: 5 is not a text.');
});
