import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { flow } from './flow.ts';
import { ArgumentList } from './port.ts';
import { type StandardSchema, applySchema } from './schema.ts';

const order = z.object({
  id: z.string(),
  items: z.array(z.object({ count: z.number().int() })),
  express: z.boolean().default(false),
});

describe('applySchema', () => {
  test('gives the value as the schema gives it back', () => {
    expect(applySchema(order, { id: 'a', items: [] }, 'input', 'ship')).toEqual({ id: 'a', items: [], express: false });
  });

  test('names every issue with its path, the label and the value', () => {
    const given = { id: 7, items: [{ count: 1 }, { count: 1.5 }] };
    expect(() => applySchema(order, given, 'input', 'ship')).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringMatching(
          /^The input of "ship" does not fit its schema:\n {2}id: .*string.*\n {2}items\[1\]\.count: .*int.*\n {2}given: \{"id":7/s,
        ),
        details: {
          issues: [expect.objectContaining({ path: 'id' }), expect.objectContaining({ path: 'items[1].count' })],
        },
      }),
    );
  });

  test('an issue with the whole value says so', () => {
    expect(() => applySchema(order, null, 'output', 'ship')).toThrow(/The output of "ship".*\(the whole value\): /s);
  });

  test('several arguments are checked as their list, and stay arguments', () => {
    const checked = applySchema(
      z.tuple([z.string(), z.number().default(3)]),
      new ArgumentList(['a', undefined]),
      'input',
      'f',
    );
    expect(checked).toBeInstanceOf(ArgumentList);
    expect((checked as ArgumentList).values).toEqual(['a', 3]);
  });

  test('an asynchronous schema is refused, and its rejection is nobody else’s', async () => {
    const schema: StandardSchema = {
      '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('late')) },
    };
    expect(() => applySchema(schema, 1, 'input', 'f')).toThrow(/input schema of "f" is asynchronous/);
    await Promise.resolve();
  });
});

describe('schemas of a flow called directly', () => {
  test('synchronous stays synchronous', () => {
    const ship = flow('ship', (given: z.infer<typeof order>) => given.express, { input: order, output: z.boolean() });
    expect(ship({ id: 'a', items: [] } as never)).toBe(false);
    expect(() => ship({} as never)).toThrow(/input of "ship"/);
  });

  test('an asynchronous one rejects', async () => {
    const ship = flow('ship', async (_given: z.infer<typeof order>) => 'no boolean' as never, {
      input: order,
      output: z.boolean(),
    });
    await expect(ship({} as never)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(ship({ id: 'a', items: [], express: true })).rejects.toMatchObject({ code: 'invalid-output' });
  });

  test('several arguments', () => {
    const add = flow('add', (a: number, b: number) => a + b, { input: z.tuple([z.number(), z.number()]) });
    expect(add(5, 3)).toBe(8);
    expect(() => add(5, '3' as never)).toThrow(/\[1\]: /);
  });
});
