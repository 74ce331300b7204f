import { isHolonError } from './errors.ts';
import { describe, expect, test } from 'vitest';
import { parseSize, sizeText } from './size.ts';

describe('parseSize', () => {
  test.each([
    [1, 1],
    [1_024.4, 1_024],
    ['512B', 512],
    ['512MB', 512_000_000],
    ['512mb', 512_000_000],
    ['1.5GB', 1_500_000_000],
    ['64MiB', 67_108_864],
    ['1kB', 1_000],
    ['2TiB', 2_199_023_255_552],
  ])('%o is %d bytes', (given, bytes) => {
    expect(parseSize(given, 'memory')).toBe(bytes);
  });

  test.each([
    [0],
    [-1],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ['512'],
    ['512 MB'],
    ['MB'],
    ['1e3MB'],
    ['5MX'],
    [null],
    ['0MB'],
  ])('%o is none', (given) => {
    let thrown: unknown;
    try {
      parseSize(given, 'resourceLimits.memory');
    } catch (error) {
      thrown = error;
    }
    expect(isHolonError(thrown, 'invalid-option') && thrown.message).toMatch(
      /^resourceLimits\.memory: .* is not a size\./u,
    );
  });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [512_000_000, '512 MB'],
  [1_536_000_000, '1.54 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
