/** Sizes that a recursive walk or a spread argument list would not survive. */
import { describe as suite, expect, test } from 'vitest';
import { type Graph, graph } from './combinators/graph.ts';
import { loop } from './combinators/loop.ts';
import { map } from './combinators/map.ts';
import { parallel } from './combinators/parallel.ts';
import { pipe } from './combinators/pipe.ts';
import { type AnyFlow, flow } from './flow.ts';
import { describe } from './picture/describe.ts';

const MANY = 100_000;
const plusOne = flow('plusOne', (x: number) => x + 1);
const plusOneLater = flow('plusOneLater', async (x: number) => x + 1);

suite('chains of 100,000', () => {
  test('of synchronous steps', () => {
    const chain = pipe('chain', new Array<typeof plusOne>(MANY).fill(plusOne));
    expect(chain(0)).toBe(MANY);
    const { nodes, edges } = describe(chain);
    expect([nodes.length, edges.length]).toEqual([MANY + 1, MANY + 1]);
    expect(nodes.at(-1)?.id).toBe(`chain/plusOne~${MANY}`);
  });

  test('of asynchronous steps', async () => {
    expect(await pipe(new Array<typeof plusOneLater>(MANY).fill(plusOneLater))(0)).toBe(MANY);
  });

  test('of nodes in a graph', async () => {
    const step = flow(function step(x: number) {
      return x + 1;
    });
    const chain = graph('chain', (g: Graph<number>) => {
      let wire = g.input;
      for (let i = 0; i < MANY; i++) wire = g.add(step, wire);
      return wire;
    });
    expect(await chain(0)).toBe(MANY);
    expect(describe(chain).edges).toHaveLength(MANY + 1);
  });

  test('of iterations', async () => {
    expect(loop('l', plusOne, { max: MANY })(0)).toBe(MANY);
    expect(await loop('l', plusOneLater, { max: MANY })(0)).toBe(MANY);
  });
});

suite('fan-outs of 100,000', () => {
  test.each([
    ['synchronous', plusOne],
    ['asynchronous', plusOneLater],
  ])('of %s branches', async (_kind, branch: AnyFlow) => {
    const all = parallel('all', new Array<AnyFlow>(MANY).fill(branch));
    const results = (await all(1 as never)) as number[];
    expect([results.length, results.every((result) => result === 2)]).toEqual([MANY, true]);
    expect(describe(all).nodes).toHaveLength(MANY + 2);
  });

  test('of items', async () => {
    const items = Array.from({ length: MANY }, (_, i) => i);
    expect((await map(plusOneLater)(items)).at(-1)).toBe(MANY);
    expect((await map(plusOne)(items)).at(-1)).toBe(MANY);
  });

  test('in a graph', async () => {
    const fan = graph('fan', (g: Graph<number>) =>
      Array.from({ length: MANY }, () => g.add((x: number) => x + 1, g.input)),
    );
    expect(await fan(1)).toHaveLength(MANY);
  });
});

suite('nesting of 1,000', () => {
  const wrap: [string, (inner: AnyFlow) => AnyFlow][] = [
    ['pipe', (inner) => pipe('p', inner as never)],
    ['loop', (inner) => loop('l', inner as never, { max: 1 })],
    ['parallel', (inner) => pipe(parallel([inner]) as AnyFlow, ([value]: [unknown]) => value)],
  ];

  test.each(wrap)('%s is built, described and called', async (_kind, around) => {
    for (const leaf of [plusOne, plusOneLater]) {
      let nested: AnyFlow = leaf;
      const levels = _kind === 'parallel' ? 500 : 1_000;
      for (let i = 0; i < levels; i++) nested = around(nested);
      expect(await nested(1)).toBe(2);
      expect(describe(nested).nodes.length).toBeGreaterThan(1_000);
    }
  });

  test('deeper is refused when it is built', () => {
    let nested: AnyFlow = plusOne;
    for (let i = 0; i < 1_000; i++) nested = pipe('p', nested as never);
    expect(() => pipe('p', nested as never)).toThrow(
      expect.objectContaining({
        code: 'invalid-flow',
        message: 'pipe: its children are nested 1,000 levels deep already; that is the limit.',
      }),
    );
  });
});
