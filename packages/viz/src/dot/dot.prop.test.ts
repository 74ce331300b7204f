import { describe } from '@holon/flow';
import fc from 'fast-check';
import { test, expect } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary-flow.ts';
import { outlineOfModel } from '../../test/outline.ts';
import { graphvizOf, outlineOfGraphviz, outlineOfTsGraphviz, withoutTexts } from '../../test/parse-dot.ts';
import { modelOf } from '../model/model-of.ts';
import { drawDot } from './dot.ts';

test('any flow, whatever the names, is read as its model by Graphviz and ts-graphviz', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      const model = modelOf(describe(flow));
      const { text } = drawDot(model);
      expect(outlineOfGraphviz(graphvizOf(text))).toEqual(outlineOfModel(model));
      expect(outlineOfTsGraphviz(text)).toEqual(withoutTexts(outlineOfModel(model)));
    }),
  );
});
