import { describe } from '@holon/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary-flow.ts';
import { outlineOfModel } from '../../test/outline.ts';
import { mermaidOf, outlineOfMermaid } from '../../test/parse-mermaid.ts';
import { modelOf } from '../model/model-of.ts';
import { drawMermaid } from './mermaid.ts';

test('any flow, whatever the names, is read as its model by mermaid', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryFlow, async (flow) => {
      const model = modelOf(describe(flow));
      expect(outlineOfMermaid(await mermaidOf(drawMermaid(model).text))).toEqual(outlineOfModel(model));
    }),
  );
});
