import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { branch } from './combinators/branch.ts';
import { type Graph, graph } from './combinators/graph.ts';
import { loop } from './combinators/loop.ts';
import { map } from './combinators/map.ts';
import { parallel } from './combinators/parallel.ts';
import { pipe } from './combinators/pipe.ts';
import { flow } from './flow.ts';
import { describe } from './picture/describe.ts';
import { isPromiseLike } from './port.ts';
import { type Meaning, andThen, failsWith, itemsOf, sum, together } from './test/meaning.ts';
import { type Numeric, forms } from './test/plain-forms.ts';

/** A flow from number to number, as data: built as a flow, and read by a tiny interpreter that knows no port. */
type Tree =
  | { readonly kind: 'leaf'; readonly add: number; readonly waits: boolean; readonly failsOn: number | undefined }
  | { readonly kind: 'pipe' | 'chained' | 'parallel' | 'diamond'; readonly children: readonly Tree[] }
  | { readonly kind: 'answered'; readonly child: Tree; readonly answer: Tree }
  | { readonly kind: 'map'; readonly child: Tree; readonly items: number; readonly concurrency: number }
  | { readonly kind: 'loop'; readonly child: Tree; readonly times: number; readonly below: number }
  | { readonly kind: 'branch'; readonly even: Tree; readonly odd: Tree }
  | { readonly kind: 'form'; readonly form: string; readonly one: Tree; readonly other: Tree; readonly n: number };

const leaf = fc.record({
  kind: fc.constant('leaf' as const),
  add: fc.integer({ min: -5, max: 5 }),
  waits: fc.boolean(),
  failsOn: fc.option(fc.nat({ max: 9 }), { nil: undefined, freq: 4 }),
});

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('pipe' as const, 'chained' as const, 'parallel' as const, 'diamond' as const),
      children: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('map' as const),
      child: tie('tree'),
      items: fc.nat({ max: 4 }),
      concurrency: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      kind: fc.constant('loop' as const),
      child: tie('tree'),
      times: fc.integer({ min: 1, max: 4 }),
      below: fc.integer({ min: -20, max: 20 }),
    }),
    fc.record({ kind: fc.constant('answered' as const), child: tie('tree'), answer: tie('tree') }),
    fc.record({ kind: fc.constant('branch' as const), even: tie('tree'), odd: tie('tree') }),
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('form' as const),
        form: fc.constantFrom(...Object.keys(forms)),
        one: tie('tree'),
        other: tie('tree'),
        n: fc.nat({ max: 4 }),
      }),
    },
  ),
}));

/** More with `FC_RUNS=20000`. */
const trees = Number(process.env['FC_RUNS'] ?? 1_000);

const lastDigit = (x: number) => Math.abs(x) % 10;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function build(node: Tree): Numeric {
  switch (node.kind) {
    case 'leaf': {
      const body = (x: number) => {
        if (lastDigit(x) === node.failsOn) throw new Error(`fails on ${x}`);
        return x + node.add;
      };
      const later = async (x: number) => {
        await turn();
        return body(x);
      };
      return flow<[number], number | Promise<number>>(node.waits ? later : body);
    }
    case 'pipe':
      return pipe(node.children.map(build));
    case 'chained':
      return node.children.map(build).reduce((chain, next) => chain.pipe(next));
    case 'answered': {
      const fn = build(node.child);
      const answer = build(node.answer);
      const now = (_error: unknown, x: number) => answer(x);
      return flow({ fn, onError: isPromised(node.answer) ? async (error, x) => now(error, x) : now });
    }
    case 'parallel':
      return pipe(parallel(node.children.map(build)), (results: readonly number[]) => sum(results));
    case 'diamond':
      return graph('diamond', (g: Graph<number>) => {
        const [first, ...others] = node.children.map((child, i) => build(child).with({ name: `side ${i}` }));
        const top = g.add(first!, g.input);
        const sides = others.map((side) => g.add(side, top));
        return g.add((numbers: readonly number[]) => sum(numbers), [top, ...sides]);
      });
    case 'map': {
      const each = map(build(node.child), { concurrency: node.concurrency });
      return pipe((x: number) => itemsOf(x, node.items), each, sum);
    }
    case 'loop':
      return loop('loop', build(node.child), { while: (x) => x < node.below, max: node.times, onMax: 'return' });
    case 'branch':
      return branch('parity', (x: number) => x % 2 === 0, { true: build(node.even), false: build(node.odd) });
    case 'form':
      return forms[node.form]!.build(build(node.one), build(node.other), node.n);
  }
}

function meaningOf(node: Tree, x: number): Meaning {
  switch (node.kind) {
    case 'leaf':
      return lastDigit(x) === node.failsOn ? failsWith(`fails on ${x}`) : { value: x + node.add };
    case 'answered': {
      const meaning = meaningOf(node.child, x);
      return 'value' in meaning ? meaning : meaningOf(node.answer, x);
    }
    case 'pipe':
    case 'chained':
      return node.children.reduce<Meaning>((so, child) => andThen(so, (value) => meaningOf(child, value)), {
        value: x,
      });
    case 'parallel':
      return together(node.children.map((child) => meaningOf(child, x)));
    case 'diamond': {
      const [first, ...others] = node.children;
      const top = meaningOf(first!, x);
      return 'value' in top ? together([top, ...others.map((side) => meaningOf(side, top.value))]) : top;
    }
    case 'map':
      return together(itemsOf(x, node.items).map((item) => meaningOf(node.child, item)));
    case 'loop': {
      let so: Meaning = { value: x };
      for (let i = 0; i < node.times && 'value' in so && so.value < node.below; i++)
        so = meaningOf(node.child, so.value);
      return so;
    }
    case 'branch':
      return meaningOf(x % 2 === 0 ? node.even : node.odd, x);
    case 'form':
      return forms[node.form]!.means(
        (y) => meaningOf(node.one, y),
        (y) => meaningOf(node.other, y),
        node.n,
        x,
      );
  }
}

/** Whether calling it gives a promise: something in it waits, or is a combinator that always does. */
function isPromised(node: Tree): boolean {
  switch (node.kind) {
    case 'leaf':
      return node.waits;
    case 'pipe':
    case 'chained':
      return node.children.some(isPromised);
    case 'answered':
      return isPromised(node.child) || isPromised(node.answer);
    case 'loop':
      return isPromised(node.child);
    case 'branch':
      return isPromised(node.even) || isPromised(node.odd);
    case 'form':
      return forms[node.form]!.promised === 'always' || isPromised(node.one);
    default:
      return true;
  }
}

test.prop([tree, fc.integer({ min: -10, max: 10 })], { numRuns: trees })(
  'called directly, any tree means what it says, and says truthfully whether it is a promise',
  async (node, x) => {
    const expected = meaningOf(node, x);
    const built = build(node);
    let result: number | Promise<number>;
    try {
      result = built(x);
    } catch (error) {
      expect(isPromised(node), 'threw instead of rejecting').toBe(false);
      result = Promise.reject(error as Error);
      expect(expected).toHaveProperty('failures');
    }
    if ('value' in expected) {
      expect(isPromiseLike(result)).toBe(isPromised(node));
      expect(await result).toBe(expected.value);
    } else {
      const failure = await Promise.resolve(result).then(
        () => 'nothing failed',
        (error: Error) => error.message,
      );
      expect([...expected.failures]).toContain(failure);
    }
  },
);

test.prop([tree], { numRuns: trees / 4 })(
  'its picture is whole: unique ids, parents first, edges between nodes of one composite',
  (node) => {
    const { nodes, edges, root } = describe(build(node));
    const parents = new Map(nodes.map((each) => [each.id, each.parent]));
    expect(parents.size).toBe(nodes.length);
    const seen = new Set<string>();
    for (const each of nodes) {
      expect(each.parent === undefined ? each.id === root : seen.has(each.parent)).toBe(true);
      seen.add(each.id);
    }
    for (const { parent, from, to } of edges) {
      for (const end of [from, to]) expect(end === parent || parents.get(end) === parent).toBe(true);
    }
  },
);
