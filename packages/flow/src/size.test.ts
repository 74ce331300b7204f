import { expect, test } from 'vitest';
import { isHolonError } from './errors.ts';
import { parseSize, sizeText } from './size.ts';

test.each<[unknown, number]>([
  [512, 512],
  ['512B', 512],
  ['1kB', 1_000],
  ['512MB', 512e6],
  ['1.5GB', 1.5e9],
  ['64MiB', 67_108_864],
])('%o is %i bytes', (given, bytes) => {
  expect(parseSize(given, 'memory')).toBe(bytes);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '', '5', 'MB', '1 MB', '-1MB', null, {}])(
  '%o is refused',
  (given) => {
    try {
      expect(parseSize(given, 'memory')).toBe('refused');
    } catch (error) {
      expect(isHolonError(error, 'invalid-option')).toBe(true);
      expect((error as Error).message).toContain('memory: ');
    }
  },
);

test.each<[number, string]>([
  [1, '1 B'],
  [999, '999 B'],
  [512e6, '512 MB'],
  [1.5e9, '1.5 GB'],
  [67_108_864, '67.1 MB'],
])('%i is %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
