import { type ModelNode, START_ID } from '@holon/viz';
import { MiniMap, Panel, ReactFlow, ReactFlowProvider, type Viewport, useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { ZoomButtons } from '../chrome/zoom-buttons.tsx';
import { useTakenEdges } from '../state/use-taken-edges.ts';
import { useModel } from '../state/model.ts';
import { useRunView, useRuns } from '../state/run-store.ts';
import { selectNode, useView } from '../state/view-store.ts';
import { ArrowHeads, type CanvasEdge, EDGE_TYPES } from './flow-edge.tsx';
import { headingOf, neighbourOf } from './move.ts';
import { type CanvasNode, NODE_TYPES } from './node-types.tsx';
import { type Box, type GraphLayout, useLayout } from './use-layout.ts';

/** The flow as a graph to pan and zoom. */
export function GraphCanvas() {
  const model = useModel();
  const room = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState({ width: 0, height: 0 });
  const { layout, problem } = useLayout(model, area);
  useLayoutEffect(() => {
    if (room.current !== null) setArea({ width: room.current.clientWidth, height: room.current.clientHeight });
  }, []);
  return (
    <div className="graph-room" ref={room}>
      {problem !== undefined ? (
        <div className="empty">
          <strong>This flow could not be laid out</strong>
          <p>{problem}</p>
        </div>
      ) : layout === undefined ? (
        <p className="empty">Laying out…</p>
      ) : (
        <ReactFlowProvider>
          <Canvas layout={layout} area={area} />
        </ReactFlowProvider>
      )}
    </div>
  );
}

const FIT = { padding: 0.06, maxZoom: 1.15 } as const;
/** Smaller than this, names can't be read: a large flow then opens at where it stands, not whole, and larger than that. */
const SMALLEST_WHOLE_ZOOM = 0.68;
const PART_ZOOM = 0.85;
const MOVE_MS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240;

function Canvas({ layout, area }: { readonly layout: GraphLayout; readonly area: Area }) {
  const { model } = layout;
  const flow = useReactFlow();
  const root = useRef<HTMLDivElement>(null);
  const selected = useView((view) => view.node);
  const tabStop = selected !== undefined && layout.spots.has(selected) ? selected : model.root;
  const nodes = useMemo(() => nodesOf(layout, tabStop), [layout, tabStop]);
  const taken = useTakenEdges(model);
  const edges = useMemo(() => edgesOf(layout, taken), [layout, taken]);
  useFollowing(layout, area);

  const onKeyDown = (event: KeyboardEvent): void => {
    const heading = headingOf(event.key);
    const at = (event.target as HTMLElement).dataset['node'];
    if (heading === undefined || at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = layout.spots.get(at);
    const next = from === undefined ? undefined : neighbourOf(from, layout.spots.values(), heading);
    event.preventDefault();
    if (next === undefined) return;
    selectNode(next.id);
    root.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next.id)}"]`)?.focus({ preventScroll: true });
  };
  return (
    <div
      className="graph-canvas"
      data-direction={layout.direction}
      ref={root}
      role="group"
      aria-label="Flow as a graph"
      onKeyDown={onKeyDown}
    >
      <ArrowHeads />
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        panOnScroll
        zoomOnDoubleClick={false}
        attributionPosition="top-right"
        minZoom={0.05}
        maxZoom={2}
        defaultViewport={firstView(layout, area, selected)}
      >
        <Panel position="bottom-left" className="drawing-tools">
          <ZoomButtons
            onSmaller={() => void flow.zoomOut()}
            onLarger={() => void flow.zoomIn()}
            onFit={() => void flow.fitView({ ...FIT, duration: MOVE_MS })}
          />
        </Panel>
        {wholeZoom(layout, area) < SMALLEST_WHOLE_ZOOM && <LiveMiniMap />}
      </ReactFlow>
    </div>
  );
}

/** Colours come from the same states as the nodes. */
function LiveMiniMap() {
  useRunView();
  return (
    <MiniMap<CanvasNode>
      pannable
      zoomable
      ariaLabel="Overview of the graph"
      nodeClassName={(node) =>
        `minimap-node ${node.type} state-${useRuns.getState().view?.viewOf(node.id)?.status ?? 'pending'}`
      }
      nodeBorderRadius={6}
      style={{ width: 168, height: 104 }}
    />
  );
}

/** Brings the selected node into view when it is out of it, and finds the view anew when the structure has changed. */
function useFollowing(layout: GraphLayout, area: Area): void {
  const flow = useReactFlow();
  const selected = useView((view) => view.node);
  const shown = useRef({ layout, selected });
  useEffect(() => {
    const before = shown.current;
    shown.current = { layout, selected };
    if (before.layout !== layout) {
      void flow.setViewport(firstView(layout, area, selected), { duration: MOVE_MS });
      return;
    }
    // The whole flow is in view wherever one looks.
    const spot = selected === undefined || selected === layout.model.root ? undefined : layout.spots.get(selected);
    const room = document.querySelector('.graph-canvas');
    if (spot === undefined || room === null || before.selected === selected) return;
    const { x, y, zoom } = flow.getViewport();
    const left = spot.x * zoom + x;
    const top = spot.y * zoom + y;
    const width = spot.width * zoom;
    const height = spot.height * zoom;
    const isInside = left >= 0 && top >= 0 && left + width <= room.clientWidth && top + height <= room.clientHeight;
    if (isInside) return;
    const now = { width: room.clientWidth, height: room.clientHeight };
    void flow.setViewport(viewAround(layout, now, spot, zoom), { duration: MOVE_MS });
  }, [flow, layout, area, selected]);
}

interface Area {
  readonly width: number;
  readonly height: number;
}

/** The whole when its names can be read, else the part around the selected node, or the beginning. */
function firstView(layout: GraphLayout, area: Area, selected: string | undefined): Viewport {
  const spot = (selected === undefined ? undefined : layout.spots.get(selected)) ?? layout.boxes.get(START_ID);
  const whole = wholeZoom(layout, area);
  return viewAround(layout, area, spot, whole < SMALLEST_WHOLE_ZOOM ? PART_ZOOM : whole);
}

function wholeZoom({ width, height }: GraphLayout, area: Area): number {
  const room = 1 - 2 * FIT.padding;
  return Math.min(FIT.maxZoom, (area.width * room) / width, (area.height * room) / height);
}

/** Across, as much as fits; where not all of it does, with `box` in the middle. */
function viewAround({ width, height }: GraphLayout, area: Area, box: Box | undefined, zoom: number): Viewport {
  const middle = box === undefined ? { x: 0, y: 0 } : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return {
    x: offset(area.width, width * zoom, middle.x * zoom),
    y: offset(area.height, height * zoom, middle.y * zoom),
    zoom,
  };
}

/** Centred where it fits, else with `point` in the middle, but without leaving room beyond an end. */
function offset(room: number, length: number, point: number): number {
  const margin = room * FIT.padding;
  if (length <= room - 2 * margin) return (room - length) / 2;
  return Math.max(room - margin - length, Math.min(margin, room / 2 - point));
}

function typeOf(node: ModelNode): NonNullable<CanvasNode['type']> {
  switch (node.shape) {
    case 'task':
    case 'composite':
      return node.cluster ? 'cluster' : 'task';
    case 'choice':
    case 'join':
      return 'mark';
    case 'start':
    case 'end':
    case 'junction':
      return 'terminal';
  }
}

function nodesOf({ model, boxes }: GraphLayout, tabStop: string): CanvasNode[] {
  return [...model.nodes.values()].flatMap((node): CanvasNode[] => {
    const box = boxes.get(node.id);
    if (box === undefined) return [];
    const { x, y, width, height } = box;
    return [
      {
        id: node.id,
        type: typeOf(node),
        position: { x, y },
        width,
        height,
        // A cluster's header is above the edges that pass through it.
        zIndex: node.cluster ? 1 : 2,
        data: { node, isTabStop: node.id === tabStop },
      },
    ];
  });
}

function edgesOf({ model, routes }: GraphLayout, taken: ReadonlySet<string>): CanvasEdge[] {
  return model.edges.flatMap((edge): CanvasEdge[] => {
    const route = routes.get(edge.key);
    if (route === undefined) return [];
    const isTaken = taken.has(edge.key);
    return [
      {
        id: edge.key,
        type: 'flow',
        source: edge.from,
        target: edge.to,
        zIndex: isTaken ? 0 : -1,
        data: { edge, route, isTaken },
      },
    ];
  });
}
