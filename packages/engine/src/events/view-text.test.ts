import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewOf } from './value-view.ts';
import { viewText } from './view-text.ts';

class Order {
  readonly id = 7;
}

test.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [10n, '10n'],
  ['a "quoted" word\n', '"a \\"quoted\\" word\\n"'],
  [[], '[]'],
  [{}, '{}'],
  [new Map(), 'Map(0) {}'],
  [[1, 'two', [3], []], '[1, "two", Array(1), []]'],
  [{ a: { b: 1 }, 'c d': {}, 2: new Order() }, '{2: Order {…}, a: {…}, "c d": {}}'],
  [new Order(), 'Order {id: 7}'],
  [new Map([[['k'], [1]]]), 'Map(1) {Array(1) → Array(1)}'],
  [new Set(['a', new Set()]), 'Set(2) {"a", Set(0)}'],
  [new RangeError('too\n  far'), 'RangeError: too far'],
  [new Date(0), 'Date 1970-01-01T00:00:00.000Z'],
  [function named() {}, 'function named'],
])('%o on one line', (value, text) => {
  expect(viewText(viewOf(value))).toBe(text);
});

test('depth says how many levels are written out', () => {
  const view = viewOf({ a: [{ b: 1 }] });
  expect([0, 1, 2, 3].map((depth) => viewText(view, { depth }))).toEqual([
    '{…}',
    '{a: Array(1)}',
    '{a: [{…}]}',
    '{a: [{b: 1}]}',
  ]);
});

test('what does not fit is counted', () => {
  expect(viewText(viewOf([1, 2, 3, 4, 5]), { chars: 9 })).toBe('[1, 2, 3, … 2 more]');
  expect(viewText(viewOf('x'.repeat(60)), { chars: 50 })).toBe(`"${'x'.repeat(50)}"… 10 more characters`);
  expect(viewText(viewOf(['x'.repeat(60)]), { chars: 20 })).toBe(`["${'x'.repeat(10)}"… 50 more characters]`);
  expect(viewText(viewOf({ ['k'.repeat(60)]: 1 }), { chars: 20 })).toBe(`{"${'k'.repeat(10)}"… 50 more characters: 1}`);
  expect(viewText(viewOf(new Error('x'.repeat(60))), { chars: 10 })).toBe('Error: xxx… 57 more characters');
});

test('what the view left out is counted, too', () => {
  const limits = { depth: 2, entries: 2, chars: 3, values: 100 };
  expect(viewText(viewOf([1, 2, 3], limits))).toBe('[1, 2, … 1 more]');
  expect(viewText(viewOf('abcdef', limits))).toBe('"abc"… 3 more characters');
  expect(viewText(viewOf([[[]]], limits), { depth: 3 })).toBe('[[… (deeper than shown)]]');
  expect(viewText(viewOf([1, 2], { ...limits, entries: 0 }))).toBe('[… 2 more]');
  expect(viewText(viewOf([1, 2], { ...limits, values: 1 }))).toBe('… (more than shown)');
  const cycle: unknown[] = [];
  cycle.push(cycle);
  expect(viewText(viewOf(cycle))).toBe('[↻ (already shown further up)]');
});

test('a character of two units is never cut in half', () => {
  expect(viewText(viewOf('ab😀'), { chars: 3 })).toBe('"ab"… 2 more characters');
});

test('any value gives one line, no longer than its options allow for', () => {
  fc.assert(
    fc.property(fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true }), (value) => {
      const text = viewText(viewOf(value), { depth: 3, chars: 100 });
      expect(text).not.toMatch(/[\r\n]/u);
      // Each level may overshoot by its first part and the words for what was left out.
      expect(text.length).toBeLessThan(600);
    }),
  );
});
