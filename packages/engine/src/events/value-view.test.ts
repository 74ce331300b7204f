import { describe, expect, test } from 'vitest';
import { viewOf } from './value-view.ts';

describe('viewOf', () => {
  test.each<[string, unknown, unknown]>([
    ['a number JSON has not', -0, { kind: 'number', value: '-0' }],
    [
      'a class with a static name that is no text',
      class {
        static name = { no: 1 } as never;
      },
      { kind: 'other', type: 'function', text: 'anonymous' },
    ],
    ['a bigint', 5n, { kind: 'bigint', value: '5' }],
    [
      'a map',
      new Map([[1, 'a']]),
      {
        kind: 'map',
        entries: [
          [
            { kind: 'number', value: 1 },
            { kind: 'string', value: 'a', total: 1 },
          ],
        ],
        total: 1,
      },
    ],
    [
      'an instance',
      new (class Order {
        id = 1;
      })(),
      { kind: 'object', type: 'Order', entries: [['id', { kind: 'number', value: 1 }]], total: 1 },
    ],
  ])('%s', (_name, value, expected) => {
    expect(viewOf(value)).toEqual(expected);
  });

  test('says what it cut', () => {
    const list = Array.from({ length: 30 }, (_, i) => i);
    const view = viewOf({ list, deep: { a: { b: { c: {} } } } });
    expect(view).toMatchObject({
      kind: 'object',
      entries: [
        ['list', { total: 30 }],
        ['deep', { entries: [['a', { entries: [['b', { entries: [['c', { kind: 'cut', reason: 'depth' }]] }]] }]] }],
      ],
    });
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(viewOf(loop)).toMatchObject({ entries: [['self', { kind: 'cut', reason: 'cycle' }]] });
  });

  test('never throws, whatever it looks at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const unreadable = {
      get a(): never {
        throw Object.create(null);
      },
    };
    for (const value of [
      proxy,
      unreadable,
      Object.create(null),
      new Proxy(() => undefined, { getOwnPropertyDescriptor: () => undefined }),
    ]) {
      expect(viewOf(value)).toHaveProperty('kind');
    }
  });
});
