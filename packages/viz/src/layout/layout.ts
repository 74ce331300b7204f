import type { ElkEdgeSection, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { HolonError } from '@holon/flow';
import type { Direction } from '../drawing.ts';
import { collapse } from '../model/model-of.ts';
import type { FlowModel, ModelEdge, ModelNode } from '../model/model.ts';
import { elkGraphOf } from './elk-graph.ts';
import { type Size, defaultSizeOf } from './sizes.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node with its place. Lengths in CSS pixels. */
export interface LaidOutNode extends Size {
  readonly node: ModelNode;
  /** Of its top left corner, from that of the cluster around it. */
  readonly x: number;
  readonly y: number;
}

/**
 * An edge with its way. Drawn downwards, edges ahead leave from the middle of the bottom and arrive in
 * the middle of the top, ways back touch the middle of the right side; drawn to the right, these are the
 * right, the left and the bottom.
 */
export interface LaidOutEdge {
  readonly edge: ModelEdge;
  /** From its source to its target with all bends, from the top left corner of the drawing. */
  readonly points: readonly Point[];
  /** Where its text goes, from the top left corner of the drawing; undefined when it has none. */
  readonly label: (Size & Point) | undefined;
}

/** Where everything goes. Nodes come parents first, as React Flow wants them. */
export interface FlowLayout extends Size {
  /** What was laid out: the model given, or that one with `collapsed` applied. */
  readonly model: FlowModel;
  readonly nodes: readonly LaidOutNode[];
  readonly edges: readonly LaidOutEdge[];
}

export interface LayoutFlowOptions {
  /** @default 'down' */
  readonly direction?: Direction | undefined;
  /** Static ids of composites to draw as one node. @default as in the model */
  readonly collapsed?: ReadonlySet<string> | undefined;
  /** What a node takes, in CSS pixels; for a cluster, what its header takes. @default guessed from its texts */
  readonly sizes?: ((node: ModelNode) => Size) | undefined;
  /** Rejects with `canceled` instead of giving a layout that nobody wants any more. ELK itself can't be interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/** What is needed of ELK: an instance of elkjs, with whatever worker it has. */
export interface LayoutEngine {
  layout(graph: ElkNode): Promise<ElkNode>;
}

/** @throws HolonError `canceled`; `internal` when ELK fails, with its error as cause */
export type LayoutFlow = (model: FlowModel, options?: LayoutFlowOptions) => Promise<FlowLayout>;

/**
 * Lays flows out with ELK, layered and through all levels at once. ELK is given from outside, since
 * browsers and Node start its worker differently.
 *
 * @example
 * import ELK from 'elkjs/lib/elk-api.js';
 * const layoutFlow = createLayout(new ELK({ workerFactory: () => new Worker(elkWorkerUrl) }));
 */
export function createLayout(elk: LayoutEngine): LayoutFlow {
  return async (given, { direction = 'down', collapsed, sizes = defaultSizeOf, signal } = {}) => {
    throwIfAborted(signal);
    const model = collapsed === undefined ? given : collapse(given, collapsed);
    const graphTo = (keepOrder: boolean) => elkGraphOf(model, { direction, sizeOf: sizes, keepOrder });
    const placed = await elk
      .layout(graphTo(true))
      .catch(() => elk.layout(graphTo(false)))
      .catch((cause: unknown) => {
        throw new HolonError('internal', `ELK could not lay out "${model.root}".`, { cause });
      });
    throwIfAborted(signal);
    return readLayout(model, placed);
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new HolonError('canceled', 'The layout was canceled.', { cause: signal.reason });
}

function readLayout(model: FlowModel, placed: ElkNode): FlowLayout {
  const nodes: LaidOutNode[] = [];
  const pending = [...(placed.children ?? [])].toReversed();
  for (let each = pending.pop(); each !== undefined; each = pending.pop()) {
    const { id, x = 0, y = 0, width = 0, height = 0, children = [] } = each;
    nodes.push({ node: model.graph.node(id), x, y, width, height });
    for (const child of children.toReversed()) pending.push(child);
  }
  const byKey = new Map(placed.edges?.map((edge) => [edge.id, edge]));
  const edges = model.edges.map((edge) => readEdge(edge, byKey.get(edge.key)));
  return { model, width: placed.width ?? 0, height: placed.height ?? 0, nodes, edges };
}

function readEdge(edge: ModelEdge, placed: ElkExtendedEdge | undefined): LaidOutEdge {
  const points = (placed?.sections ?? []).flatMap(pointsOf);
  const text = placed?.labels?.[0];
  if (text === undefined) return { edge, points, label: undefined };
  const { x = 0, y = 0, width = 0, height = 0 } = text;
  return { edge, points, label: { x, y, width, height } };
}

function pointsOf({ startPoint, bendPoints = [], endPoint }: ElkEdgeSection): Point[] {
  return [startPoint, ...bendPoints, endPoint].map(({ x, y }) => ({ x, y }));
}
