import type { Direction, FlowModel } from '@holon/viz';
import { withKeys } from '../keys/shortcuts.ts';
import type { DisplayStatus } from '../state/display-status.ts';

const SVG = 'http://www.w3.org/2000/svg';
const DOT_RADIUS = 5.5;
const HIT_RADIUS = 11;
/** How far below a cluster's edge the middle of its name is, in both libraries. */
const HEADER_MIDDLE = 14;

/** How far a rounded corner is from the corner of its box. */
const ROUNDING = 2;

/** A node of the flow in a drawing. */
export interface DrawnNode {
  readonly id: string;
  readonly element: SVGGElement;
  readonly isMark: boolean;
}

export interface NodeLook {
  readonly status: DisplayStatus;
  readonly isSelected: boolean;
  readonly breakpoint: 'none' | 'set' | 'unverified';
  /** What is to be heard beyond the texts that are drawn. */
  readonly words: string;
}

/**
 * Makes the nodes of a drawing buttons: focusable, named, and with a spot for the breakpoint at the
 * left edge; where arrows come in from the left, at its upper end. The elements must be in the document, since their sizes are read.
 */
export function equip(nodes: readonly DrawnNode[], direction: Direction): void {
  for (const { id, element, isMark } of nodes) {
    element.dataset['node'] = id;
    element.classList.add('drawn-node');
    element.setAttribute('role', 'button');
    element.setAttribute('tabindex', '-1');
    // A tooltip of the library's would say the node's key.
    for (const title of element.querySelectorAll('title')) title.remove();
    const shapes = [...element.querySelectorAll<SVGGraphicsElement>('rect, path, polygon, ellipse, circle')].filter(
      (each) => each.closest('.label, .cluster-label') === null,
    );
    for (const each of shapes) each.classList.add('drawn-shape');
    if (isMark) continue;
    const shape = shapes[0] ?? element;
    const box = shape.getBBox();
    const transform = shape.getAttribute('transform');
    const spot = document.createElementNS(SVG, 'g');
    spot.classList.add('drawn-gutter');
    if (transform !== null) spot.setAttribute('transform', transform);
    const isCluster = element.classList.contains('cluster');
    const y = box.y + (isCluster ? HEADER_MIDDLE : direction === 'right' ? ROUNDING : box.height / 2);
    spot.append(circle(box.x, y, HIT_RADIUS, 'hit'), circle(box.x, y, DOT_RADIUS, 'dot'));
    const title = document.createElementNS(SVG, 'title');
    title.textContent = withKeys('Set or clear a breakpoint', 'breakpoint-plain');
    spot.append(title);
    element.append(spot);
  }
}

/** The elements of an edge: its line, in Graphviz with its head. */
export interface DrawnEdge {
  readonly key: string;
  readonly element: SVGElement;
}

/** Finds the edges: Graphviz keeps our keys as ids, Mermaid names them by their ends and counts those with the same. */
export function edgesIn(svg: SVGSVGElement, { edges, nodes }: FlowModel): DrawnEdge[] {
  const counts = new Map<string, number>();
  return edges.flatMap(({ key, from, to }): DrawnEdge[] => {
    const ends = `L_${nodes.get(from)?.key}_${nodes.get(to)?.key}`;
    const count = counts.get(ends) ?? 0;
    counts.set(ends, count + 1);
    const element = svg.querySelector<SVGElement>(`g.edge[id="${CSS.escape(key)}"], path[data-id="${ends}_${count}"]`);
    return element === null ? [] : [{ key, element }];
  });
}

/** Marks the edges that values have passed along. */
export function paintEdges(edges: readonly DrawnEdge[], taken: ReadonlySet<string>): void {
  for (const { key, element } of edges) element.dataset['taken'] = String(taken.has(key));
}

/** Shows the run in a drawing. Only attributes change: nothing is laid out anew. */
export function paint(
  nodes: readonly DrawnNode[],
  lookOf: (id: string) => NodeLook,
  tabStop: string | undefined,
): void {
  for (const { id, element } of nodes) {
    const { status, isSelected, breakpoint, words } = lookOf(id);
    element.dataset['state'] = status;
    element.dataset['selected'] = String(isSelected);
    element.dataset['breakpoint'] = breakpoint;
    const drawn = [...element.querySelectorAll(':scope text')].map((text) => text.textContent).join(' ');
    element.setAttribute('aria-label', `${drawn.replaceAll(/\s+/gu, ' ').trim()}, ${words}`);
    element.setAttribute('aria-pressed', String(isSelected));
    element.setAttribute('tabindex', id === tabStop ? '0' : '-1');
  }
}

function circle(x: number, y: number, radius: number, name: string): SVGCircleElement {
  const element = document.createElementNS(SVG, 'circle');
  element.setAttribute('cx', String(x));
  element.setAttribute('cy', String(y));
  element.setAttribute('r', String(radius));
  element.classList.add(name);
  return element;
}
