import { expect, test } from 'vitest';
import { nearest, suggestion } from './suggest.ts';

const known = ['retry', 'timeout', 'input', 'output', 'concurrency'];

test.each([
  ['retries', 'retry', false],
  ['rety', 'retry', true],
  ['rtery', 'retry', true],
  ['Timeout', 'timeout', true],
  ['tiemout', 'timeout', true],
  ['inptu', 'input', true],
  ['concurency', 'concurrency', true],
  ['x', 'retry', false],
  ['', 'retry', false],
  ['completelyElse', 'retry', false],
])('%j is near %j: %j', (given, candidate, near) => {
  expect(nearest(given, known) === candidate).toBe(near);
});

test('a suggestion, else what is known, else nothing', () => {
  expect(suggestion('tiemout', known)).toBe(' Did you mean "timeout"?');
  expect(suggestion('zzz', ['a', 'b'])).toBe(' Known: "a", "b".');
  expect(suggestion('zzz', [])).toBe('');
});
