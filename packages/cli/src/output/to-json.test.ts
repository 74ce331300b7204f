import { expect, test } from 'vitest';
import { toJson } from './to-json.ts';

const textOf = (value: unknown): string => toJson(value, false).text;

test('what JSON has is written as JSON.stringify does, without a note', () => {
  const value = {
    a: [1, -0.5, 'x\u2028', true, null],
    b: { toJSON: () => [2] },
    c: [Object('x'), Object(1), Object(false)],
    ['__proto__']: 1,
  };
  const json = toJson(value, false);
  expect(json.text).toBe(JSON.stringify(value));
  expect(json.notes).toEqual([]);
});

test.each<[string, unknown, string, string]>([
  ['undefined', undefined, 'null', 'undefined'],
  ['a BigInt', 10n, '"10"', 'a BigInt'],
  ['Infinity', -Infinity, '"-Infinity"', '-Infinity'],
  ['a Date', new Date(0), '"1970-01-01T00:00:00.000Z"', 'a Date'],
  ['a Date that is none', new Date(NaN), '"Invalid Date"', 'a Date'],
  ['a Map', new Map([['a', 1]]), '[["a",1]]', 'a Map'],
  ['a Set', new Set([1]), '[1]', 'a Set'],
  ['a Buffer', Buffer.from('hi'), '"aGk="', 'Buffer'],
  ['an Error', new TypeError('x', { cause: 1 }), '{"name":"TypeError","message":"x","cause":1}', 'an Error'],
  ['a symbol', Symbol('s'), '"Symbol(s)"', 'a symbol'],
])('%s is written in a readable form and told', (_, value, text, kind) => {
  const json = toJson(value, false);
  expect(json.text).toBe(text);
  expect(json.notes).toMatchObject([{ kind, places: ['the whole result'] }]);
});

test('places are named, a kind once', () => {
  const { notes } = toJson({ a: { 'b c': [1n, 2n] }, d: undefined }, false);
  expect(notes).toEqual([
    { kind: 'a BigInt', writtenAs: 'text', places: ['.a["b c"][0]', '.a["b c"][1]'], total: 2 },
    { kind: 'undefined', writtenAs: 'nothing at all', places: ['.d'], total: 1 },
  ]);
});

test('the same object twice is no cycle; one inside itself is', () => {
  const part = { x: 1 };
  const value: Record<string, unknown> = { first: part, second: part, deep: {} };
  (value['deep'] as Record<string, unknown>)['up'] = value['deep'];
  expect(textOf(value)).toBe('{"first":{"x":1},"second":{"x":1},"deep":{"up":"[the same as .deep]"}}');
});

test('for people, what fits stays on one line', () => {
  const value = { numbers: [1, 2, 3], names: ['a'.repeat(40), 'b'.repeat(40)], none: [] };
  const { text } = toJson(value, true);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toBe(`{
  "numbers": [1,2,3],
  "names": [
    "${'a'.repeat(40)}",
    "${'b'.repeat(40)}"
  ],
  "none": []
}`);
});
