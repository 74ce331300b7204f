import type { Graph } from '@dagrejs/graphlib';
import type { FlowPicture, PictureNode, SourcePosition } from '@holon/flow';

/**
 * One thing to draw. A node with others inside is a cluster; edges touch no clusters. Everything that
 * draws reads this, so a flow looks alike in every format.
 */
export interface ModelNode {
  /** Static id, such as `checkout/pay`. Terminals and junctions have ids that no flow can have. */
  readonly id: string;
  /**
   * Its key in the graph, its node name in DOT and Mermaid and its element id in SVG: `n` and its
   * place in the picture. Safe in all of these whatever the flow is called, and the same whatever else
   * is collapsed or discovered.
   */
  readonly key: string;
  /** Static id of the cluster it is in. */
  readonly parent: string | undefined;
  /** A `junction` stands where several ways out of one composite meet several ways into the next. */
  readonly shape: PictureNode['shape'] | 'start' | 'end' | 'junction';
  /** Whether others are drawn inside it. */
  readonly cluster: boolean;
  readonly kind: string;
  readonly label: string;
  /** Runs many times in one run of its parent. */
  readonly many: boolean;
  /** What the edges of a composite say that has nothing inside to draw them between. */
  readonly says: readonly string[];
  readonly policies: readonly string[];
  readonly origin: SourcePosition | undefined;
  /** Not declared in a picture: seen as plain code ran. */
  readonly observed: boolean;
  /** How many nodes are hidden inside because it is collapsed. */
  readonly folded: number;
}

/** A connection between two nodes that are no clusters. */
export interface ModelEdge {
  /** The keys of its ends, numbered from the second between the same two: unique, and a safe element id. */
  readonly key: string;
  /** Static ids. */
  readonly from: string;
  readonly to: string;
  /** The labels of all that it was joined of, outside first. */
  readonly label: string | undefined;
  /** The decision at the mark `from` that takes it, as text. */
  readonly when: string | undefined;
  /** Goes back to something earlier. */
  readonly back: boolean;
  /** Not declared in a picture: seen as plain code ran, or supposed where a picture leaves an end open. */
  readonly observed: boolean;
}

/** What the fold keeps of a node that no picture declares: a value of `RunState.discovered`. */
export interface ObservedNode {
  readonly node: PictureNode;
  /** Static ids of the siblings that had just ended when it was first called. */
  readonly after: readonly string[];
}

/** The graph to draw. Treat it as immutable; `collapse` makes another. */
export interface FlowModel {
  /** Compound and multi; keyed by {@link ModelNode.key}, edges named by {@link ModelEdge.key}, labelled with the root's id. */
  readonly graph: Graph<string, ModelNode, ModelEdge>;
  /** By static id, parents first. */
  readonly nodes: ReadonlyMap<string, ModelNode>;
  readonly edges: readonly ModelEdge[];
  /** Static id of the root. */
  readonly root: string;
  /** For every static id of the flow, the id of the node that shows it: itself, or the collapsed one around it. */
  readonly shownBy: ReadonlyMap<string, string>;
  /** What it was made of. */
  readonly picture: FlowPicture;
  readonly observed: readonly ObservedNode[];
  readonly collapsed: ReadonlySet<string>;
}

/** Ids of the terminals: `:` can't begin the id of a flow. */
export const START_ID = ':start';
export const END_ID = ':end';
