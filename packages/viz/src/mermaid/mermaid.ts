import type { InstanceStatus } from '@holon/engine/events';
import type { DrawOptions, Drawing } from '../drawing.ts';
import { edgeText, linesOf } from '../label.ts';
import { fit, noteOn } from '../model/fit.ts';
import type { FlowModel, ModelEdge, ModelNode } from '../model/model.ts';
import { walk } from '../model/walk.ts';
import { CLUSTER_FILL, INK, LINE, NEUTRAL, STATUSES, STATUS_COLORS } from '../status.ts';
import { escapeMermaid } from './escape.ts';

/** Mermaid refuses diagrams with more edges (`maxEdges`), and a diagram can't raise that itself. */
const MAX_EDGES = 500;
/** Mermaid refuses longer texts (`maxTextSize`). */
const MAX_CHARS = 50_000;
const WHY_FOLDED = `Mermaid draws up to ${MAX_EDGES} edges and ${MAX_CHARS} characters`;

/**
 * A flow as a Mermaid flowchart. Composites are subgraphs; every node and subgraph has its
 * {@link ModelNode.key} as id; names are text, never syntax. A flow over Mermaid's limits has its
 * deepest composites collapsed until it fits, and the drawing says so.
 */
export function drawMermaid(model: FlowModel, options: DrawOptions = {}): Drawing {
  const fitting = fit(
    model,
    (smaller) => smaller.edges.length <= MAX_EDGES && textOf(smaller, options).length <= MAX_CHARS,
  );
  return { text: textOf(fitting, options, noteOn(fitting, model, WHY_FOLDED)), model: fitting };
}

function textOf(model: FlowModel, { direction = 'down', state = new Map() }: DrawOptions, note?: string): string {
  const lines = [`flowchart ${direction === 'down' ? 'TB' : 'LR'}`];
  const classes = new Map<string, string[]>();
  const classify = (node: ModelNode): void => {
    for (const name of classesOf(node, state.get(node.id))) {
      const keys = classes.get(name);
      if (keys === undefined) classes.set(name, [node.key]);
      else keys.push(node.key);
    }
  };
  walk(model, {
    leaf: (node, depth) => {
      classify(node);
      for (const line of shapeLines(node, labelOf(node, state.get(node.id)))) lines.push(indent(depth) + line);
    },
    open: (node, depth) => {
      classify(node);
      lines.push(`${indent(depth)}subgraph ${node.key}["${clusterLabelOf(node, state.get(node.id))}"]`);
    },
    close: (_, depth) => {
      lines.push(`${indent(depth)}end`);
    },
  });
  if (note !== undefined) lines.push(`  note["${escapeMermaid(note)}"]`);
  for (const edge of model.edges) {
    lines.push(`  ${model.nodes.get(edge.from)!.key} ${arrowOf(edge, model)} ${model.nodes.get(edge.to)!.key}`);
  }
  // Of several classes of one node the one defined last wins, so states come last.
  for (const [name, style] of Object.entries(STYLES)) {
    const keys = classes.get(name);
    if (keys !== undefined) lines.push(`  classDef ${name} ${style}`, `  class ${keys.join(',')} ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

function shapeLines({ key, shape, many }: ModelNode, label: string): string[] {
  switch (shape) {
    case 'choice':
      return [`${key}{"${label}"}`];
    case 'join':
      return [`${key}(["${label}"])`];
    case 'start':
      return [`${key}@{ shape: sm-circ, label: " " }`];
    case 'end':
      return [`${key}@{ shape: fr-circ, label: " " }`];
    case 'junction':
      return [`${key}@{ shape: f-circ, label: " " }`];
    case 'composite':
      return [`${key}[["${label}"]]`];
    case 'task':
      return many ? [`${key}["${label}"]`, `${key}@{ shape: processes }`] : [`${key}("${label}")`];
  }
}

function arrowOf(edge: ModelEdge, { nodes }: FlowModel): string {
  const text = edgeText(edge);
  const line = nodes.get(edge.to)!.shape === 'junction' ? ['-.-', '---'] : ['-.->', '-->'];
  return line[edge.observed ? 0 : 1] + (text === '' ? '' : `|"${escapeMermaid(text)}"|`);
}

/** A line break as such: it needs no HTML, which pages may have switched off. */
function labelOf(node: ModelNode, status: InstanceStatus | undefined): string {
  const { title, details } = linesOf(node, status);
  return [title, ...details].map(escapeMermaid).join('\n');
}

function clusterLabelOf(node: ModelNode, status: InstanceStatus | undefined): string {
  const { title, details } = linesOf(node, status);
  return escapeMermaid([title, ...details].join('  ·  '));
}

const NODE_STYLE = `fill:${NEUTRAL.fill},stroke:${NEUTRAL.stroke},color:${INK}`;

/** By class. Mermaid has classes of its own in its SVG, `node` and `cluster` among them: these are none of those. */
const STYLES: Readonly<Record<string, string>> = {
  task: NODE_STYLE,
  composite: NODE_STYLE,
  choice: NODE_STYLE,
  join: NODE_STYLE,
  frame: `fill:${CLUSTER_FILL},stroke:${NEUTRAL.stroke}`,
  point: `fill:${LINE},stroke:${LINE}`,
  many: 'stroke-width:2px',
  observed: 'stroke-dasharray:5 4',
  ...Object.fromEntries(
    STATUSES.flatMap((status) => {
      const { fill, stroke } = STATUS_COLORS[status];
      return [
        [status, `fill:${fill},stroke:${stroke},color:${INK}`],
        [frameStatus(status), `stroke:${stroke},stroke-width:2px`],
      ];
    }),
  ),
};

function classesOf({ shape, cluster, many, observed }: ModelNode, status: InstanceStatus | undefined): string[] {
  const point = shape === 'start' || shape === 'end' || shape === 'junction';
  const names: string[] = [cluster ? 'frame' : point ? 'point' : shape];
  if (many && cluster) names.push('many');
  if (observed) names.push('observed');
  if (status !== undefined) names.push(cluster ? frameStatus(status) : status);
  return names;
}

/** A frame must not be filled: it would cover the lines in it. */
function frameStatus(status: InstanceStatus): string {
  return `frame-${status}`;
}

function indent(depth: number): string {
  return '  '.repeat(depth + 1);
}
