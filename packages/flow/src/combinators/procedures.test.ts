/** What each procedure asks of its port, literally: names, inputs, indices and decisions are what paths are made of. */
import { expect, test } from 'vitest';
import { definitionOf } from '../definition.ts';
import { type AnyFlow, flow } from '../flow.ts';
import type { Port } from '../port.ts';
import { WaitedWork } from '../work.ts';
import { branch } from './branch.ts';
import { constant } from './constant.ts';
import { fallback } from './fallback.ts';
import { filter } from './filter.ts';
import { type Graph, graph } from './graph.ts';
import { identity } from './identity.ts';
import { loop } from './loop.ts';
import { map } from './map.ts';
import { match } from './match.ts';
import { maybe } from './maybe.ts';
import { merge } from './merge.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';
import { race } from './race.ts';
import { reduce } from './reduce.ts';
import { repeat } from './repeat.ts';
import { result } from './result.ts';
import { retry } from './retry.ts';
import { sleep } from './sleep.ts';
import { split } from './split.ts';
import { tap } from './tap.ts';
import { timeout } from './timeout.ts';
import { validate } from './validate.ts';
import { when } from './when.ts';

const inc = flow('inc', (x: number) => x + 1);
const double = flow('double', (x: number) => x * 2);

const fails = flow('fails', (x: number): number => {
  throw new Error(`no ${x}`);
});

type Forced = Readonly<Record<string, unknown>>;

/** What a procedure asks of its port, the decisions in `forced` being forced. */
async function asked(root: AnyFlow, input: unknown, forced: Forced = {}): Promise<string[]> {
  const log: string[] = [];
  await comesTo(root, input, forced, log);
  return log;
}

/** What it comes to then, or the message it fails with. */
async function comesTo(root: AnyFlow, input: unknown, forced: Forced, log: string[] = []): Promise<unknown> {
  const nth = (index: number | undefined) => (index === undefined ? '' : `[${index}]`);
  const port: Port = {
    call: (slot, value, index) => {
      log.push(`${slot.flow.name}${nth(index)}(${JSON.stringify(value)})`);
      return (slot.flow as unknown as (value: unknown) => unknown)(value);
    },
    scope: (body) => {
      log.push('scope');
      return body(port);
    },
    choose: (mark, value, index) => {
      log.push(`${mark}${nth(index)}: ${value}`);
      return (forced[`${mark}${nth(index)}`] ?? value) as typeof value;
    },
    sleep: async (ms, reason) => {
      log.push(reason === undefined ? `sleep ${ms}` : `sleep ${ms}: ${reason}`);
      // Longer than any child here takes.
      await new Promise((resolve) => setImmediate(resolve));
    },
    wait: async (_reason, begin) => new Promise((resolve, reject) => void begin({ resolve, reject })),
    shared: (_key, open) => open(),
    work: () => new WaitedWork(() => undefined),
    signal: async () => undefined,
    now: () => 0,
    random: () => 0,
  };
  try {
    return await definitionOf(root)!.run(input, port);
  } catch (error) {
    return (error as Error).message;
  }
}

test('pipe', async () => {
  expect(await asked(pipe(inc, double), 1)).toEqual(['inc(1)', 'double(2)']);
});

test('map', async () => {
  expect(await asked(map(inc), [5, 6])).toEqual(['scope', 'inc[0](5)', 'inc[1](6)']);
});

test('parallel', async () => {
  expect(await asked(parallel({ a: inc, b: double }), 3)).toEqual(['scope', 'inc(3)', 'double(3)']);
});

test('branch, and one that is forced', async () => {
  const which = branch('which', (x: number) => x > 0, { true: inc, false: double });
  expect(await asked(which, 3)).toEqual(['which: true', 'inc(3)']);
  expect(await asked(which, 3, { which: 'false' })).toEqual(['which: true', 'double(3)']);
});

test('loop, and one that is forced to go on or to end', async () => {
  const twice = loop('twice', inc, { max: 2 });
  expect(await asked(twice, 0)).toEqual([
    'again[0]: true',
    'inc[0](0)',
    'again[1]: true',
    'inc[1](1)',
    'again[2]: false',
  ]);
  expect(await asked(twice, 0, { 'again[1]': false })).toEqual(['again[0]: true', 'inc[0](0)', 'again[1]: true']);
  const never = loop('never', inc, { while: () => false, max: 5 });
  expect(await asked(never, 0, { 'again[0]': true })).toEqual(['again[0]: false', 'inc[0](0)', 'again[1]: false']);
});

test('graph', async () => {
  const g = graph('g', (build: Graph<number>) => build.add(double, build.add(inc, build.input)));
  expect(await asked(g, 1)).toEqual(['scope', 'inc(1)', 'double(2)']);
});

test('filter, and an item that is kept all the same', async () => {
  const odd = filter(flow('odd', (x: number) => x % 2 === 1));
  expect(await asked(odd, [5, 6])).toEqual(['scope', 'odd[0](5)', 'keep[0]: true', 'odd[1](6)', 'keep[1]: false']);
  expect(await comesTo(odd, [5, 6], { 'keep[1]': true })).toEqual([5, 6]);
});

test('reduce and repeat', async () => {
  const add = flow('add', ([a, b]: [number, number]) => a + b);
  expect(await asked(reduce(add, 1), [5, 6])).toEqual(['add[0]([1,5])', 'add[1]([6,6])']);
  expect(await asked(repeat(inc, 2), 5)).toEqual(['inc[0](5)', 'inc[1](6)']);
});

test('split and merge', async () => {
  const digits = flow('digits', (x: number) => String(x).split('').map(Number));
  expect(await asked(split(digits, [inc, undefined, double]), 123)).toEqual([
    'digits(123)',
    'scope',
    'inc(1)',
    'double(3)',
  ]);
  expect(await asked(merge(digits), 12)).toEqual(['digits(12)']);
});

test('race, and one whose winner is another', async () => {
  const later = flow('later', async (x: number) => x * 10);
  const all = race({ later, inc, double });
  expect(await asked(all, 3)).toEqual(['scope', 'later(3)', 'inc(3)', 'first: inc']);
  expect(await asked(all, 3, { first: 'double' })).toEqual(['scope', 'later(3)', 'inc(3)', 'first: inc', 'double(3)']);
  expect(await comesTo(all, 3, { first: 'double' })).toBe(6);
  expect(await comesTo(all, 3, { first: 'later' })).toBe(30);
});

test('fallback, and one that is forced', async () => {
  const either = fallback(fails, inc);
  expect(await asked(either, 3)).toEqual(['fails(3)', 'failed: true', 'inc(3)']);
  expect(await comesTo(either, 3, { failed: false })).toBe('no 3');
  expect(await asked(fallback(double, inc), 3, { failed: true })).toEqual(['double(3)', 'failed: false', 'inc(3)']);
});

test('retry, and one that is forced to go on or to end', async () => {
  const twice = retry(fails, 1, '5s');
  const waits = 'sleep 5000: attempt 1 of 2 failed: next in 5000 ms (fixed)';
  const first = ['fails[0](3)', 'again[0]: true', waits];
  expect(await asked(twice, 3)).toEqual([...first, 'fails[1](3)', 'again[1]: false']);
  expect(await asked(twice, 3, { 'again[0]': false })).toEqual(first.slice(0, 2));
  expect(await asked(twice, 3, { 'again[1]': true })).toEqual([
    ...first,
    'fails[1](3)',
    'again[1]: false',
    'fails[2](3)',
    'again[2]: false',
  ]);
  expect(await asked(retry(inc), 3, { 'again[0]': true })).toEqual([
    'inc[0](3)',
    'again[0]: false',
    'inc[1](3)',
    'again[1]: false',
  ]);
});

test('timeout and sleep', async () => {
  expect(await asked(timeout(inc, '5s'), 3)).toEqual(['scope', 'inc(3)']);
  const later = flow('later', async (x: number) => x);
  expect(await asked(timeout(later, '5s'), 3)).toEqual(['scope', 'later(3)', 'sleep 5000: within 5 s']);
  expect(await asked(sleep('5s'), 3)).toEqual(['sleep 5000']);
});

test('maybe and result, and ones that are forced', async () => {
  expect(await asked(maybe(inc), 3)).toEqual(['there: true', 'inc(3)']);
  expect(await asked(maybe(inc), null)).toEqual(['there: false']);
  expect(await asked(maybe(inc), 3, { there: false })).toEqual(['there: true']);
  expect(await asked(result(inc), { ok: true, value: 3 })).toEqual(['ok: true', 'inc(3)']);
  expect(await asked(result(inc), { ok: false, error: 3 })).toEqual(['ok: false']);
});

test('when and match, and ones that are forced', async () => {
  const small = flow('small', (x: number) => x < 5);
  expect(await asked(when(small, inc, double), 3)).toEqual(['small(3)', 'holds: true', 'inc(3)']);
  expect(await asked(when(small, inc, double), 3, { holds: false })).toEqual(['small(3)', 'holds: true', 'double(3)']);
  const which = match(
    [
      [3, inc],
      [(x) => x > 3, double],
    ],
    fails,
  );
  expect(await asked(which, 4)).toEqual(['which: 1', 'double(4)']);
  expect(await asked(which, 4, { which: 0 })).toEqual(['which: 1', 'inc(4)']);
  expect(await asked(which, 2)).toEqual(['which: otherwise', 'fails(2)']);
  expect(await comesTo(which, 4, { which: 7 })).toBe('match: 4 fits none of 3, …, and there is no otherwise.');
});

test('tap, validate, identity and constant', async () => {
  expect(await asked(tap(inc), 3)).toEqual(['inc(3)']);
  const positive = flow('positive', (x: number) => x > 0);
  expect(await asked(validate(positive), 3)).toEqual(['positive(3)']);
  expect(await asked(identity(), 3)).toEqual([]);
  expect(await asked(constant(5), 3)).toEqual([]);
});
