import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { flow } from './flow.ts';
import type { HolonError } from './errors.ts';
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
          /^The input of "ship" does not fit its schema:\n {2}id: .*string.* \(given: 7\)\n {2}items\[1\]\.count: .*int.* \(given: 1\.5\)\n {2}given: \{"id":7/s,
        ),
        details: {
          issues: [
            { path: 'id', message: expect.any(String), given: '7' },
            { path: 'items[1].count', message: expect.any(String), given: '1.5' },
          ],
          count: 2,
        },
      }),
    );
  });

  test('an issue with the whole value says so', () => {
    expect(() => applySchema(order, null, 'output', 'ship')).toThrow(/The output of "ship".*\(the whole value\): /s);
  });

  test('a failure has views of what was given, not the value: it stays short whatever was given', () => {
    const given = Array.from({ length: 10_000 }, () => ({ secret: 'x'.repeat(10_000) }));
    let thrown: HolonError | undefined;
    try {
      applySchema(z.array(z.number()), given, 'input', 'sum');
    } catch (error) {
      thrown = error as HolonError;
    }
    expect(thrown!.message).toMatch(/^ {2}\[19\]: .*\n {2}… and 9980 more\.\n {2}given: \[.*… \(10000 items\)$/m);
    expect(thrown!.details).toMatchObject({ count: 10_000, issues: { length: 20 } });
    expect(JSON.stringify(thrown!.details).length + thrown!.message.length).toBeLessThan(10_000);
    expect(Object.values(thrown!)).not.toContain(given);
  });

  test.each<[PropertyKey[], string]>([
    [['a', 'b'], 'a.b'],
    [[0, 'größe'], '[0].größe'],
    [['a.b', 'c d'], '["a.b"]["c d"]'],
    [[Symbol('s')], '[Symbol(s)]'],
  ])('the path %o is %s', (path, text) => {
    const schema: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => ({ issues: [{ message: 'no', path: path.map((key) => ({ key })) }] }),
      },
    };
    expect(() => applySchema(schema, null, 'input', 'f')).toThrow(`  ${text}: no (given: undefined)\n  given: null`);
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
