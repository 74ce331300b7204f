import { describe, flow, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import { flows, observedRun, step } from '../../test/flows.ts';
import { outlineOfModel } from '../../test/outline.ts';
import { mermaidOf, outlineOfMermaid } from '../../test/parse-mermaid.ts';
import { collapse, modelOf } from '../model/model-of.ts';
import { drawMermaid } from './mermaid.ts';

const models = {
  ...Object.fromEntries(Object.entries(flows).map(([name, each]) => [name, modelOf(describe(each))])),
  observed: modelOf(observedRun().picture, observedRun().observed),
  collapsed: collapse(modelOf(describe(flows['nested']!)), new Set(['showcase/readAll', 'showcase/route/y'])),
};

test.each(Object.entries(models))('mermaid reads the drawing of %s as its model', async (_, model) => {
  for (const direction of ['down', 'right'] as const) {
    const db = await mermaidOf(drawMermaid(model, { direction }).text);
    expect(outlineOfMermaid(db)).toEqual(outlineOfModel(model));
  }
});

test('shapes, line styles and statuses', async () => {
  const { picture, observed } = observedRun();
  const state = new Map([['study/research/write', 'failed' as const]]);
  const db = await mermaidOf(drawMermaid(modelOf(picture, observed), { state }).text);
  expect(db.getVertices().get('n8')?.classes).toEqual(['task', 'observed', 'failed']);
  expect(db.getEdges().filter((edge) => edge.stroke === 'dotted')).toHaveLength(5);
  const loop = await mermaidOf(drawMermaid(modelOf(describe(flows['loop']!))).text);
  expect([...loop.getVertices().values()].map((vertex) => vertex.type)).toEqual([
    'diamond',
    'processes',
    'sm-circ',
    'fr-circ',
  ]);
});

test('a line that only reaches a junction has no arrowhead', async () => {
  const db = await mermaidOf(drawMermaid(modelOf(describe(pipe(flows['branch']!, flows['parallel']!)))).text);
  const typesTo = (junction: boolean) =>
    new Set(db.getEdges().flatMap(({ end, type }) => (end.startsWith('j') === junction ? [type] : [])));
  expect(typesTo(true)).toEqual(new Set(['arrow_open']));
  expect(typesTo(false)).toEqual(new Set(['arrow_point']));
});

test('the style of a state is defined after those of shapes, which it overrides, and fills no frame', () => {
  const state = new Map([
    ['refine', 'failed' as const],
    ['refine/improve', 'running' as const],
  ]);
  const { text } = drawMermaid(modelOf(describe(flows['loop']!)), { state });
  const defined = [...text.matchAll(/classDef (\S+) (.*)/gu)].map(([, name, style]) => [
    name,
    style?.includes('fill:'),
  ]);
  expect(defined.slice(-2)).toEqual([
    ['running', true],
    ['frame-failed', false],
  ]);
});

test.each([
  '"',
  '#quot;',
  '`md`',
  '"]; click n0 "javascript:alert(1)"',
  '%%{init: {"theme": "dark"}}%%',
  'end',
  'subgraph',
  '<img src=x onerror=alert(1)>',
  '1. one',
  '- one',
  '$$x$$',
  'fa:fa-car',
  ':::x',
  '\\n',
  'style: #a;',
  'ﬂ°°60¶ß',
  '日本語',
  '👩‍👩‍👧',
  '---',
  'graph TD;a-->b',
])('a flow named %j is shown under just that name', async (name) => {
  const model = modelOf(
    describe(
      pipe(
        flow(name, () => 1),
        flow('other', () => 1),
      ),
    ),
  );
  expect(outlineOfMermaid(await mermaidOf(drawMermaid(model).text))).toEqual(outlineOfModel(model));
});

test('a flow over the edge limit has its deepest composites folded, and says so', async () => {
  const inner = (name: string) => pipe(...(Array.from({ length: 20 }, (_, i) => step(`${name}-${i}`)) as [never]));
  const big = pipe(
    ...(Array.from({ length: 40 }, (_, i) => pipe(`part ${i}`, step('first'), inner(`in ${i}`))) as [never]),
  );
  const model = modelOf(describe(big));
  const { text, model: drawn } = drawMermaid(model);
  const db = await mermaidOf(text);
  expect(db.getEdges().length).toBeLessThanOrEqual(500);
  expect(db.getEdges().length).toBeGreaterThan(480);
  const folded = [...drawn.nodes.values()].filter((node) => node.folded > 0);
  expect(folded.map((node) => node.folded)).toEqual(folded.map(() => 20));
  expect(db.getVertices().get('note')?.text).toContain(`${folded.length * 20} nodes are folded into ${folded.length}`);
});

test('a chain that can only be folded whole is one node, and says so', async () => {
  const chain = pipe('chain', ...(Array.from({ length: 600 }, (_, i) => step(`step ${i}`)) as [never]));
  const db = await mermaidOf(drawMermaid(modelOf(describe(chain))).text);
  expect(db.getEdges()).toHaveLength(2);
  expect(db.getVertices().get('note')?.text).toMatch(/^600 nodes are folded into 1/u);
});
