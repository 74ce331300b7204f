import { expect, test } from 'vitest';
import { firstDifference } from './first-difference.ts';

class Point {
  readonly x = 1;
}

const cyclic = (n: number): unknown => {
  const value: Record<string, unknown> = { n };
  value['self'] = value;
  return value;
};

test.each<[string, unknown, unknown]>([
  ['numbers', NaN, NaN],
  ['zeros', 0, -0],
  ['nested', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
  ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['a key that is undefined', { a: 1 }, { a: 1, b: undefined }],
  ['an object of a class', { x: 1 }, new Point()],
  ['maps', new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])],
  ['dates', new Date(5), new Date(5)],
  ['buffers', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ['errors', new TypeError('x'), new TypeError('x')],
  ['cycles', cyclic(1), cyclic(1)],
])('equal: %s', (_, expected, actual) => {
  expect(firstDifference(expected, actual)).toBeUndefined();
});

test.each<[string, unknown, unknown, string, string | undefined]>([
  ['a value', 1, 2, '', undefined],
  ['a type', 1, '1', '', undefined],
  ['in depth', { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, '.a[1].b', undefined],
  ['a key that is missing', { a: 1 }, {}, '.a', 'the key is missing'],
  ['a key too many', {}, { 'a b': 1 }, '["a b"]', 'the key is not expected'],
  ['a key named __proto__', JSON.parse('{"__proto__":1}'), {}, '.__proto__', 'the key is missing'],
  ['a length', [1, 2], [1], '[1]', 'expected 2 elements, got 1'],
  ['a kind', [], {}, '', 'expected an array, got an object'],
  ['a map for a record', { a: 1 }, new Map([['a', 1]]), '', 'expected an object, got a Map'],
  ['inside a map', new Map([[1, { a: 1 }]]), new Map([[1, { a: 2 }]]), '[0][1].a', undefined],
  ['dates', new Date(1), new Date(2), '', undefined],
  ['null and undefined', null, undefined, '', undefined],
  ['inside a cycle', cyclic(1), cyclic(2), '.n', undefined],
])('different: %s', (_, expected, actual, path, why) => {
  expect(firstDifference(expected, actual)).toMatchObject({ path, why });
});
