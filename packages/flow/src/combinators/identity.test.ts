import { expect, test } from 'vitest';
import { identity } from './identity.ts';
import { pipe } from './pipe.ts';

test('identity gives what it is given, the same object, at once', () => {
  const value = { a: 1 };
  expect(identity<object>()(value)).toBe(value);
  expect(identity<undefined>()(undefined)).toBeUndefined();
  expect(pipe(identity<number>(), (x) => x + 1)(1)).toBe(2);
  expect([identity().name, identity('same').name, identity('same').with({ name: 'other' }).name]).toEqual([
    'identity',
    'same',
    'other',
  ]);
});

test('called with more arguments it gives the first, as list.map(flow) needs', () => {
  expect(['a', 'b'].map(identity<string>())).toEqual(['a', 'b']);
});
