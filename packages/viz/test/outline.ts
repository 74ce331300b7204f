// What two drawings of one flow have in common, whatever the language: to compare a parsed drawing with its model.
import { edgeText, linesOf } from '../src/label.ts';
import type { FlowModel } from '../src/index.ts';

export interface Outline {
  /** Key, key of the cluster around it, text. */
  readonly nodes: readonly (readonly [string, string, string])[];
  readonly clusters: readonly (readonly [string, string, string])[];
  /** From, to, text. */
  readonly edges: readonly (readonly [string, string, string])[];
}

export function outlineOfModel({ nodes, edges }: FlowModel): Outline {
  const rows = [...nodes.values()].map((node) => {
    const { title, details } = linesOf(node);
    const around = node.parent === undefined ? '' : nodes.get(node.parent)!.key;
    return { node, row: [node.key, around, [title, ...details].join(' ')] as const };
  });
  return sorted({
    nodes: rows.filter(({ node }) => !node.cluster).map(({ row }) => row),
    clusters: rows.filter(({ node }) => node.cluster).map(({ row }) => row),
    edges: edges.map((edge) => [nodes.get(edge.from)!.key, nodes.get(edge.to)!.key, edgeText(edge)] as const),
  });
}

/** In an order that depends on nothing but the contents; without the dots and spaces that set texts apart. */
export function sorted({ nodes, clusters, edges }: Outline): Outline {
  const sort = (rows: Outline['nodes']) =>
    rows
      .map(([a, b, text]) => [a, b, text.replace(/[\s·]+/gu, ' ').trim()] as const)
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return { nodes: sort(nodes), clusters: sort(clusters), edges: sort(edges) };
}
