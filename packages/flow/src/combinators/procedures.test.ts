/** What each procedure asks of its port, literally: names, inputs, indices and decisions are what paths are made of. */
import { expect, test } from 'vitest';
import { definitionOf } from '../definition.ts';
import { type AnyFlow, flow } from '../flow.ts';
import type { Port } from '../port.ts';
import { WaitedWork } from '../work.ts';
import { branch } from './branch.ts';
import { type Graph, graph } from './graph.ts';
import { loop } from './loop.ts';
import { map } from './map.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';

const inc = flow('inc', (x: number) => x + 1);
const double = flow('double', (x: number) => x * 2);

/** Runs a procedure on a port that writes down what it is asked, and forces the decisions in `forced`. */
async function asked(root: AnyFlow, input: unknown, forced: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  const log: string[] = [];
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
    sleep: async () => undefined,
    wait: async (_reason, begin) => new Promise((resolve, reject) => void begin({ resolve, reject })),
    shared: (_key, open) => open(),
    work: () => new WaitedWork(() => undefined),
    signal: async () => undefined,
    now: () => 0,
    random: () => 0,
  };
  await definitionOf(root)!.run(input, port);
  return log;
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
