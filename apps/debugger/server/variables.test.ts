import { viewOf } from '@holon/engine/events';
import { expect, test } from 'vitest';
import { scopeVariables, textOfView } from './variables.ts';

const limits = { depth: 4, entries: 3, chars: 50, values: 100 };

test.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'undefined'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [10n, '10n'],
  ['a "quoted" word\n', '"a \\"quoted\\" word\\n"'],
  ['x'.repeat(60), `"${'x'.repeat(50)}"… (50 of 60 characters)`],
  [[], 'Array(0) []'],
  [[1, 'two', [3]], 'Array(3) [1, "two", Array(1)]'],
  [[1, 2, 3, 4, 5], 'Array(5) [1, 2, 3, … 2 more]'],
  [{ a: 1, b: { c: 2 } }, '{a: 1, b: {…}}'],
  [
    new (class Order {
      id = 7;
    })(),
    'Order {id: 7}',
  ],
  [new Map([['a', [1]]]), 'Map(1) {"a" → Array(1)}'],
  [new Set(['a']), 'Set(1) {"a"}'],
  [new RangeError('too far'), 'RangeError: too far'],
  [new Date(0), 'Date 1970-01-01T00:00:00.000Z'],
])('%o on one line', (value, text) => {
  expect(textOfView(viewOf(value, limits))).toBe(text);
});

test('what was cut is said, with how much there is', () => {
  expect(scopeVariables(viewOf([1, 2, 3, 4, 5], limits), 'input').at(-1)).toEqual({
    name: '…',
    value: '3 of 5 shown',
    type: undefined,
    inside: undefined,
  });
});

test('a value without parts is one variable by the name of its scope', () => {
  expect(scopeVariables(viewOf(7), 'input')).toEqual([
    { name: 'input', value: '7', type: 'number', inside: undefined },
  ]);
  expect(scopeVariables(viewOf({}), 'input')).toEqual([
    { name: 'input', value: '{}', type: 'object', inside: undefined },
  ]);
});
