import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { ArgumentList } from '../port.ts';
import { ValueKeys } from './value-keys.ts';

describe('the key of a value', () => {
  const keys = new ValueKeys();
  class Point {
    x = 1;
  }
  const loop: unknown[] = [];
  loop.push(loop);
  const distinct: unknown[] = [
    undefined,
    null,
    true,
    'true',
    'undefined',
    0,
    -0,
    '0',
    0n,
    '0n',
    Number.NaN,
    'NaN',
    Number.POSITIVE_INFINITY,
    Symbol('a'),
    Symbol('a'),
    Symbol.for('a'),
    '#0',
    '@"a"',
    () => 1,
    () => 1,
    new Point(),
    new Point(),
    new Date(0),
    new Date(0),
    new Map(),
    [],
    {},
    [1, 2],
    ['1,2'],
    [[1], 2],
    [undefined],
    { x: 1 },
    { x: undefined },
    { 'x:1': 1 },
    { [Symbol('x')]: 1 },
    { [Symbol('x')]: 1 },
    new ArgumentList([1, 2]),
    new ArgumentList([[1, 2]]),
    loop,
  ];

  test('tells apart what is not the same', () => {
    const texts = distinct.map((value) => keys.keyOf(value));
    for (const [i, text] of texts.entries()) expect([i, texts.indexOf(text)]).toEqual([i, i]);
  });

  test('is the same for the same, each time', () => {
    for (const value of distinct) expect(keys.keyOf(value)).toBe(keys.keyOf(value));
    expect(keys.keyOf({ a: 1, b: [{ c: 2n }] })).toBe(keys.keyOf({ b: [{ c: 2n }], a: 1 }));
    expect(keys.keyOf(Object.assign(Object.create(null), { a: 1 }))).toBe(keys.keyOf({ a: 1 }));
    expect(keys.keyOf(Symbol.for('b'))).toBe(keys.keyOf(Symbol.for('b')));
  });

  test('of what is nested without end is its identity', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 10_000; i++) deep = [deep];
    expect(keys.keyOf(deep)).toBe(keys.keyOf(deep));
  });

  property.prop([fc.anything(), fc.anything()])('is the same only for equals', (a, b) => {
    if (keys.keyOf(a) === keys.keyOf(b)) expect(a).toEqual(b);
  });

  property.prop([fc.jsonValue()])('is the same for copies of JSON', (json) => {
    expect(keys.keyOf(structuredClone(json))).toBe(keys.keyOf(json));
  });
});
