import type { RunState } from '@holon/engine/events';
import type { FlowModel, ModelEdge, ModelNode } from '@holon/viz';

/**
 * The drawn edges, by key, that values have passed along so far. A decision's edges follow the recorded
 * choices; every other edge was taken when what it comes from has given something and what it goes to
 * has begun.
 */
export function takenEdges(model: FlowModel, state: RunState): ReadonlySet<string> {
  const into = Map.groupBy(model.edges, (edge) => edge.to);
  const out = Map.groupBy(model.edges, (edge) => edge.from);
  const opened = (id: string): boolean => (state.counts.get(id)?.opened ?? 0) > 0;
  const taken = new Set<string>();
  const visiting = new Set<string>();

  /** Whether a value came out of `edge.from`, towards `edge.to` where it had a choice. */
  const left = (edge: ModelEdge): boolean => {
    const from = model.nodes.get(edge.from) as ModelNode;
    switch (from.shape) {
      case 'start':
        return opened(model.root);
      case 'choice':
        return edge.when !== undefined && (state.choices.get(edge.from)?.get(edge.when) ?? 0) > 0;
      case 'join':
        return through(edge.from, (before) => before.every(left));
      case 'junction':
        return through(edge.from, (before) => before.some(left));
      case 'task':
      case 'composite':
      case 'end':
        return (state.counts.get(edge.from)?.succeeded ?? 0) > 0;
    }
  };
  const through = (id: string, holds: (before: readonly ModelEdge[]) => boolean): boolean => {
    if (visiting.has(id)) return false;
    visiting.add(id);
    const result = holds(into.get(id) ?? []);
    visiting.delete(id);
    return result;
  };
  const arrived = (edge: ModelEdge): boolean => {
    const to = model.nodes.get(edge.to) as ModelNode;
    switch (to.shape) {
      case 'end':
        return state.status === 'succeeded';
      case 'choice':
        return state.choices.has(edge.to);
      case 'join':
        return true;
      case 'junction':
        return through(edge.to, () => (out.get(edge.to) ?? []).some(arrived));
      case 'start':
        return false;
      case 'task':
      case 'composite':
        return opened(edge.to);
    }
  };
  for (const edge of model.edges) {
    if (left(edge) && arrived(edge)) taken.add(edge.key);
  }
  return taken;
}
