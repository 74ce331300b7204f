import { describe } from '@holon/flow';
import { expect, test } from 'vitest';
import { flows } from '../test/flows.ts';
import { svgOf } from '../test/parse-dot.ts';
import { drawDot } from './dot/dot.ts';
import { elementIds, idOfElement } from './drawing.ts';
import { collapse, modelOf } from './model/model-of.ts';

const model = modelOf(describe(flows['nested']!));

test('every node of the flow has an element in the SVG, and the element leads back to it', () => {
  const inSvg = new Set([...svgOf(drawDot(model).text).matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id!));
  const elements = elementIds(model);
  expect([...elements.keys()]).toEqual(model.picture.nodes.map((node) => node.id));
  for (const [id, element] of elements) {
    expect(inSvg).toContain(element);
    expect(idOfElement(model, element)).toBe(id);
  }
});

test('what is inside a collapsed composite is shown by its element', () => {
  const elements = elementIds(collapse(model, new Set(['showcase/readAll'])));
  expect(elements.get('showcase/readAll/readOne/read')).toBe(elements.get('showcase/readAll'));
});

test.each([
  ['mermaid-1795176736734-flowchart-n1-12', 'showcase/list'],
  ['mermaid-1795176736734-n2', 'showcase/readAll'],
  ['a_n1', 'showcase/list'],
  ['n1_n4', undefined],
  ['mermaid-1-L_n1_n4_0', undefined],
  ['t_start', undefined],
  ['n999', undefined],
  ['toString', undefined],
])('the element %s shows %s', (element, id) => {
  expect(idOfElement(model, element)).toBe(id);
});
