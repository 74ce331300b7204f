import { collapse } from './model-of.ts';
import type { FlowModel } from './model.ts';

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

/** How many clusters stand inside each other at most. */
export function depthOf(model: FlowModel): number {
  return Math.max(0, ...new Set(depthsOf(model).values()));
}

/** What a drawing has to say when {@link fit} collapsed something; undefined when it did not. */
export function noteOn(drawn: FlowModel, wanted: FlowModel, why: string): string | undefined {
  if (drawn === wanted) return undefined;
  const folded = [...drawn.nodes.values()].filter((node) => node.folded > 0);
  const hidden = folded.reduce((sum, node) => sum + node.folded, 0);
  return `${hidden} nodes are folded into ${folded.length}: ${why}`;
}

function deepestFirst(model: FlowModel): string[] {
  return [...depthsOf(model)].sort(([, a], [, b]) => b - a).map(([id]) => id);
}

/** Of each cluster, counting itself. */
function depthsOf({ nodes }: FlowModel): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { id, parent, cluster } of nodes.values()) {
    if (cluster) depths.set(id, parent === undefined ? 1 : depths.get(parent)! + 1);
  }
  return depths;
}
