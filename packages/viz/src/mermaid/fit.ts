import { collapse } from '../model/model-of.ts';
import type { FlowModel } from '../model/model.ts';

/**
 * The model with as few composites collapsed as `fits` asks for, deepest first; the model itself when
 * it fits. Tries a number of models that is logarithmic in the number of composites.
 *
 * @param fits whether a model is small enough; one with more collapsed is taken to be smaller
 */
export function fit(model: FlowModel, fits: (model: FlowModel) => boolean): FlowModel {
  if (fits(model)) return model;
  const candidates = deepestFirst(model);
  const collapsing = (count: number) => collapse(model, new Set([...model.collapsed, ...candidates.slice(0, count)]));
  let tooFew = 0;
  let enough = candidates.length;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (fits(collapsing(middle))) enough = middle;
    else tooFew = middle;
  }
  return collapsing(enough);
}

function deepestFirst({ nodes }: FlowModel): string[] {
  const depths = new Map<string, number>();
  for (const { id, parent, cluster } of nodes.values()) {
    if (cluster) depths.set(id, parent === undefined ? 0 : depths.get(parent)! + 1);
  }
  return [...depths].sort(([, a], [, b]) => b - a).map(([id]) => id);
}
