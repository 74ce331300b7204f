import fc from 'fast-check';
import { describe as suite, expect, test } from 'vitest';
import { branch } from '../combinators/branch.ts';
import { type Graph, graph } from '../combinators/graph.ts';
import { loop } from '../combinators/loop.ts';
import { map } from '../combinators/map.ts';
import { parallel } from '../combinators/parallel.ts';
import { pipe } from '../combinators/pipe.ts';
import { type AnyFlow, combinator, flow, slot } from '../flow.ts';
import type { FlowOptions } from '../options.ts';
import { describe } from './describe.ts';

const a = flow('a', (x: number) => x);
const b = flow('b', (x: number) => x);
const hashOf = (root: AnyFlow): string => describe(root).structureHash;

/** A combinator of its own, so that what the pictures of others look like is not what is pinned here. */
function twice(name: string, inner: AnyFlow): AnyFlow {
  const [one, other] = [slot(inner, { key: 'one' }), slot(inner, { many: true })];
  const mark = { id: 'which', shape: 'choice', label: 'any' } as const;
  const edges = [
    { from: 'in', to: mark },
    { from: mark, to: one, when: true, label: 'any' },
    { from: mark, to: other, when: 2 },
    { from: other, to: one, back: true },
    { from: one, to: 'out', fills: ['/1/user', '/0'] },
  ] as const;
  return combinator({ kind: 'own', name, picture: { slots: [one, other], marks: [mark], edges }, run: () => 1 });
}

/** Kept: a change here is a change of the format, and refuses every run that was kept under the old one. */
test('is what it was', () => {
  expect(hashOf(a)).toBe('24115cb64c0d14acbbe0f7970f36fa3a');
  expect(hashOf(twice('größe 日本 🔥', twice('inner', a)))).toBe('6878772c75752146f489489c5030d800');
});

suite('stays when', () => {
  test('policies, schemas, labels, positions and code change', () => {
    const plain = pipe(
      'p',
      flow('step', (x: number) => x),
      loop('l', a, { max: 3 }),
    );
    const other = pipe(
      'p',
      flow('step', (x: number) => x * 2, { retry: 3, timeout: '1s', params: ['x'] }),
      loop('l', a.with({ timeout: 5 }), { until: (x) => x > 3, retry: 1 }),
    );
    expect(hashOf(other)).toBe(hashOf(plain));
    expect(hashOf(map('m', a, { concurrency: 2 }))).toBe(hashOf(map('m', a, { concurrency: 9 })));
  });

  test('record keys stand in another order', () => {
    expect(hashOf(parallel('p', { x: a, y: b }))).toBe(hashOf(parallel('p', { y: b, x: a })));
    const which = (keys: Record<string, AnyFlow>) => branch('which', String, keys);
    expect(hashOf(which({ x: a, y: b }))).toBe(hashOf(which({ y: b, x: a })));
    const fields = (flip: boolean) =>
      graph('g', (g: Graph<number>) => {
        const left = g.add(a, g.input);
        const right = g.add(b, g.input);
        return flip ? { right, left } : { left, right };
      });
    expect(hashOf(fields(true))).toBe(hashOf(fields(false)));
  });
});

suite('changes with', () => {
  const base = () => pipe('p', a, parallel('both', [a, b]));
  test.each<[string, AnyFlow]>([
    ['the root’s name', pipe('q', a, parallel('both', [a, b]))],
    ['a name deep inside', pipe('p', a, parallel('both', [a, flow('c', (x: number) => x)]))],
    ['the order of what has no key', pipe('p', a, parallel('both', [b, a]))],
    ['a step more', pipe('p', a, parallel('both', [a, b]), ([x]) => x)],
    ['the version of a step', pipe('p', a.with({ version: 2 }), parallel('both', [a, b]))],
    ['the version of a composite', pipe('p', a, parallel('both', [a, b])).with({ version: '1.1' })],
    ['a kind', pipe('p', a, map('both', a) as never)],
  ])('%s', (_what, changed) => {
    expect(hashOf(changed as AnyFlow)).not.toBe(hashOf(base()));
  });

  test('a wire to another node, another parameter, another field', () => {
    const minus = flow('minus', (x: number, y: number) => x - y);
    const digests = [
      graph('g', (g: Graph<number>) => g.add(minus, g.add(a, g.input), g.add(b, g.input))),
      graph('g', (g: Graph<number>) => {
        const [x, y] = [g.add(a, g.input), g.add(b, g.input)];
        return g.add(minus, y, x);
      }),
      graph('g', (g: Graph<number>) => {
        const [x, y] = [g.add(a, g.input), g.add(b, g.input)];
        return g.add(minus, x, g.add(b.with({ name: 'again' }), y));
      }),
      graph('g', (g: Graph<number>) => {
        const [x, y] = [g.add(a, g.input), g.add(b, g.input)];
        return { minus: g.add(minus, x, y) };
      }),
    ].map(hashOf);
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('the decision that takes an edge, a mark, a shape, whether a child runs often', () => {
    const made = (when: string, shape: 'choice' | 'join', many: boolean, id = 'm') => {
      const only = slot(a, { many });
      const mark = { id, shape, label: 'any' } as const;
      const edges = [
        { from: 'in', to: mark },
        { from: mark, to: only, when },
        { from: only, to: 'out' },
      ] as const;
      return combinator({ kind: 'own', name: 'x', picture: { slots: [only], marks: [mark], edges }, run: () => 1 });
    };
    const digests = [
      made('yes', 'choice', false),
      made('no', 'choice', false),
      made('yes', 'join', false),
      made('yes', 'choice', true),
      made('yes', 'choice', false, 'n'),
    ].map(hashOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

/** A tree of records, by key; one without keys is a task. */
interface Tree {
  readonly [key: string]: Tree;
}

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constant({}),
    fc.dictionary(fc.constantFrom('a', 'b', '/', 'ü'), tie('tree'), { maxKeys: 3 }),
  ),
})).tree;

function build(name: string, tree: Tree, flip = false, options: FlowOptions<never, never> = {}): AnyFlow {
  const keys = Object.keys(tree);
  if (keys.length === 0) return flow(name, (x: number) => x, options);
  const entries = keys.map((key) => [key, build('inner', tree[key]!, flip, options)] as const);
  if (flip) entries.reverse();
  return parallel(name, Object.fromEntries(entries)).with(options) as AnyFlow;
}

function sorted(tree: Tree): unknown {
  return Object.keys(tree)
    .toSorted()
    .map((key) => [key, sorted(tree[key]!)]);
}

suite('of any tree', () => {
  test('does not depend on key order and policies', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(hashOf(build('r', tree, true, { retry: 2, timeout: '1m' }))).toBe(hashOf(build('r', tree)));
      }),
    );
  });

  test('is the same for two exactly when they are the same', () => {
    fc.assert(
      fc.property(trees, trees, (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(hashOf(build('r', one)) === hashOf(build('r', other))).toBe(isSame);
      }),
    );
  });
});
