import { describe as suite, expect, test } from 'vitest';
import { branch } from '../combinators/branch.ts';
import { type Graph, graph } from '../combinators/graph.ts';
import { loop } from '../combinators/loop.ts';
import { map } from '../combinators/map.ts';
import { parallel } from '../combinators/parallel.ts';
import { pipe } from '../combinators/pipe.ts';
import { type AnyFlow, flow } from '../flow.ts';
import { describe, markId } from './describe.ts';

const a = flow('a', (x: number) => x);
const b = flow('b', (x: number) => x);

/** `parent: from → to`, with what else an edge says in brackets. */
function linesOf(root: AnyFlow): { nodes: string[]; edges: string[] } {
  const { nodes, edges } = describe(root);
  return {
    nodes: nodes.map(({ id, shape, kind, label, many }) => `${id} ${shape} ${kind} ${label}${many ? ' many' : ''}`),
    edges: edges.map(({ from, to, label, when, back }) => {
      const more = [label && `"${label}"`, when !== undefined && `when ${when}`, back && 'back'].filter(Boolean);
      return `${from} → ${to}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
    }),
  };
}

suite('the picture of', () => {
  test('a task', () => {
    expect(linesOf(a)).toEqual({ nodes: ['a task task a'], edges: [] });
  });

  test('pipe', () => {
    expect(linesOf(pipe('p', a, b))).toEqual({
      nodes: ['p composite pipe p', 'p/a task task a', 'p/b task task b'],
      edges: ['p → p/a', 'p/a → p/b', 'p/b → p'],
    });
  });

  test('map', () => {
    expect(linesOf(map('m', a, { concurrency: 3 }))).toEqual({
      nodes: ['m composite map m', 'm/a task task a many'],
      edges: ['m → m/a ("each, 3 at once")', 'm/a → m'],
    });
  });

  test('parallel', () => {
    expect(linesOf(parallel('p', { left: a, right: b }))).toEqual({
      nodes: ['p composite parallel p', 'p/:join join join all', 'p/left task task a', 'p/right task task b'],
      edges: ['p → p/left', 'p → p/right', 'p/left → p/:join', 'p/right → p/:join', 'p/:join → p'],
    });
  });

  test('branch', () => {
    const sign = (x: number) => (x < 0 ? 'minus' : 'plus');
    expect(linesOf(branch('s', sign, { minus: a, plus: b }, { otherwise: 'plus' }))).toEqual({
      nodes: ['s composite branch s', 's/:which choice choice sign', 's/minus task task a', 's/plus task task b'],
      edges: [
        's → s/:which',
        's/:which → s/minus ("minus", when minus)',
        's/:which → s/plus ("plus, otherwise", when plus)',
        's/minus → s',
        's/plus → s',
      ],
    });
  });

  test('loop', () => {
    expect(linesOf(loop('l', a, { until: (x) => x > 3 }))).toEqual({
      nodes: ['l composite loop l', 'l/:again choice choice until', 'l/a task task a many'],
      edges: [
        'l → l/:again',
        'l/:again → l/a ("again", when true)',
        'l/a → l/:again (back)',
        'l/:again → l ("done", when false)',
      ],
    });
    expect(linesOf(loop('l', a, { max: 3 })).nodes[1]).toBe('l/:again choice choice 3 times');
    expect(linesOf(loop('l', a, { while: () => false })).nodes[1]).toBe('l/:again choice choice while');
    const isLarge = (x: number) => x > 3;
    expect(linesOf(loop('l', a, { until: isLarge })).nodes[1]).toBe('l/:again choice choice until isLarge');
  });

  test('graph', () => {
    const diamond = graph('d', (g: Graph<number>) => {
      const top = g.add(a, g.input);
      const left = g.add(b, top);
      const right = g.add((x: number, y: number) => x + y, top, g.input);
      const alone = g.add(() => 1);
      return { sum: g.add((pair: readonly [number, number]) => pair[0], [left, right]), alone };
    });
    expect(linesOf(diamond)).toEqual({
      nodes: [
        'd composite graph d',
        'd/a task task a',
        'd/b task task b',
        'd/task task task right',
        'd/task~2 task task alone',
        'd/task~3 task task task',
      ],
      edges: [
        'd → d/a',
        'd/a → d/b',
        'd/a → d/task',
        'd → d/task',
        'd → d/task~2',
        'd/b → d/task~3',
        'd/task → d/task~3',
        'd/task~3 → d',
        'd/task~2 → d',
      ],
    });
  });

  test('nested: parents first, siblings in order', () => {
    expect(linesOf(pipe('root', pipe('x', a, b), loop('y', pipe('z', a), { max: 1 }))).nodes).toEqual([
      'root composite pipe root',
      'root/x composite pipe x',
      'root/x/a task task a',
      'root/x/b task task b',
      'root/y composite loop y',
      'root/y/:again choice choice once',
      'root/y/z composite pipe z many',
      'root/y/z/a task task a',
    ]);
  });

  test('policies in words, and where it was written', () => {
    const careful = a.with({ retry: { retries: 3, backoff: 'linear' }, timeout: '1.5s' });
    const { nodes } = describe(careful);
    expect(nodes[0]?.policies).toEqual(['retry 3 × linear', 'timeout 1.5 s']);
    expect(nodes[0]?.settings).toMatchObject({ retry: { retries: 3, delayMs: 200 }, timeoutMs: 1_500 });
    expect(describe(a.with({ timeout: 50 })).nodes[0]).toMatchObject({
      policies: ['timeout 50 ms'],
      settings: { timeoutMs: 50 },
    });
    expect(nodes[0]?.origin?.file).toMatch(/describe\.test\.ts$/);
  });

  test('is plain data', () => {
    const picture = describe(pipe('p', a, branch('which', String, { 'a/b': a, '"': b })));
    expect(structuredClone(picture)).toEqual(picture);
    expect(picture.version).toBe(1);
    expect(picture.root).toBe('p');
    expect(picture.nodes.map((node) => node.id)).toContain('p/which/a%2fb');
  });

  test('the id of a mark is never that of a child', () => {
    const root = pipe(
      'p',
      flow(':again', (x: number) => x),
    );
    expect(describe(root).nodes.map((node) => node.id)).toEqual(['p', 'p/%3aagain']);
    expect(markId('p', 'again')).toBe('p/:again');
  });
});
