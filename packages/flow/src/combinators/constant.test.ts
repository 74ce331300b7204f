import { expect, test } from 'vitest';
import { constant } from './constant.ts';

test('constant gives the same value whatever it is given, at once', () => {
  const value = {};
  expect([constant(value)(), constant(value)('given')]).toEqual([value, value]);
  expect(constant(value)(1)).toBe(value);
  expect(constant(undefined)(1)).toBeUndefined();
});

test('one text alone is the value, of two the first is the name', () => {
  expect([constant('a')(), constant('a').name]).toEqual(['a', 'constant']);
  expect([constant('a', 'b')(), constant('a', 'b').name]).toEqual(['b', 'a']);
  expect(constant('a', undefined)()).toBeUndefined();
});
