import { expect, test } from 'vitest';
import { DEFINITION } from '../brand.ts';
import { type AnyFlow, flow } from '../flow.ts';
import { argumentRange } from './argument-range.ts';
import { map } from './map.ts';
import { memoize } from './memoize.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';

const any = Number.POSITIVE_INFINITY;
const one = (x: number) => x;
const two = (x: number, y: number) => x + y;
const optional = (x: number, y: number = 1) => x + y;

test.each<[string, AnyFlow, number, number]>([
  ['x => x', flow((x: number) => x), 1, 1],
  [
    'a named function of two',
    flow(async function add(x: number, y: number) {
      return x + y;
    }),
    2,
    2,
  ],
  ['none', flow(() => 1), 0, 0],
  ['a default', flow(optional), 1, any],
  ['a rest', flow((x: number, ...more: number[]) => x + more.length), 1, any],
  ['a destructured one', flow(({ x }: { x: number }) => x), 1, 1],
  ['a destructured one with a default', flow(({ x = 1 }: { x?: number }) => x), 1, any],
  ['one with a comment', flow((x: number /* ) = */, y: number) => x + y), 2, 2],
  [
    'arguments',
    flow(function () {
      return arguments.length;
    }),
    0,
    any,
  ],
  ['a built-in', flow(Math.max), 2, any],
  [
    'a method',
    flow(
      {
        add(x: number, y: number) {
          return x + y;
        },
      }.add,
    ),
    2,
    2,
  ],
  ['params', flow(optional, { params: ['x', 'y'] }), 1, 2],
  ['params that stop before an optional one', flow((x: number, y?: number) => x + (y ?? 0), { params: ['x'] }), 1, 1],
  ['pipe', pipe(two, one), 2, 2],
  ['pipe of pipe', pipe(pipe(optional, one), one), 1, any],
  ['.pipe', flow(two).pipe(one), 2, 2],
  ['memoize, which decides first', memoize(two), 0, any],
  ['onError', flow({ fn: two, onError: () => 0 }), 2, 2],
  ['map', map(one), 0, 1],
  ['parallel', parallel([one, one]), 0, 1],
])('%s', (_name, given, least, most) => {
  expect(argumentRange(given[DEFINITION])).toEqual({ least, most });
});
