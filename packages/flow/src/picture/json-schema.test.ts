import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type StandardSchema, flow } from '@holon/flow';
import { describe } from './describe.ts';
import { jsonSchemaOf } from './json-schema.ts';

const Order = z.object({
  id: z.string().min(1),
  count: z.coerce.number().default(1),
  placed: z.date(),
  length: z.string().transform((text) => text.length),
});

const schemaWith = (more: object, own: object = {}): StandardSchema => ({
  '~standard': { version: 1, vendor: 'own', validate: (value) => ({ value }), ...more },
  ...own,
});

test('of a zod schema, as it takes and as it gives; dates and transforms are any value', () => {
  expect(jsonSchemaOf(Order, 'input')).toMatchObject({
    type: 'object',
    properties: { id: { type: 'string', minLength: 1 }, count: { default: 1 }, placed: {}, length: { type: 'string' } },
    required: ['id', 'placed', 'length'],
  });
  expect(jsonSchemaOf(Order, 'output')).toMatchObject({
    properties: { count: { type: 'number' }, length: {} },
    required: ['id', 'count', 'placed', 'length'],
  });
});

test('is plain data, in the picture as well', () => {
  const take = flow('take', (order: z.output<typeof Order>) => order.id, { input: Order, output: z.string() });
  const picture = describe(take);
  expect(picture.nodes[0]).toMatchObject({ input: { type: 'object' }, output: { type: 'string' } });
  expect(JSON.parse(JSON.stringify(picture))).toEqual(structuredClone(picture));
  expect(Reflect.ownKeys(picture.nodes[0]!.input!)).not.toContain('~standard');
});

test('a vendor that refuses unknown options is asked without them', () => {
  const input = vi.fn<(options: object) => unknown>((options) => {
    if ('libraryOptions' in options) throw new Error('unknown option');
    return { type: 'string' };
  });
  expect(jsonSchemaOf(schemaWith({ jsonSchema: { input } }), 'input')).toEqual({ type: 'string' });
});

test('a method of the schema serves where the standard is not offered', () => {
  const toJSONSchema = vi.fn<() => unknown>(() => ({ type: 'number' }));
  expect(jsonSchemaOf(schemaWith({}, { toJSONSchema }), 'output')).toEqual({ type: 'number' });
  expect(toJSONSchema).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ io: 'output', unrepresentable: 'any' }),
  );
});

test.each<[string, StandardSchema | undefined]>([
  ['no schema', undefined],
  ['nothing to ask', schemaWith({})],
  ['one that throws', schemaWith({ jsonSchema: { input: () => expect.fail() } })],
  ['what is no schema', schemaWith({ jsonSchema: { input: () => 'string' } })],
  ['what JSON can not say', schemaWith({ jsonSchema: { input: () => ({ default: 1n }) } })],
])('%s gives none', (_what, schema) => {
  expect(jsonSchemaOf(schema, 'input')).toBeUndefined();
});

test('each schema is asked once', () => {
  const input = vi.fn<() => unknown>(() => ({ type: 'string' }));
  const schema = schemaWith({ jsonSchema: { input } });
  expect(jsonSchemaOf(schema, 'input')).toBe(jsonSchemaOf(schema, 'input'));
  expect(input).toHaveBeenCalledTimes(1);
});
