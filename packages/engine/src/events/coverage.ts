import type { FlowPicture, PictureEdge, PictureNode } from '@holon/flow';
import type { NodeCounts, RunState } from './state.ts';

/** What of a flow runs have come to, and what else they have come to. In the picture's order. */
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
 * Compares runs with the picture of their flow: one run, all of a test suite, or a run and those in which work that it
 * shares was done. Linear in the size of all of them.
 */
export function coverageOf(picture: FlowPicture, ...states: readonly RunState[]): Coverage {
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const { counts, choices, discovered } = together(states);
  const countOf = (id: string): NodeCounts => counts.get(id) ?? NONE;
  const isFlow = ({ shape }: PictureNode): boolean => shape === 'task' || shape === 'composite';

  /** Whether anything can have come out of `from`, towards `to`. */
  const left = ({ parent, from, to, when }: PictureEdge): boolean => {
    if (from === parent) return countOf(parent).opened > 0;
    const node = nodes.get(from)!;
    if (node.shape === 'choice') {
      const made = choices.get(from);
      return when === undefined ? made !== undefined : made?.has(when) === true;
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
    return isFlow(node) ? countOf(to).opened > 0 : node.shape !== 'choice' || choices.has(to);
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
  const observed = [...discovered.values()];
  const strayed = observed.filter(({ parent }) => nodes.get(parent ?? '')?.shape === 'composite').map(({ id }) => id);
  const unknown = [...counts.keys()].filter((id) => !nodes.has(id) && !discovered.has(id));
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

/** What several runs came to, by static id. */
function together(states: readonly RunState[]) {
  const counts = new Map<string, NodeCounts>();
  const choices = new Map<string, Set<string>>();
  const discovered = new Map<string, PictureNode>();
  for (const state of states) {
    for (const [id, { opened, succeeded, failed, canceled }] of state.counts) {
      const sum = counts.get(id) ?? NONE;
      counts.set(id, {
        opened: sum.opened + opened,
        succeeded: sum.succeeded + succeeded,
        failed: sum.failed + failed,
        canceled: sum.canceled + canceled,
      });
    }
    for (const [mark, made] of state.choices) {
      choices.set(mark, new Set([...(choices.get(mark) ?? []), ...made.keys()]));
    }
    for (const [id, { node }] of state.discovered) discovered.set(id, node);
  }
  return { counts, choices, discovered };
}
