import type { InstanceStatus } from '@holon/engine/events';
import type { DrawOptions, Drawing } from '../drawing.ts';
import { edgeText, linesOf, whereText } from '../label.ts';
import { depthOf, fit, noteOn } from '../model/fit.ts';
import type { FlowModel, ModelEdge, ModelNode } from '../model/model.ts';
import { walk } from '../model/walk.ts';
import { CLUSTER_FILL, INK, LINE, NEUTRAL, STATUS_COLORS } from '../status.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** Graphviz knows its widths without the font; SVG falls back to sans-serif. */
const FONT = 'Helvetica';
const TITLE_POINTS = 12;
const SMALL_POINTS = 10;

/** Graphviz lays clusters out by recursion; compiled to WASM, it runs out of stack between 200 and 400 levels. */
const MAX_DEPTH = 150;

const SHAPES: Readonly<Record<ModelNode['shape'], Attributes>> = {
  task: { shape: 'box', style: 'rounded,filled' },
  composite: { shape: 'box', style: 'rounded,filled,bold' },
  choice: { shape: 'diamond', style: 'filled', margin: '0.04,0.02', fontsize: SMALL_POINTS },
  join: { shape: 'box', style: 'rounded,filled', height: 0.2, margin: '0.12,0.02', fontsize: SMALL_POINTS },
  start: {
    shape: 'circle',
    style: 'filled',
    width: 0.18,
    height: 0.18,
    fixedsize: 'true',
    fillcolor: LINE,
    color: LINE,
  },
  end: {
    shape: 'doublecircle',
    style: 'filled',
    width: 0.12,
    height: 0.12,
    fixedsize: 'true',
    fillcolor: LINE,
    color: LINE,
  },
  junction: { shape: 'point', width: 0.06, color: LINE, fillcolor: LINE },
};

/**
 * A flow in DOT, Graphviz's language. Composites are clusters. Every element has its
 * {@link ModelNode.key} as `id`, and its shape, kind and status as classes, so that a page can colour
 * what was laid out once; names are text, never markup. Composites nested deeper than Graphviz can
 * take are collapsed, and the drawing says so.
 */
export function drawDot(wanted: FlowModel, { direction = 'down', state = new Map() }: DrawOptions = {}): Drawing {
  const model = fit(wanted, (smaller) => depthOf(smaller) <= MAX_DEPTH);
  const note = noteOn(model, wanted, `Graphviz draws up to ${MAX_DEPTH} levels`);
  const lines = [
    'digraph flow {',
    `  graph${list({ rankdir: direction === 'down' ? 'TB' : 'LR', bgcolor: 'transparent', fontname: FONT, fontsize: TITLE_POINTS, fontcolor: LINE, nodesep: 0.35, ranksep: 0.4, pad: 0.15, newrank: 'true', labeljust: 'l' })}`,
    `  node${list({ fontname: FONT, fontsize: TITLE_POINTS, fontcolor: INK, color: NEUTRAL.stroke, fillcolor: NEUTRAL.fill, penwidth: 1.2, height: 0.4, margin: '0.2,0.07' })}`,
    `  edge${list({ fontname: FONT, fontsize: SMALL_POINTS, fontcolor: LINE, color: LINE, penwidth: 1.2, arrowsize: 0.7 })}`,
  ];
  walk(model, {
    leaf: (node, depth) => {
      lines.push(`${indent(depth)}${node.key}${list(nodeAttributes(node, state.get(node.id)))}`);
    },
    open: (node, depth) => {
      lines.push(`${indent(depth)}subgraph cluster_${node.key} {`);
      lines.push(`${indent(depth + 1)}graph${list(clusterAttributes(node, state.get(node.id)))}`);
    },
    close: (_, depth) => {
      lines.push(`${indent(depth)}}`);
    },
  });
  if (note !== undefined)
    lines.push(`  note${list({ shape: 'plaintext', style: 'solid', fontcolor: LINE, label: note })}`);
  for (const edge of model.edges) {
    const from = model.nodes.get(edge.from)!.key;
    lines.push(`  ${from} -> ${model.nodes.get(edge.to)!.key}${list(edgeAttributes(edge, model))}`);
  }
  lines.push('}', '');
  return { text: lines.join('\n'), model };
}

function nodeAttributes(node: ModelNode, status: InstanceStatus | undefined): Attributes {
  const { title, details } = linesOf(node, status);
  return {
    id: node.key,
    class: classesOf(node, status),
    label: [title, ...details].join('\n'),
    tooltip: tooltipOf(node),
    ...SHAPES[node.shape],
    ...(node.many && { peripheries: 2 }),
    ...(node.observed && { style: 'rounded,filled,dashed' }),
    ...colorsOf(status),
  };
}

/** All of these each time: a cluster inside another takes over what it does not say itself. */
function clusterAttributes(node: ModelNode, status: InstanceStatus | undefined): Attributes {
  const { title, details } = linesOf(node, status);
  return {
    id: node.key,
    class: classesOf(node, status),
    label: [title, ...details].join('  ·  '),
    tooltip: tooltipOf(node),
    style: `rounded,filled${node.observed ? ',dashed' : ''}`,
    fillcolor: CLUSTER_FILL,
    color: status === undefined ? `${NEUTRAL.stroke}80` : STATUS_COLORS[status].stroke,
    penwidth: node.many ? 2.4 : 1,
    margin: 12,
  };
}

function edgeAttributes(edge: ModelEdge, { nodes }: FlowModel): Attributes {
  const text = edgeText(edge);
  return {
    id: edge.key,
    class: [edge.back ? 'back' : '', edge.observed ? 'observed' : ''].filter(Boolean).join(' '),
    ...(text !== '' && { label: ` ${text} ` }),
    ...(edge.observed && { style: 'dashed' }),
    ...(nodes.get(edge.to)!.shape === 'junction' && { arrowhead: 'none' }),
    // A way back must not pull what it leads to below what it comes from.
    ...(edge.back && { constraint: 'false' }),
  };
}

/** Graphviz replaces `\N` and its kin twice in tooltips. */
function tooltipOf(node: ModelNode): string {
  return whereText(node).replaceAll('\\', '\\\\');
}

function classesOf({ shape, observed, many }: ModelNode, status: InstanceStatus | undefined): string {
  return [shape, many ? 'many' : '', observed ? 'observed' : '', status ?? ''].filter(Boolean).join(' ');
}

function colorsOf(status: InstanceStatus | undefined): Attributes {
  if (status === undefined) return {};
  const { fill, stroke } = STATUS_COLORS[status];
  return { fillcolor: fill, color: stroke };
}

function list(attributes: Attributes): string {
  const texts = Object.entries(attributes).map(
    ([name, value]) => `${name}=${typeof value === 'number' ? value : quote(value)}`,
  );
  return ` [${texts.join(', ')}]`;
}

/**
 * A quoted string, which is never HTML-like. Backslashes are doubled because Graphviz replaces `\N`
 * and its kin, `&` is spelt out because it reads entities.
 */
function quote(text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return `"${safe}"`;
}

function indent(depth: number): string {
  return '  '.repeat(depth + 1);
}
