import { viewOf } from '@holon/engine/events';
import { expect, test } from 'vitest';
import { valueText } from './value-text.ts';

test.each([
  [null, 'null'],
  [-0, '-0'],
  [10n, '10n'],
  ['a "b"', '"a \\"b\\""'],
  [[1, 'x', [2]], '[1, "x", Array(1)]'],
  [{ a: { b: 1 }, c: [] }, '{a: {…}, c: Array(0)}'],
  [new Map([['k', 1]]), 'Map(1) {"k" → 1}'],
  [new Set([1, 2]), 'Set(2) {1, 2}'],
  [new RangeError('too far'), 'RangeError: too far'],
  [function named() {}, 'ƒ named'],
])('a value reads as consoles show it: %#', (value, text) => {
  expect(valueText(viewOf(value))).toBe(text);
});

test('what was cut says so', () => {
  expect(valueText(viewOf('x'.repeat(1_000)))).toMatch(/^"x+…"$/u);
  expect(valueText(viewOf(Array.from({ length: 100 }, (_, i) => i)))).toMatch(/^\[0, 1, .*…\]$/u);
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(valueText(viewOf(cycle))).toContain('already shown');
});
