import { type Direction, type FlowModel, idOfElement } from '@holon/viz';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ZoomButtons } from '../chrome/zoom-buttons.tsx';
import { type Spot, headingOf, neighbourOf } from '../graph/move.ts';
import { spokenWords } from '../graph/node-words.ts';
import { CopyButton } from '../panels/value-section.tsx';
import { toggleBreakpoint } from '../state/commands.ts';
import { useFlow } from '../state/flow-store.ts';
import { useRunView, useRuns } from '../state/run-store.ts';
import { useTakenEdges } from '../state/use-taken-edges.ts';
import { selectNode, useView } from '../state/view-store.ts';
import { type DrawnEdge, type DrawnNode, type NodeLook, edgesIn, equip, paint, paintEdges } from './live-svg.ts';

interface DrawingViewProps {
  /** What the drawing is called in messages: `Mermaid`. */
  readonly name: string;
  readonly model: FlowModel;
  readonly direction: Direction;
  readonly source: string;
  readonly svg: SVGSVGElement | undefined;
  readonly problem: string | undefined;
}

const ZOOM_STEP = 1.25;
const SMALLEST_ZOOM = 0.1;
const LARGEST_ZOOM = 4;
const MARGIN = 32;
/** Smaller than this, names can't be read; a larger drawing then begins at the selected node. */
const READABLE_ZOOM = 0.8;

/** A library's drawing of the flow, made live: states, selection, breakpoints, keys, zoom. */
export function DrawingView({ name, model, direction, source, svg, problem }: DrawingViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const [nodes, setNodes] = useState<readonly DrawnNode[]>([]);
  const [edges, setEdges] = useState<readonly DrawnEdge[]>([]);
  const taken = useTakenEdges(model);
  const [zoom, setZoom] = useState<number | 'whole'>();
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null || svg === undefined) return;
    element.replaceChildren(svg);
    const drawn = [...svg.querySelectorAll<SVGGElement>('g.node, g.cluster')].flatMap((found): DrawnNode[] => {
      const node = model.nodes.get(idOfElement(model, found.id) ?? '');
      if (node === undefined || node.shape === 'start' || node.shape === 'end' || node.shape === 'junction') return [];
      return [{ id: node.id, element: found, isMark: node.shape === 'choice' || node.shape === 'join' }];
    });
    equip(drawn, direction);
    setNodes(drawn);
    setEdges(edgesIn(svg, model));
    return () => element.replaceChildren();
  }, [svg, model, direction]);

  usePainting(nodes);
  useEffect(() => paintEdges(edges, taken), [edges, taken]);
  const scaled = useRef(1);
  const fitZoom = useCallback((): number => {
    const around = host.current?.parentElement;
    if (svg === undefined || around === null || around === undefined) return 1;
    const { width, height } = sizeOf(svg);
    return Math.min(1.25, (around.clientWidth - MARGIN) / width, (around.clientHeight - MARGIN) / height);
  }, [svg]);
  useLayoutEffect(() => {
    if (svg === undefined) return;
    const { width, height } = sizeOf(svg);
    const scale = zoom === 'whole' ? fitZoom() : (zoom ?? Math.max(READABLE_ZOOM, fitZoom()));
    scaled.current = scale;
    svg.setAttribute('width', String(width * scale));
    svg.setAttribute('height', String(height * scale));
  }, [svg, zoom, fitZoom]);
  const zoomBy = (factor: number): void =>
    setZoom(Math.min(LARGEST_ZOOM, Math.max(SMALLEST_ZOOM, scaled.current * factor)));

  return (
    <div className="drawing">
      <div
        className="drawing-scroll"
        role="group"
        aria-label={`Flow as ${name}`}
        onClick={onClick}
        onDoubleClick={(event) => {
          const id = nodeAt(event);
          if (id !== undefined) void toggleBreakpoint(id);
        }}
        onKeyDown={(event) => onKeyDown(event, nodes)}
      >
        {problem !== undefined && (
          <div className="empty">
            <strong>{name} can't draw this flow</strong>
            <p>{problem}</p>
          </div>
        )}
        <div className="drawing-host" ref={host} />
      </div>
      <div className="drawing-tools">
        <CopyButton text={source} what={`the ${name} source`} label="Copy source" />
        <ZoomButtons
          onSmaller={() => zoomBy(1 / ZOOM_STEP)}
          onLarger={() => zoomBy(ZOOM_STEP)}
          onFit={() => setZoom('whole')}
        />
      </div>
      <p className="drawing-hint">
        Click selects. The dot at a node's left edge, a double click or <kbd>b</kbd> sets a breakpoint.
      </p>
    </div>
  );
}

function usePainting(nodes: readonly DrawnNode[]): void {
  const view = useRunView();
  const version = useRuns((store) => store.version);
  const breakpoints = useFlow((store) => store.breakpoints);
  const selected = useView((store) => store.node);
  useEffect(() => {
    const lookOf = (id: string): NodeLook => {
      const live = view?.viewOf(id);
      const placed = breakpoints.filter((each) => each.node === id);
      return {
        status: live?.status ?? 'pending',
        isSelected: id === selected,
        breakpoint: placed.length === 0 ? 'none' : placed.some((each) => each.verified) ? 'set' : 'unverified',
        words: spokenWords(live, placed.length > 0),
      };
    };
    const tabStop = nodes.some((node) => node.id === selected) ? selected : nodes[0]?.id;
    paint(nodes, lookOf, tabStop);
  }, [nodes, view, version, breakpoints, selected]);
  useEffect(() => {
    nodes.find((node) => node.id === selected)?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [nodes, selected]);
}

function nodeAt(event: MouseEvent | KeyboardEvent): string | undefined {
  return (event.target as Element).closest<SVGElement>('.drawn-node')?.dataset['node'];
}

function onClick(event: MouseEvent): void {
  const id = nodeAt(event);
  if (id === undefined) return;
  if ((event.target as Element).closest('.drawn-gutter') === null) selectNode(id);
  // The second click of a double click is the first one's business.
  else if (event.detail < 2) void toggleBreakpoint(id);
}

function onKeyDown(event: KeyboardEvent, nodes: readonly DrawnNode[]): void {
  const id = nodeAt(event);
  if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    selectNode(id);
    return;
  }
  const heading = headingOf(event.key);
  if (heading === undefined) return;
  event.preventDefault();
  const spots = nodes.map(({ id: each, element }): Spot & { readonly element: SVGGElement } => {
    const { x, y, width, height } = (
      element.querySelector<SVGGElement>(':scope > .cluster-label') ?? element
    ).getBoundingClientRect();
    return { id: each, x, y, width, height, element };
  });
  const from = spots.find((spot) => spot.id === id);
  const next = from === undefined ? undefined : neighbourOf(from, spots, heading);
  const target = spots.find((spot) => spot.id === next?.id);
  if (target === undefined) return;
  selectNode(target.id);
  target.element.setAttribute('tabindex', '0');
  target.element.focus();
}

/** The drawing's own size, which a `viewBox` tells whatever unit the size is written in. */
function sizeOf(svg: SVGSVGElement): { readonly width: number; readonly height: number } {
  const { width, height } = svg.viewBox.baseVal;
  return { width: width || 1, height: height || 1 };
}
