import { viewOf } from '@holon/engine/events';
import { expect, test } from 'vitest';
import { scopeVariables } from './variables.ts';

const limits = { depth: 4, entries: 3, chars: 50, values: 100 };

test('entries of a map go by their keys', () => {
  const view = viewOf(
    new Map<unknown, unknown>([
      ['a', 1],
      [{ b: 2 }, 3],
    ]),
    limits,
  );
  expect(scopeVariables(view, 'input').map(({ name, value }) => [name, value])).toEqual([
    ['"a"', '1'],
    ['{b: 2}', '3'],
  ]);
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
