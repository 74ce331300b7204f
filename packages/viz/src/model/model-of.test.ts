import {
  type FlowPicture,
  type PictureEdge,
  type PictureNode,
  combinator,
  describe,
  loop,
  map,
  pipe,
} from '@holon/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary-flow.ts';
import { flows, observedRun, step } from '../../test/flows.ts';
import { linesOf } from '../label.ts';
import { collapse, modelOf } from './model-of.ts';
import type { FlowModel } from './model.ts';

/** Each edge as `from -> to`, with `?` when observed, `^` when back, and its label. */
function edgesOf(model: FlowModel): string[] {
  return model.edges.map(({ from, to, label, when, back, observed }) => {
    const text = [label, when === label ? undefined : when].filter((each) => each !== undefined).join('/');
    return `${from} -> ${to}${observed ? ' ?' : ''}${back ? ' ^' : ''}${text === '' ? '' : ` (${text})`}`;
  });
}

const modelOfFlow = (name: string) => modelOf(describe(flows[name]!));

test('a task alone stands between start and end', () => {
  expect(edgesOf(modelOfFlow('task'))).toEqual([':start -> alone', 'alone -> :end']);
});

test('a loop goes back to its choice', () => {
  expect(edgesOf(modelOfFlow('loop'))).toEqual([
    ':start -> refine/:again',
    'refine/:again -> refine/improve (again/true)',
    'refine/:again -> :end (done/false)',
    'refine/improve -> refine/:again ^',
  ]);
});

test('a loop goes back from what is last in its body, however deep', () => {
  const body = pipe('body', step('a'), pipe('rest', step('b')));
  expect(edgesOf(modelOf(describe(loop('l', body, { max: 2 }))))).toContain('l/body/rest/b -> l/:again ^');
});

test('a label on the one way on of several is said once, behind a junction', () => {
  const model = modelOf(describe(pipe('p', flows['branch']!, map('all', step('y'), { concurrency: 4 }))));
  expect(edgesOf(model).slice(4)).toEqual([
    ...['book', 'ebook', 'gift'].map((kind) => `p/byKind/${kind} -> p/all/::in`),
    'p/all/y -> :end',
    'p/all/::in -> p/all/y (each, 4 at once)',
  ]);
});

test('an edge to a composite goes to what is first in it, however deep, and keeps the labels on the way', () => {
  const deep = pipe(
    'a',
    step('x'),
    map('b', pipe('c', map('d', step('y'), { concurrency: 2 }), step('z')), { concurrency: 4 }),
    step('w'),
  );
  expect(edgesOf(modelOf(describe(deep)))).toEqual([
    ':start -> a/x',
    'a/x -> a/b/c/d/y (each, 4 at once · each, 2 at once)',
    'a/b/c/d/y -> a/b/c/z',
    'a/b/c/z -> a/w',
    'a/w -> :end',
  ]);
});

test('several ways out that meet several ways in go through one junction', () => {
  const model = modelOf(describe(pipe('p', flows['branch']!, flows['parallel']!)));
  expect(edgesOf(model)).toEqual([
    ':start -> p/byKind/:which',
    ...['book', 'ebook', 'gift'].map((kind) => `p/byKind/:which -> p/byKind/${kind} (${kind})`),
    ...['book', 'ebook', 'gift'].map((kind) => `p/byKind/${kind} -> p/both/::in`),
    'p/both/:join -> :end',
    'p/both/words -> p/both/:join',
    'p/both/links -> p/both/:join',
    'p/both/::in -> p/both/words',
    'p/both/::in -> p/both/links',
  ]);
  expect(model.nodes.get('p/both/::in')).toMatchObject({ shape: 'junction', parent: 'p/both', key: 'j0' });
});

test('a way through a composite that may do nothing leads on past it', () => {
  expect(edgesOf(modelOfFlow('maybe'))).toEqual([
    ':start -> outer/before',
    'outer/before -> outer/first/a',
    'outer/before -> outer/second/::in (skip)',
    'outer/first/a -> outer/second/::in',
    'outer/second/b -> outer/after',
    'outer/after -> :end',
    'outer/second/::in -> outer/second/b',
    'outer/second/::in -> outer/after (skip)',
  ]);
});

test('children without edges are supposed to stand side by side, and the edges say that they are not declared', () => {
  expect(edgesOf(modelOfFlow('bag'))).toEqual(
    expect.arrayContaining([
      'outer/before -> outer/bag/a ?',
      'outer/before -> outer/bag/b/c ?',
      'outer/bag/a -> outer/after ?',
      'outer/bag/b/c -> outer/after ?',
    ]),
  );
});

test('a composite without children says what its edges would', () => {
  const edges = [
    { from: 'in', to: 'out', label: '2 s' },
    { from: 'in', to: 'out' },
  ] as const;
  const wait = combinator({ kind: 'wait', picture: { slots: [], marks: [], edges }, run: () => 1 });
  const node = modelOf(describe(pipe('p', wait))).nodes.get('p/wait')!;
  expect(node.says).toEqual(['2 s']);
  expect(linesOf(node).details).toEqual(['2 s']);
  expect(modelOf(describe(pipe('p', wait))).nodes.get('p')!.says).toEqual([]);
});

test('a composite without children is a node', () => {
  const model = modelOfFlow('passThrough');
  expect(edgesOf(model)).toEqual([':start -> same', 'same -> :end']);
  expect(model.nodes.get('same')).toMatchObject({ shape: 'composite', cluster: false });
});

test('plain code becomes a cluster of what was seen in it, in the order it was seen', () => {
  const { picture, observed } = observedRun();
  const model = modelOf(picture, observed);
  expect(edgesOf(model)).toEqual([
    ':start -> study/plan',
    'study/plan -> study/research/search/ask ?',
    'study/print -> :end',
    'study/research/search/ask -> study/research/search/rank ?',
    'study/research/search/rank -> study/research/enough ?',
    'study/research/enough -> study/research/write ?',
    'study/research/write -> study/print ?',
  ]);
  expect(model.nodes.get('study/research')).toMatchObject({ cluster: true, observed: false });
  expect(model.nodes.get('study/research/search')).toMatchObject({ cluster: true, observed: true });
  expect(model.nodes.has('nowhere/known')).toBe(false);
});

test('keys stay the same when more is discovered and when something is collapsed', () => {
  const { picture, observed } = observedRun();
  const keys = (model: FlowModel) => new Map([...model.nodes.values()].map(({ id, key }) => [id, key]));
  const all = keys(modelOf(picture, observed));
  for (const model of [
    modelOf(picture, observed.slice(0, 2)),
    collapse(modelOf(picture, observed), new Set(['study/research/search'])),
  ]) {
    for (const [id, key] of keys(model)) expect(key).toBe(all.get(id));
  }
});

test('a collapsed composite stands for all inside it', () => {
  const model = collapse(modelOfFlow('nested'), new Set(['showcase/readAll']));
  expect(model.nodes.get('showcase/readAll')).toMatchObject({ cluster: false, folded: 11 });
  expect(model.shownBy.get('showcase/readAll/readOne/byKind/book')).toBe('showcase/readAll');
  expect(edgesOf(model)).toEqual(
    expect.arrayContaining(['showcase/list -> showcase/readAll', 'showcase/readAll -> showcase/refine/:again']),
  );
  expect(edgesOf(collapse(model, new Set()))).toEqual(edgesOf(modelOfFlow('nested')));
});

test('an edge to something that is not there is refused, with its name', () => {
  const picture = describe(flows['pipe']!);
  const edges = [{ ...picture.edges[0]!, to: 'pipeline/nowhere' }];
  expect(() => modelOf({ ...picture, edges })).toThrow(/inside "pipeline" touches "pipeline\/nowhere"/u);
});

test('of any flow: every node is on the way from start to end, edges touch no clusters, and there are not more than declared', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      const picture = describe(flow);
      const model = modelOf(picture);
      const leaves = [...model.nodes.values()].filter((node) => !node.cluster);
      for (const edge of model.edges)
        for (const end of [edge.from, edge.to]) expect(model.nodes.get(end)?.cluster).toBe(false);
      expect(reached(model, ':start', 'from', 'to').size).toBe(leaves.length);
      expect(reached(model, ':end', 'to', 'from').size).toBe(leaves.length);
      expect(model.edges.length).toBeLessThanOrEqual(picture.edges.length + 2);
      expect(model.graph.nodeCount()).toBe(model.nodes.size);
      expect(model.graph.edgeCount()).toBe(model.edges.length);
    }),
  );
});

function reached({ edges }: FlowModel, start: string, near: 'from' | 'to', far: 'from' | 'to'): Set<string> {
  const next = Map.groupBy(edges, (edge) => edge[near]);
  const seen = new Set([start]);
  for (const id of seen) for (const edge of next.get(id) ?? []) seen.add(edge[far]);
  return seen;
}

test('a chain of 100,000 and a nesting of 1,000 with a wide inside neither overflow nor multiply', () => {
  const chain = pictureOf(
    'chain',
    Array.from({ length: 100_000 }, (_, i) => `chain/${i}`),
  );
  expect(modelOf(chain).edges).toHaveLength(100_001);

  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  let id = 'n';
  for (let depth = 0; depth < 1_000; depth++) {
    nodes.push(nodeOf(id, nodes.at(-1)?.id, 'composite'));
    const inside = `${id}/n`;
    if (depth < 999) edges.push(edgeOf(id, id, inside), edgeOf(id, inside, id));
    id = inside;
  }
  const innermost = nodes.at(-1)!.id;
  for (let i = 0; i < 1_000; i++) {
    nodes.push(nodeOf(`${innermost}/${i}`, innermost, 'task'));
    edges.push(edgeOf(innermost, innermost, `${innermost}/${i}`), edgeOf(innermost, `${innermost}/${i}`, innermost));
  }
  const model = modelOf({ version: 1, root: 'n', structureHash: '', nodes, edges });
  expect(model.edges).toHaveLength(2_000);
  expect(model.graph.children(model.nodes.get(innermost)!.key)).toHaveLength(1_000);
});

function pictureOf(root: string, tasks: readonly string[]): FlowPicture {
  const ends = [root, ...tasks, root];
  return {
    version: 1,
    root,
    structureHash: '',
    nodes: [nodeOf(root, undefined, 'composite'), ...tasks.map((id) => nodeOf(id, root, 'task'))],
    edges: ends.slice(1).map((to, i) => edgeOf(root, ends[i]!, to)),
  };
}

function nodeOf(id: string, parent: string | undefined, shape: PictureNode['shape']): PictureNode {
  return { id, parent, shape, kind: shape, label: 'x', many: false, policies: [], settings: {}, origin: undefined };
}

function edgeOf(parent: string, from: string, to: string): PictureEdge {
  return { parent, from, to, label: undefined, when: undefined, back: false };
}
