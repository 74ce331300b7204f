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

  const form = '. Give milliseconds, or a number with a unit: "500ms", "10s", "2m", "1h", "3d".';
  const negative = ': it is negative. The shortest is 0.';
  const infinite = ': it is not finite. The longest is 3660d, ten years.';
  const long = ': it is too long. The longest is 3660d, ten years.';
  test.each<[unknown, string, string]>([
    [-1, '-1', negative],
    ['-1s', '"-1s"', negative],
    [Number.NaN, 'NaN', infinite],
    [Infinity, 'Infinity', infinite],
    [-Infinity, '-Infinity', negative],
    ['9'.repeat(400) + 'd', `"${'9'.repeat(119)}… (401 characters)`, infinite],
    ['3661d', '"3661d"', long],
    [316_224_000_001, '316224000001', long],
    ['10', '"10"', form],
    ['10 s', '"10 s"', form],
    ['s', '"s"', form],
    ['1e3s', '"1e3s"', form],
    ['1s2', '"1s2"', form],
    ['', '""', form],
    [null, 'null', form],
    [undefined, 'undefined', form],
    [{}, '{}', form],
    [5n, '5', form],
    [true, 'true', form],
  ])('refuses %s', (given, text, problem) => {
    expect(() => parseDuration(given, 'retry.delay')).toThrow(
      expect.objectContaining({ message: `retry.delay: ${text} is not a duration${problem}` }),
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
