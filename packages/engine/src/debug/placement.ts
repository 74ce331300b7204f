import { type OutlineNode, type PictureNode, suggestion } from '@holon/flow';
import type { Breakpoint, PlacedBreakpoint } from '../events/index.ts';

/** Nodes a breakpoint can be asked for: declared ones, and those found while plain code ran. */
export interface Places {
  readonly declared: readonly PictureNode[];
  readonly observed: ReadonlyMap<string, OutlineNode>;
}

/** Whether plain code calls it, or something around it, synchronously. */
function isInline(node: OutlineNode): boolean {
  for (let place: OutlineNode | undefined = node; place !== undefined; place = place.parent) {
    if (place.observed && !place.definition.asynchronous) return true;
  }
  return false;
}

/** Finds where a breakpoint stands: by static id, else by a label or last part of an id that only one node has. */
export function placeBreakpoint(asked: Breakpoint, places: Places): PlacedBreakpoint {
  const phase = asked.phase ?? 'entry';
  const nodes = [
    ...places.declared.map(({ id, label, shape }) => ({
      id,
      label,
      runs: shape === 'task' || shape === 'composite',
      inline: false,
    })),
    ...[...places.observed.values()].map((node) => ({
      id: node.id,
      label: node.label,
      runs: true,
      inline: isInline(node),
    })),
  ];
  const exact = nodes.filter((node) => node.id === asked.node);
  const found =
    exact.length > 0 ? exact : nodes.filter((node) => node.label === asked.node || node.id.endsWith(`/${asked.node}`));
  const [node, ...others] = found;
  const refused = (message: string): PlacedBreakpoint => ({
    node: node?.id ?? asked.node,
    phase,
    verified: false,
    message,
  });
  if (node === undefined) {
    const labels = [...new Set(nodes.filter(({ runs }) => runs).map(({ label }) => label))];
    return refused(
      `No node is called "${asked.node}" so far; it will stop there if plain code calls one.${suggestion(asked.node, labels)}`,
    );
  }
  if (others.length > 0) {
    return {
      ...refused(
        `Several nodes are called "${asked.node}": ${found.map(({ id }) => id).join(', ')}. Say which by its id.`,
      ),
      node: asked.node,
    };
  }
  if (!node.runs) return refused('Nothing runs here: it is a mark in the picture. Set it on a node beside it.');
  if (node.inline)
    return refused('Plain code calls it synchronously, so it can be seen but not paused. Make it async to stop at it.');
  return { node: node.id, phase, verified: true, message: undefined };
}
