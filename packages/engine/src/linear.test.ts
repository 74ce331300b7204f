/** That work grows with the size of a flow, and not faster: counted, not timed. */
import { type AnyFlow, type Graph, batch, branch, describe, flow, graph, loop, map, parallel, pipe } from '@holon/flow';
import { afterAll, describe as suite, expect, test } from 'vitest';
import { createEngine } from './index.ts';
import { WorkCounter } from './test/count-work.ts';

const counter = new WorkCounter();
afterAll(() => counter.close());

const SMALL = 100;
const FACTOR = 8;
/** Turns of the event loop come at sizes of their own. A square of the factor would be far beyond. */
const SLACK = 1.5;

const inc = (x: number): number => x + 1;
const incLater = async (x: number): Promise<number> => x + 1;
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const items = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
type Step = (x: number) => number;

/** By name: a flow of that size, and an input that makes it run as much. */
const shapes: Readonly<Record<string, (size: number) => readonly [AnyFlow, unknown]>> = {
  'a chain': (size) => [pipe(many(size, inc)), 1],
  'a chain of asynchronous steps': (size) => [pipe(many(size, incLater as never as Step)), 1],
  'a fan-out': (size) => [parallel(many(size, inc)) as AnyFlow, 1],
  'a fan-out of asynchronous branches': (size) => [parallel(many(size, incLater)) as AnyFlow, 1],
  'a list': (size) => [map(incLater), items(size)],
  'a list, one at a time': (size) => [map(incLater, { concurrency: 1 }), items(size)],
  'a loop': (size) => [loop('l', inc, { max: size }), 1],
  'a loop of asynchronous iterations': (size) => [loop('l', incLater, { max: size }), 1],
  'a graph in a row': (size) => [
    graph('g', (g: Graph<number>) => {
      let wire = g.input;
      for (let i = 0; i < size; i++) wire = g.add(inc, wire);
      return wire;
    }),
    1,
  ],
  'a wide graph': (size) => [graph('g', (g: Graph<number>) => many(size, 0).map(() => g.add(incLater, g.input))), 1],
  'a graph that comes together': (size) => [
    graph('g', (g: Graph<number>) => {
      const wires = many(size, 0).map(() => g.add(inc, g.input));
      return g.add((all: readonly number[]) => all.length, wires);
    }),
    1,
  ],
  cases: (size) => [
    branch('b', String, Object.fromEntries(items(size).map((i) => [i, inc])), { otherwise: '0' }) as AnyFlow,
    1,
  ],
  'plain code': (size) => {
    const step = flow('step', incLater);
    return [
      flow('code', async (x: number) => {
        let value = x;
        for (let i = 0; i < size; i++) value = await step(value);
        return value;
      }),
      1,
    ];
  },
  nesting: (size) => {
    let nested: AnyFlow = flow('leaf', incLater);
    for (let i = 0; i < size / 4; i++) nested = pipe(nested as never);
    return [nested, 1];
  },
  'a batch': (size) => [
    map(
      batch(async (list: number[]) => list, { size }),
      { concurrency: Infinity },
    ),
    items(size),
  ],
};

/** How much more work a size larger by the factor is. Each is a flow of its own: what is remembered of one helps no other. */
async function ratioOf(work: (size: number) => () => unknown, small = SMALL): Promise<number> {
  // What is done on first use is none of it.
  await work(small)();
  const few = await counter.count(work(small));
  expect(few, 'work is counted').toBeGreaterThan(0);
  return (await counter.count(work(small * FACTOR))) / few;
}

const engine = createEngine();

const uses: Readonly<
  Record<string, (make: (size: number) => readonly [AnyFlow, unknown], size: number) => () => unknown>
> = {
  built: (make, size) => () => make(size),
  'described, with its hash': (make, size) => {
    const [made] = make(size);
    return () => describe(made);
  },
  'called directly': (make, size) => {
    const [made, input] = make(size);
    return () => made(input);
  },
  'run by the engine': (make, size) => {
    const [made, input] = make(size);
    return () => engine.execute(made, input as never);
  },
};

suite.each(Object.keys(uses))('%s, the work is linear in the size of', (use) => {
  test.each(Object.keys(shapes))('%s', async (shape) => {
    expect(await ratioOf((size) => uses[use]!(shapes[shape]!, size))).toBeLessThan(FACTOR * SLACK);
  });
});

test('what is not linear is found', async () => {
  const quadratic = (size: number) => () => {
    for (const i of items(size)) pipe(many(i + 1, inc));
  };
  expect(await ratioOf(quadratic, 10)).toBeGreaterThan(FACTOR * SLACK);
});
