import { expect, test } from 'vitest';
import { findUncloneable } from './uncloneable.ts';

const method = { call() {} };
const loop: { self?: unknown } = {};
loop.self = loop;

test.each<[string, unknown, string, string]>([
  ['a function', () => 1, '', 'the function (without a name)'],
  ['a symbol', Symbol.iterator, '', 'Symbol(Symbol.iterator)'],
  ['a key that is no name', { 'a b': { 1: method } }, '["a b"]["1"].call', 'the function call'],
  ['a key of a map', new Map([[method, 1]]), '.keys().call', 'the function call'],
  ['a member of a set', new Set([[1, method.call]]), '.values()[1]', 'the function call'],
  ['the first of several', [[1, { ok: true }], method, () => 1], '[1].call', 'the function call'],
  ['beside a loop', { loop, at: [loop, method] }, '.at[1].call', 'the function call'],
  ['a weak map', { cache: new WeakMap() }, '.cache', 'a WeakMap'],
  ['a proxy of a list', { list: new Proxy([1], {}) }, '.list', 'a Array'],
])('finds %s', (_what, value, path, what) => {
  expect(findUncloneable(value)).toEqual({ path, what });
});

test.each([
  [{ date: new Date(), map: new Map([[{}, new Set([1])]]), bytes: new Uint8Array(2), error: new Error('e'), big: 1n }],
  [loop],
  [null],
  ['text'],
])('finds nothing in %o', (value) => {
  expect(findUncloneable(value)).toBeUndefined();
});

test('takes no stack', () => {
  let deep: unknown = method;
  for (let i = 0; i < 20_000; i++) deep = [deep];
  expect(findUncloneable(deep)?.path).toHaveLength('[0]'.length * 20_000 + '.call'.length);
});
