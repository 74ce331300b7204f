import { instance } from '@viz-js/viz';
import { type RootGraphModel, type GraphBaseModel, fromDot } from 'ts-graphviz';
import { type Outline, sorted } from './outline.ts';

interface Drawn {
  readonly op: string;
  readonly text?: string;
}

/** What Graphviz's JSON says of one node or cluster; `_ldraw_` is how it draws the label. */
interface GraphvizObject {
  readonly _gvid: number;
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly class: string;
  readonly nodes?: readonly number[];
  readonly subgraphs?: readonly number[];
  readonly _ldraw_?: readonly Drawn[];
}

interface GraphvizEdge {
  readonly id: string;
  readonly class: string;
  readonly tail: number;
  readonly head: number;
  readonly _ldraw_?: readonly Drawn[];
}

export interface GraphvizGraph {
  readonly objects: readonly GraphvizObject[];
  readonly edges?: readonly GraphvizEdge[];
}

const viz = await instance();

/** Laid out by Graphviz. @throws when it refuses the text */
export function graphvizOf(dot: string): GraphvizGraph {
  const result = viz.render(dot, { format: 'json' });
  if (result.status === 'failure') throw new Error(result.errors.map((each) => each.message).join('\n'));
  return JSON.parse(result.output) as GraphvizGraph;
}

export function svgOf(dot: string): string {
  return viz.renderString(dot, { format: 'svg' });
}

/** As Graphviz understands it, with the texts that it draws. */
export function outlineOfGraphviz({ objects, edges = [] }: GraphvizGraph): Outline {
  const byNumber = new Map(objects.map((each) => [each._gvid, each]));
  const around = new Map<number, string>();
  // A cluster lists the nodes of the clusters in it, too, and comes before them.
  for (const cluster of objects) {
    for (const inside of [...(cluster.nodes ?? []), ...(cluster.subgraphs ?? [])]) around.set(inside, cluster.id);
  }
  const row = (each: GraphvizObject) => [each.id, around.get(each._gvid) ?? '', textOf(each._ldraw_)] as const;
  const isCluster = ({ name }: GraphvizObject) => name.startsWith('cluster_');
  return sorted({
    nodes: objects.filter((each) => !isCluster(each)).map(row),
    clusters: objects.filter(isCluster).map(row),
    edges: edges.map(
      (edge) => [byNumber.get(edge.tail)!.id, byNumber.get(edge.head)!.id, textOf(edge._ldraw_)] as const,
    ),
  });
}

/** The texts of a label. The JSON writer doubles their backslashes; the SVG writer does not. */
export function textOf(drawn: readonly Drawn[] = []): string {
  return drawn.flatMap(({ op, text = '' }) => (op === 'T' ? [text.replaceAll('\\\\', '\\')] : [])).join(' ');
}

/** As ts-graphviz understands it; it keeps labels as they are written, so they are left out. */
export function outlineOfTsGraphviz(dot: string): Outline {
  const nodes: Outline['nodes'][number][] = [];
  const clusters: Outline['nodes'][number][] = [];
  const root: RootGraphModel = fromDot(dot);
  const pending: (readonly [GraphBaseModel, string])[] = [[root, '']];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [graph, key] = next;
    for (const node of graph.nodes) nodes.push([node.id, key, '']);
    for (const inside of graph.subgraphs) {
      const name = inside.id?.replace(/^cluster_/u, '') ?? '';
      clusters.push([name, key, '']);
      pending.push([inside, name]);
    }
  }
  const edges = root.edges.map(({ targets }) => {
    const [from, to] = targets as { readonly id: string }[];
    return [from!.id, to!.id, ''] as const;
  });
  return sorted({ nodes, clusters, edges });
}

export function withoutTexts({ nodes, clusters, edges }: Outline): Outline {
  const strip = (rows: Outline['nodes']) => rows.map(([a, b]) => [a, b, ''] as const);
  return sorted({ nodes: strip(nodes), clusters: strip(clusters), edges: strip(edges) });
}
