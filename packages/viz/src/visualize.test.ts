import { describe, isHolonError } from '@holon/flow';
import { expect, test } from 'vitest';
import { flows } from '../test/flows.ts';
import { type VisualizeOptions, visualizeFlow } from './visualize.ts';

const pipeline = flows['pipe']!;

function messageOf(flow: unknown, options: unknown): string {
  try {
    visualizeFlow(flow as typeof pipeline, options as VisualizeOptions);
  } catch (error) {
    if (isHolonError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

test('a flow and its picture give the same text, in either format', () => {
  for (const format of ['dot', 'mermaid'] as const) {
    expect(visualizeFlow(describe(pipeline), { format })).toBe(visualizeFlow(pipeline, { format }));
  }
  expect(visualizeFlow(pipeline, { format: 'dot' })).toMatch(/^digraph flow \{/u);
  expect(visualizeFlow(pipeline, { format: 'mermaid', direction: 'right' })).toMatch(/^flowchart LR\n/u);
});

test('a status is coloured and said in words', () => {
  const state = new Map([['pipeline/split', 'failed' as const]]);
  expect(visualizeFlow(pipeline, { format: 'mermaid', state })).toContain('n2("split\nfailed")');
  expect(visualizeFlow(pipeline, { format: 'dot', state })).toMatch(
    /class="task failed", label="split\\nfailed".*fillcolor="#fee2e2"/u,
  );
});

test.each([
  [
    { format: 'mermiad' },
    'invalid-option: visualizeFlow: format: "mermiad" is not one it knows. Did you mean "mermaid"?',
  ],
  [{ format: 'png' }, 'invalid-option: visualizeFlow: format: "png" is not one it knows. Known: "dot", "mermaid".'],
  [{}, 'invalid-option: visualizeFlow: format: undefined is not one it knows. Known: "dot", "mermaid".'],
  [{ fromat: 'dot' }, 'invalid-option: visualizeFlow: "fromat" is not an option. Did you mean "format"?'],
  [
    { format: 'dot', direction: 'dwon' },
    'invalid-option: visualizeFlow: direction: "dwon" is not one it knows. Did you mean "down"?',
  ],
  [
    { format: 'dot', state: new Map([['pipeline', 'runing']]) },
    'invalid-option: visualizeFlow: state: "runing" is not one it knows. Did you mean "running"?',
  ],
  [undefined, 'invalid-option: visualizeFlow: the options are undefined, not an object.'],
])('the options %j are refused with what to do', (options, message) => {
  expect(messageOf(pipeline, options)).toBe(message);
});

test.each([undefined, null, 7, () => 1, {}, { nodes: [] }])('%s is neither a flow nor a picture', (flow) => {
  expect(messageOf(flow, { format: 'dot' })).toMatch(/^invalid-flow: .* is neither a flow nor the picture of one\.$/u);
});
