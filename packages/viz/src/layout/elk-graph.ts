import type { ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Direction } from '../drawing.ts';
import { edgeText } from '../label.ts';
import type { FlowModel, ModelEdge, ModelNode } from '../model/model.ts';
import { walk } from '../model/walk.ts';
import { type Size, labelSizeOf } from './sizes.ts';

const INSET_PX = 16;

/** One layered drawing through all levels. */
const ROOT_OPTIONS: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
};

/** ELK reads these at every level: they are not inherited. */
const LEVEL_OPTIONS: LayoutOptions = {
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.feedbackEdges': 'true',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '28',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
};

/** ELK 0.12 fails on some nested graphs that it is to keep the order of (and on most with other values than this). */
const KEEP_ORDER: LayoutOptions = { 'elk.layered.considerModelOrder.strategy': 'PREFER_EDGES' };

/** Of two ways to break a cycle, the one that turns round an edge of lower priority is taken. */
const AHEAD_PRIORITY = '10';

export interface ElkGraphOptions {
  readonly direction: Direction;
  readonly sizeOf: (node: ModelNode) => Size;
  /** Whether branches stand in the order of the flow where that costs little. */
  readonly keepOrder: boolean;
}

/** What ELK is to lay out: nodes and edges by their keys, all edges at the root. */
export function elkGraphOf(model: FlowModel, { direction, sizeOf, keepOrder }: ElkGraphOptions): ElkNode {
  const level = keepOrder ? { ...LEVEL_OPTIONS, ...KEEP_ORDER } : LEVEL_OPTIONS;
  const root: ElkNode = {
    id: 'root',
    layoutOptions: { ...ROOT_OPTIONS, ...level, 'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT' },
    children: [],
    edges: model.edges.map((edge) => {
      const size = labelSizeOf(edge);
      return {
        id: edge.key,
        sources: [portId(model, edge, 'out')],
        targets: [portId(model, edge, 'in')],
        ...(size !== undefined && {
          labels: [{ text: edgeText(edge), ...size, layoutOptions: { 'elk.edgeLabels.inline': 'true' } }],
        }),
        ...(!edge.back && { layoutOptions: { 'elk.layered.priority.direction': AHEAD_PRIORITY } }),
      };
    }),
  };
  const around: ElkNode[] = [root];
  const ports = portsOf(model, direction);
  walk(model, {
    leaf: (node) => {
      const size = sizeOf(node);
      const ends = ports(node, size);
      around
        .at(-1)!
        .children!.push({ id: node.key, ...size, ports: ends, layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } });
    },
    open: (node) => {
      const cluster: ElkNode = {
        id: node.key,
        children: [],
        layoutOptions: { ...level, ...clusterOptions(sizeOf(node), direction) },
      };
      around.at(-1)!.children!.push(cluster);
      around.push(cluster);
    },
    close: () => {
      around.pop();
    },
  });
  return root;
}

type End = 'in' | 'out';

function portId({ nodes }: FlowModel, { from, to, back }: ModelEdge, end: End): string {
  return `${nodes.get(end === 'out' ? from : to)!.key}.${back ? 'back-' : ''}${end}`;
}

/**
 * Where edges touch a node: in the middle of its sides, which are the tips of a diamond. Edges ahead
 * share one end in and one out, so that branches fan out of a point; ways back have a side to
 * themselves, so that they never cover an edge ahead.
 *
 *          in                      ┌────┐
 *        ┌────┐                 in │    │ out
 *        │    │ back               └────┘
 *        └────┘                     back
 *          out
 */
function portsOf(model: FlowModel, direction: Direction): (node: ModelNode, size: Size) => ElkPort[] {
  const used = new Set(model.edges.flatMap((edge) => [portId(model, edge, 'in'), portId(model, edge, 'out')]));
  const down = direction === 'down';
  return ({ key }, { width, height }) => {
    const top = { x: width / 2, y: 0, side: 'NORTH' };
    const bottom = { x: width / 2, y: height, side: 'SOUTH' };
    const left = { x: 0, y: height / 2, side: 'WEST' };
    const right = { x: width, y: height / 2, side: 'EAST' };
    const back = down ? right : bottom;
    const ends = { in: down ? top : left, out: down ? bottom : right, 'back-in': back, 'back-out': back };
    return Object.entries(ends).flatMap(([end, { x, y, side }]) => {
      const id = `${key}.${end}`;
      return used.has(id) ? [{ id, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } }] : [];
    });
  };
}

/** Room for the header above what is inside. */
function clusterOptions(header: Size, direction: Direction): LayoutOptions {
  const least = [header.width, header.height + INSET_PX];
  // Where ELK turns the drawing on its side it turns the least size of clusters with it, once too often.
  if (direction === 'down') least.reverse();
  return {
    'elk.padding': `[top=${header.height + INSET_PX / 2},left=${INSET_PX},bottom=${INSET_PX},right=${INSET_PX}]`,
    'elk.nodeSize.constraints': 'MINIMUM_SIZE',
    'elk.nodeSize.minimum': `(${least.join(',')})`,
  };
}
