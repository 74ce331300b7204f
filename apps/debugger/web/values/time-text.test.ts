import { expect, test } from 'vitest';
import { durationText, offsetText, secondsText } from './time-text.ts';

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_240, '1.24 s'],
  [59_900, '59.9 s'],
  [200_000, '3 min 20 s'],
])('%d ms lasted %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('offsets and seconds', () => {
  expect(offsetText(1_042, 1_000)).toBe('+0.042 s');
  expect(secondsText(30_000)).toBe('30 s');
});
