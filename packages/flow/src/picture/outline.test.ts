import { describe, expect, test } from 'vitest';
import { branch } from '../combinators/branch.ts';
import { loop } from '../combinators/loop.ts';
import { map } from '../combinators/map.ts';
import { parallel } from '../combinators/parallel.ts';
import { pipe } from '../combinators/pipe.ts';
import { type AnyFlow, flow } from '../flow.ts';
import { type OutlineNode, encodeSegment, outlineOf, staticIdOf } from './outline.ts';

function idsOf(root: AnyFlow): string[] {
  const ids: string[] = [];
  const walk = (node: OutlineNode) => {
    ids.push(node.id);
    node.children.forEach(walk);
  };
  walk(outlineOf(root));
  return ids;
}

function named(x: number) {
  return x;
}

describe('ids', () => {
  test('are made of explicit names, record keys, function names and kinds', () => {
    const root = pipe(
      'root',
      flow('first', named),
      named,
      parallel({ left: named, right: flow('explicit', named) }),
      (sides) => [sides.left],
      map(flow('each', named)),
      branch('which', String, { yes: () => 1, no: named }),
    );
    expect(idsOf(root)).toEqual([
      'root',
      'root/first',
      'root/named',
      'root/parallel',
      'root/parallel/left',
      'root/parallel/right',
      'root/task',
      'root/map',
      'root/map/each',
      'root/which',
      'root/which/yes',
      'root/which/no',
    ]);
  });

  test('the same name again gets a number, in order', () => {
    expect(idsOf(pipe('root', named, named, flow('named', named), pipe(named, named), pipe(named, named)))).toEqual([
      'root',
      'root/named',
      'root/named~2',
      'root/named~3',
      'root/pipe',
      'root/pipe/named',
      'root/pipe/named~2',
      'root/pipe~2',
      'root/pipe~2/named',
      'root/pipe~2/named~2',
    ]);
  });

  test('one flow in two places has two', () => {
    const both = flow('both', named);
    expect(idsOf(pipe('root', loop('a', both, { max: 1 }), loop('b', both, { max: 1 })))).toEqual([
      'root',
      'root/a',
      'root/a/both',
      'root/b',
      'root/b/both',
    ]);
  });

  test('encode what means something in ids and paths, without two names becoming one', () => {
    expect(encodeSegment('a/b[3]@2~1:c%')).toBe('a%2fb%5b3%5d%402%7e1%3ac%25');
    expect(encodeSegment('line\nend\u2028')).toBe('line%0aend%2028');
    expect(encodeSegment('')).toBe('%');
    expect(encodeSegment('größe 日本 🔥')).toBe('größe 日本 🔥');
    const names = ['a/b', 'a%2fb', 'a', 'a~2', '', '%', '%25'];
    expect(new Set(names.map(encodeSegment)).size).toBe(names.length);
    expect(idsOf(parallel('root', { 'a~2': named, a: flow('x', named), '': named }))).toEqual([
      'root',
      'root/a%7e2',
      'root/a',
      'root/%',
    ]);
  });
});

describe('observed children', () => {
  test('one place for each flow, told apart when two share a name', () => {
    const root = outlineOf(flow('root', named));
    const one = flow('same', () => 1);
    const two = flow('same', () => 2);
    expect([one, two, one, two].map((called) => root.observe(called).id)).toEqual([
      'root/same',
      'root/same~2',
      'root/same',
      'root/same~2',
    ]);
    expect(root.observe(one)).toBe(root.observe(one));
    expect(root.observe(one)).toMatchObject({ observed: true, parent: root });
    expect(root.children).toEqual([]);
  });

  test('do not take the place of declared ones', () => {
    const root = outlineOf(pipe('root', flow('step', named)));
    expect(root.observe(flow('step', named)).id).toBe('root/step~2');
    expect(root.children.map((child) => child.id)).toEqual(['root/step']);
  });
});

test.each([
  ['checkout', 'checkout'],
  ['checkout/refine[3]/improve', 'checkout/refine/improve'],
  ['checkout/pay@2/authorize', 'checkout/pay/authorize'],
  ['a[0]@1/b@12[345]', 'a/b'],
  ['a~2[1]/b', 'a~2/b'],
  ['a%5b3%5d/b%402', 'a%5b3%5d/b%402'],
])('staticIdOf %s is %s', (path, id) => {
  expect(staticIdOf(path)).toBe(id);
});

describe('labels', () => {
  test('name, else key, else function name, else the const it is bound to, else kind', () => {
    const bound = flow((x: number) => x);
    const outer = pipe(
      bound,
      pipe(named, named),
      pipe(named, named).with({ name: 'own name' }),
      parallel({ key: (x: number) => x, other: flow('explicit', named) }),
    );
    const labels = outlineOf(outer).children.map((child) => child.label);
    expect([outlineOf(outer).label, ...labels]).toEqual(['outer', 'bound', 'pipe', 'own name', 'parallel']);
    expect(outlineOf(outer).children[3]!.children.map((child) => child.label)).toEqual(['key', 'explicit']);
    expect(outlineOf(outer).id).toBe('pipe');
  });

  test('a chain has the name of the const, wherever it was parted; its steps have not', () => {
    // oxfmt-ignore
    const first = flow((x: number) => x).pipe((x) => x).pipe((x) => x);
    const step = flow('step', (x: number) => x);
    // oxfmt-ignore
    const parted = step
      .pipe((x) => x)
      .pipe((x) => x);
    // oxfmt-ignore
    const begun =
      step.pipe((x) => x);
    const labels = (chain: AnyFlow) => [outlineOf(chain), ...outlineOf(chain).children].map((node) => node.label);
    expect([first, parted, begun].map(labels)).toEqual([
      ['first', 'task', 'task', 'task'],
      ['parted', 'step', 'task', 'task'],
      ['begun', 'step', 'task'],
    ]);
    const list = [step.pipe((x) => x)];
    expect(labels(list[0]!)).toEqual(['pipe', 'step', 'task']);
  });

  test('a flow with onError has the name of the const', () => {
    const answered = flow({ fn: (x: number) => x, onError: () => 0 });
    expect(outlineOf(answered).label).toBe('answered');
    expect(outlineOf(answered).children.map((child) => child.label)).toEqual(['body', 'onError']);
  });

  test('on one line only the outer flow is bound', () => {
    // oxfmt-ignore
    const both = pipe(pipe(named, named), named);
    expect(outlineOf(both).label).toBe('both');
    expect(outlineOf(both).children[0]!.label).toBe('pipe');
  });

  test('a flow on the line of another const is not that', () => {
    const list = [flow((x: number) => x)];
    expect(outlineOf(list[0]!).label).toBe('task');
  });
});
