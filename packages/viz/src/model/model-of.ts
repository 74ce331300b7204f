import { Graph } from '@dagrejs/graphlib';
import { type FlowPicture, HolonError, type PictureNode } from '@holon/flow';
import { type Container, type FlatEdge, flatten } from './flatten.ts';
import { END_ID, type FlowModel, type ModelEdge, type ModelNode, type ObservedNode, START_ID } from './model.ts';

/** A node of the picture, or one seen in a run: then with what it came after. */
interface Place {
  readonly node: PictureNode;
  readonly index: number;
  readonly after: readonly string[] | undefined;
}

/**
 * The graph of a flow, with what a run has shown of it so far. No recursion; linear in the size of the
 * picture, but for graphlib's look at all ancestors of a node that it is given.
 *
 * @param observed the values of `RunState.discovered`; those already in the picture, and those whose
 *   parent is not, are left out
 * @param collapsed static ids of composites to draw as one node
 * @throws HolonError `invalid-flow` for an edge to a node that is not there
 */
export function modelOf(
  picture: FlowPicture,
  observed: Iterable<ObservedNode> = [],
  collapsed: ReadonlySet<string> = new Set(),
): FlowModel {
  const seen = [...observed];
  const places = placesOf(picture, seen);
  const { shownBy, folded, clusters } = show(places, collapsed);
  const saying = sayings(picture, places);
  const nodes = new Map<string, ModelNode>();
  for (const { node, index, after } of places.values()) {
    if (shownBy.get(node.id) !== node.id) continue;
    const { id, parent, shape, kind, label, many, policies, origin } = node;
    nodes.set(id, {
      ...{ id, key: `n${index}`, parent, shape, cluster: clusters.has(id), kind, label, many, policies, origin },
      says: saying.get(id) ?? [],
      observed: after !== undefined,
      folded: folded.get(id) ?? 0,
    });
  }
  nodes.set(START_ID, pointNode(START_ID, 't_start', 'start', undefined));
  nodes.set(END_ID, pointNode(END_ID, 't_end', 'end', undefined));

  const flat = flatten(picture.root, containersOf(picture, places, nodes));
  flat.junctions.forEach(({ id, parent }, index) => nodes.set(id, pointNode(id, `j${index}`, 'junction', parent)));
  const edges = keyed(flat.edges, nodes);
  const graph = graphOf(picture.root, nodes, edges);
  return { graph, nodes, edges, root: picture.root, shownBy, picture, observed: seen, collapsed };
}

/** The same flow with the composites of these static ids drawn as one node each; what was collapsed before opens. */
export function collapse(model: FlowModel, collapsed: ReadonlySet<string>): FlowModel {
  return modelOf(model.picture, model.observed, collapsed);
}

function placesOf(picture: FlowPicture, observed: readonly ObservedNode[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const node of picture.nodes) places.set(node.id, { node, index: places.size, after: undefined });
  for (const { node, after } of observed) {
    if (places.has(node.id) || node.parent === undefined || !places.has(node.parent)) continue;
    places.set(node.id, { node, index: places.size, after });
  }
  return places;
}

/** Which nodes are drawn themselves, which stand for others, and which have others inside. Parents come first. */
function show(places: ReadonlyMap<string, Place>, collapsed: ReadonlySet<string>) {
  const shownBy = new Map<string, string>();
  const folded = new Map<string, number>();
  const clusters = new Set<string>();
  for (const { node } of places.values()) {
    const around = node.parent === undefined ? undefined : shownBy.get(node.parent);
    if (around !== undefined && (around !== node.parent || collapsed.has(around))) {
      shownBy.set(node.id, around);
      folded.set(around, (folded.get(around) ?? 0) + 1);
    } else {
      shownBy.set(node.id, node.id);
      if (around !== undefined) clusters.add(around);
    }
  }
  return { shownBy, folded, clusters };
}

/** By composite without anything inside: what its edges from entry to exit say. */
function sayings(picture: FlowPicture, places: ReadonlyMap<string, Place>): ReadonlyMap<string, readonly string[]> {
  const filled = new Set([...places.values()].map(({ node }) => node.parent));
  const said = new Map<string, string[]>();
  for (const { parent, label } of picture.edges) {
    if (label === undefined || filled.has(parent)) continue;
    said.set(parent, [...(said.get(parent) ?? []), label]);
  }
  return said;
}

/** Each cluster with its children and the edges directly inside it, parents first. */
function containersOf(
  picture: FlowPicture,
  places: ReadonlyMap<string, Place>,
  nodes: ReadonlyMap<string, ModelNode>,
): Map<string, Container> {
  const containers = new Map<string, Container & { children: Container['children'][number][]; edges: FlatEdge[] }>();
  for (const { id, parent, cluster, observed } of nodes.values()) {
    if (cluster) containers.set(id, { id, children: [], edges: [] });
    if (parent !== undefined) containers.get(parent)!.children.push({ id, observed });
  }
  for (const edge of picture.edges) {
    const strayed = [edge.from, edge.to].find(
      (end) => end !== edge.parent && places.get(end)?.node.parent !== edge.parent,
    );
    if (strayed !== undefined) {
      throw new HolonError(
        'invalid-flow',
        `An edge inside "${edge.parent}" touches "${strayed}", which is not directly in it.`,
      );
    }
    const { from, to, label, when, back } = edge;
    containers.get(edge.parent)?.edges.push({ from, to, label, when, back, observed: false });
  }
  for (const { node, after } of places.values()) {
    const container = node.parent === undefined ? undefined : containers.get(node.parent);
    for (const from of after ?? []) {
      if (places.get(from)?.node.parent !== node.parent) continue;
      container?.edges.push({ from, to: node.id, label: undefined, when: undefined, back: false, observed: true });
    }
  }
  return containers;
}

/** In the order of the nodes they come from; keys are made of the nodes' keys, so that they stay as long as these do. */
function keyed(flat: readonly FlatEdge[], nodes: ReadonlyMap<string, ModelNode>): ModelEdge[] {
  const order = new Map([START_ID, ...nodes.keys()].map((id, index) => [id, id === START_ID ? -1 : index]));
  const used = new Map<string, number>();
  return flat
    .toSorted((a, b) => order.get(a.from)! - order.get(b.from)!)
    .map((edge) => {
      const ends = `${nodes.get(edge.from)!.key}_${nodes.get(edge.to)!.key}`;
      const count = (used.get(ends) ?? 0) + 1;
      used.set(ends, count);
      return { ...edge, key: count === 1 ? ends : `${ends}_${count}` };
    });
}

function pointNode(
  id: string,
  key: string,
  shape: 'start' | 'end' | 'junction',
  parent: string | undefined,
): ModelNode {
  const nothing = { label: '', many: false, says: [], policies: [], origin: undefined, observed: false, folded: 0 };
  return { id, key, parent, shape, cluster: false, kind: shape, ...nothing };
}

/** Keyed by `key`, not id: graphlib keeps nodes in plain objects, where a flow named `toString` is there already. */
function graphOf(root: string, nodes: ReadonlyMap<string, ModelNode>, edges: readonly ModelEdge[]) {
  const graph = new Graph<string, ModelNode, ModelEdge>({ compound: true, multigraph: true });
  graph.setGraph(root);
  for (const node of nodes.values()) {
    graph.setNode(node.key, node);
    if (node.parent !== undefined) graph.setParent(node.key, nodes.get(node.parent)!.key);
  }
  for (const edge of edges) graph.setEdge(nodes.get(edge.from)!.key, nodes.get(edge.to)!.key, edge, edge.key);
  return graph;
}
