import { expect, test } from 'vitest';
import { roundedPath } from './rounded-path.ts';

test('a straight line has no corner', () => {
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 0, y: 100 },
    ]),
  ).toBe('M0 0 L0 100');
});

test('a corner is rounded, by no more than half of its shorter side', () => {
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 0, y: 100 },
      { x: 100, y: 100 },
    ]),
  ).toBe('M0 0 L0 92 Q0 100 8 100 L100 100');
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 0, y: 100 },
      { x: 6, y: 100 },
    ]),
  ).toBe('M0 0 L0 92 Q0 100 3 100 L6 100');
});

test('nothing is drawn through no points', () => {
  expect(roundedPath([])).toBe('');
});
