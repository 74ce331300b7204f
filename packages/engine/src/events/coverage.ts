import type { FlowPicture, PictureEdge, PictureNode } from '@holon/flow';
import type { NodeCounts, RunState } from './state.ts';

/** What of a flow a run has come to, and what else it has come to. In the picture's order. */
export interface Coverage {
  /** Declared nodes that have begun; marks that have been passed. */
  readonly reached: readonly PictureNode[];
  readonly unreached: readonly PictureNode[];
  /** Declared edges along which a value has gone: of a decision, those that it took. */
  readonly taken: readonly PictureEdge[];
  readonly untaken: readonly PictureEdge[];
  /** Found as plain code ran, with what these are made of. */
  readonly observed: readonly PictureNode[];
  /**
   * Ids that ran and are neither declared nor observed, or observed directly in a combinator, which declares all it
   * calls. None, where the picture is that of the flow that ran.
   */
  readonly undeclared: readonly string[];
}

/**
 * Compares a run with the picture of its flow. What the flow shares with other runs ran in runs of its own, and counts
 * there. Linear in the size of both.
 */
export function coverageOf(picture: FlowPicture, state: RunState): Coverage {
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const countOf = (id: string): NodeCounts => state.counts.get(id) ?? NONE;
  const isFlow = ({ shape }: PictureNode): boolean => shape === 'task' || shape === 'composite';

  /** Whether anything can have come out of `from`, towards `to`. */
  const left = ({ parent, from, to, when }: PictureEdge): boolean => {
    if (from === parent) return countOf(parent).opened > 0;
    const node = nodes.get(from)!;
    if (node.shape === 'choice') {
      const made = state.choices.get(from);
      return when === undefined ? made !== undefined : (made?.get(when) ?? 0) > 0;
    }
    if (!isFlow(node)) return passed.has(from);
    const { succeeded, failed } = countOf(from);
    // A decision may be about a failure.
    return succeeded > 0 || (failed > 0 && nodes.get(to)?.shape === 'choice');
  };
  const arrived = ({ parent, from, to, when }: PictureEdge): boolean => {
    // The decision itself is the proof.
    if (when !== undefined && nodes.get(from)?.shape === 'choice') return true;
    if (to === parent) return countOf(parent).succeeded > 0;
    const node = nodes.get(to)!;
    return isFlow(node) ? countOf(to).opened > 0 : node.shape !== 'choice' || state.choices.has(to);
  };
  const passed = new Set<string>();
  const onwards = Map.groupBy(picture.edges, ({ from }) => from);
  const pending = [...picture.edges];
  for (let edge = pending.pop(); edge !== undefined; edge = pending.pop()) {
    const node = nodes.get(edge.to)!;
    if (edge.to === edge.parent || isFlow(node) || passed.has(edge.to) || !left(edge) || !arrived(edge)) continue;
    passed.add(edge.to);
    pending.push(...(onwards.get(edge.to) ?? []));
  }

  const isReached = (node: PictureNode): boolean => (isFlow(node) ? countOf(node.id).opened > 0 : passed.has(node.id));
  const isTaken = (edge: PictureEdge): boolean => left(edge) && arrived(edge);
  const observed = [...state.discovered.values()].map(({ node }) => node);
  const strayed = observed.filter(({ parent }) => nodes.get(parent ?? '')?.shape === 'composite').map(({ id }) => id);
  const unknown = [...state.counts.keys()].filter((id) => !nodes.has(id) && !state.discovered.has(id));
  return {
    reached: picture.nodes.filter(isReached),
    unreached: picture.nodes.filter((node) => !isReached(node)),
    taken: picture.edges.filter(isTaken),
    untaken: picture.edges.filter((edge) => !isTaken(edge)),
    observed,
    undeclared: [...strayed, ...unknown],
  };
}

const NONE: NodeCounts = { opened: 0, succeeded: 0, failed: 0, canceled: 0 };
