import { describe, flow, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import { flows, observedRun, step } from '../../test/flows.ts';
import { outlineOfModel } from '../../test/outline.ts';
import {
  graphvizOf,
  outlineOfGraphviz,
  outlineOfTsGraphviz,
  svgOf,
  textOf,
  withoutTexts,
} from '../../test/parse-dot.ts';
import { collapse, modelOf } from '../model/model-of.ts';
import { drawDot } from './dot.ts';

const models = {
  ...Object.fromEntries(Object.entries(flows).map(([name, each]) => [name, modelOf(describe(each))])),
  observed: modelOf(observedRun().picture, observedRun().observed),
  collapsed: collapse(modelOf(describe(flows['nested']!)), new Set(['showcase/readAll', 'showcase/route/y'])),
};

test.each(Object.entries(models))('Graphviz and ts-graphviz read the drawing of %s as its model', (_, model) => {
  for (const direction of ['down', 'right'] as const) {
    const { text } = drawDot(model, { direction });
    expect(outlineOfGraphviz(graphvizOf(text))).toEqual(outlineOfModel(model));
    expect(outlineOfTsGraphviz(text)).toEqual(withoutTexts(outlineOfModel(model)));
  }
});

test('shape, many and observed are classes of the element, and so is the status', () => {
  const { picture, observed } = observedRun();
  const state = new Map([['study/research/write', 'failed' as const]]);
  const { objects, edges } = graphvizOf(drawDot(modelOf(picture, observed), { state }).text);
  expect(objects.find(({ label }) => label.startsWith('write'))).toMatchObject({
    class: 'task observed failed',
    label: 'write\\nfailed',
  });
  expect(edges?.filter((edge) => edge.class === 'observed')).toHaveLength(5);
  const all = graphvizOf(drawDot(modelOf(describe(flows['loop']!))).text);
  expect(all.objects.map((each) => each.class)).toEqual(['composite', 'choice', 'task many', 'start', 'end']);
});

test.each(['"', '\\', '\\N', 'a\\', '<b>bold', '&lt;', '&amp;', '\\"]', '-- > ]; }', '日本語', '👩‍👩‍👧', 'ﬂ°°60¶ß'])(
  'a flow named %j is drawn under just that name',
  (name) => {
    const { objects } = outlineAt(name);
    expect(textOf(objects.find(({ id }) => id === 'n0')?._ldraw_)).toBe(name);
  },
);

test('what would break a line, reorder or hide text is shown instead', () => {
  const picture = describe(flow('x', () => 1));
  const label = 'a\nb\tc\u202ed\u200be\ud800f';
  const model = modelOf({ ...picture, nodes: [{ ...picture.nodes[0]!, label }] });
  const { objects } = graphvizOf(drawDot(model).text);
  expect(textOf(objects[0]?._ldraw_)).toBe('a␊b␉c⟨202E⟩d⟨200B⟩e�f');
});

test('tooltips say where it is and where it was written, backslashes included', () => {
  const picture = describe(flow('x', () => 1));
  const origin = { file: 'C:\\new\\Good "flows" & <more>.ts', line: 7, column: 1 };
  const model = modelOf({ ...picture, nodes: [{ ...picture.nodes[0]!, origin }] });
  expect(svgOf(drawDot(model).text)).toContain(
    'xlink:title="x · C:\\new\\Good &quot;flows&quot; &amp; &lt;more&gt;.ts:7"',
  );
});

test('every element of the SVG is found by its key', () => {
  const model = modelOf(describe(flows['nested']!));
  const svg = svgOf(drawDot(model).text);
  const ids = new Set([...svg.matchAll(/<g id="([^"]*)" class="(?:node|cluster|edge)/gu)].map(([, id]) => id));
  expect(ids).toEqual(new Set([...model.nodes.values(), ...model.edges].map(({ key }) => key)));
});

test('a nesting too deep for Graphviz is folded, and the drawing says so', () => {
  let deep = step('innermost');
  for (let level = 0; level < 500; level++) deep = pipe(`level ${level}`, deep);
  const { text, model } = drawDot(modelOf(describe(deep)));
  const { objects } = graphvizOf(text);
  expect(objects.filter(({ name }) => name.startsWith('cluster_'))).toHaveLength(150);
  expect(textOf(objects.find(({ name }) => name === 'note')?._ldraw_)).toMatch(/^350 nodes are folded into 1: /u);
  expect([...model.nodes.values()].filter((node) => node.folded > 0).map((node) => node.folded)).toEqual([350]);
});

function outlineAt(name: string) {
  return graphvizOf(drawDot(modelOf(describe(flow(name, () => 1)))).text);
}
