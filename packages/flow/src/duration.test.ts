import { describe, expect, test } from 'vitest';
import { isHolonError } from './errors.ts';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  test.each<[unknown, number]>([
    [0, 0],
    [1.5, 1.5],
    ['0ms', 0],
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['3d', 259_200_000],
    ['3660d', 316_224_000_000],
  ])('%j is %d ms', (given, ms) => {
    expect(parseDuration(given, 'timeout')).toBe(ms);
  });

  test.each([
    -1,
    Number.NaN,
    Infinity,
    '10',
    '10 s',
    's',
    '-1s',
    '1e3s',
    '1s2',
    '',
    '3661d',
    null,
    undefined,
    {},
    5n,
    true,
  ])('refuses %s', (given) => {
    expect(() => parseDuration(given, 'retry.delay')).toThrow(
      /^retry\.delay: .* is not a duration\. Give milliseconds/,
    );
  });

  test('refuses with a code', () => {
    let thrown: unknown;
    try {
      parseDuration('soon', 'timeout');
    } catch (error) {
      thrown = error;
    }
    expect(isHolonError(thrown, 'invalid-option')).toBe(true);
  });
});
