import { describe, expect, test } from 'vitest';
import { textOf } from './text-of.ts';

class Point {
  readonly x = 1;
}

describe('textOf', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  const deep = { a: { b: { c: { d: { e: 1 } } } } };
  test.each<[unknown, string]>([
    ['a "b"', '"a \\"b\\""'],
    [5, '5'],
    [5n, '5'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [{ a: [1], b: 'x', c: undefined }, '{"a":[1],"b":"x","c":undefined}'],
    [{ a: 1n }, '{"a":1}'],
    [cycle, '{"self":[circular]}'],
    [deep, '{"a":{"b":{"c":{"d":{…}}}}}'],
    [[[[[[1]]]]], '[[[[[…]]]]]'],
    [Object.create(null), '{}'],
    [new Point(), 'Point {"x":1}'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new Map([[1, 2]]), 'Map(1)'],
    [new Uint8Array(3), 'Uint8Array(3)'],
    [new TypeError('no'), 'TypeError: no'],
    [{ toJSON: () => undefined }, '{"toJSON":[function toJSON]}'],
    [function named() {}, '[function named]'],
    [() => 1, '[function]'],
  ])('%s', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  test('cuts, and says how much there was', () => {
    expect(textOf('x'.repeat(1_000_000), 5)).toBe('"xxxx… (1000000 characters)');
    expect(textOf([1, 2, 3, 4], 5)).toBe('[1,2,… (4 items)');
    expect(textOf({ a: 1, b: 2 }, 5)).toBe('{"a":…');
    expect(textOf('abc', 5)).toBe('"abc"');
    expect(textOf({ [`${'k'.repeat(500)}`]: 1 })).toHaveLength(121);
  });

  test('reads no more than it shows', () => {
    let reads = 0;
    const items = Array.from({ length: 100_000 }, () => ({
      get read() {
        reads += 1;
        return 'y'.repeat(10);
      },
    }));
    expect(textOf(items)).toHaveLength('[…'.length + 119 + ' (100000 items)'.length);
    expect(reads).toBeLessThan(10);
  });

  test('a proxy that refuses everything has a text, too', () => {
    const refuse = () => {
      throw new Error('no');
    };
    expect(textOf(new Proxy({}, { get: refuse, getPrototypeOf: refuse, ownKeys: refuse }))).toBe('[unreadable]');
  });
});
