import { expect, test } from 'vitest';
import { type Spot, headingOf, neighbourOf } from './move.ts';

const spot = (id: string, x: number, y: number): Spot => ({ id, x, y, width: 10, height: 10 });

//   a   b
//   c       d
const a = spot('a', 0, 0);
const b = spot('b', 40, 0);
const c = spot('c', 0, 30);
const d = spot('d', 90, 30);
const all = [a, b, c, d];

test('arrows lead to the nearest in their direction', () => {
  expect(neighbourOf(a, all, 'right')?.id).toBe('b');
  expect(neighbourOf(a, all, 'down')?.id).toBe('c');
  expect(neighbourOf(d, all, 'left')?.id).toBe('c');
  expect(neighbourOf(c, all, 'up')?.id).toBe('a');
});

test('there is nothing beyond the rim', () => {
  expect(neighbourOf(a, all, 'left')).toBeUndefined();
  expect(neighbourOf(d, all, 'right')).toBeUndefined();
});

test('only arrows have a heading', () => {
  expect(headingOf('ArrowUp')).toBe('up');
  expect(headingOf('a')).toBeUndefined();
});
