import { type LaidOutEdge, type ModelEdge, type Point, edgeText } from '@holon/viz';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';

export type CanvasEdge = Edge<
  { readonly edge: ModelEdge; readonly route: LaidOutEdge; readonly isTaken: boolean },
  'flow'
>;

const CORNER = 8;

/** An edge along the way that the layout found. */
function FlowEdge({ id, data }: EdgeProps<CanvasEdge>) {
  if (data === undefined) return null;
  const { edge, route, isTaken } = data;
  const { points, label } = route;
  return (
    <>
      <BaseEdge
        id={id}
        path={roundedPath(points)}
        className="flow-edge"
        data-taken={isTaken}
        data-observed={edge.observed}
        data-back={edge.back}
        markerEnd={isTaken ? 'url(#arrow-taken)' : 'url(#arrow)'}
      />
      {label !== undefined && (
        <EdgeLabelRenderer>
          <span
            className="flow-edge-label"
            data-taken={isTaken}
            style={{
              transform: `translate(-50%, -50%) translate(${label.x + label.width / 2}px, ${label.y + label.height / 2}px)`,
            }}
          >
            {edgeText(edge)}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

/** A line through all points, its corners rounded where there is room. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const next = rest[index + 1];
    const before = index === 0 ? first : (rest[index - 1] as Point);
    if (next === undefined) {
      path += ` L${corner.x} ${corner.y}`;
      return;
    }
    const enter = towards(corner, before);
    const leave = towards(corner, next);
    path += ` L${enter.x} ${enter.y} Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
  });
  return path;
}

/** From `from` a corner's radius towards `to`, but no further than half the way. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const part = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** The arrow heads that edges refer to, once on the page. */
export function ArrowHeads() {
  return (
    <svg className="arrow-heads" aria-hidden="true">
      <defs>
        {['arrow', 'arrow-taken'].map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 10 10"
            refX="8.5"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M1 1 L9 5 L1 9 Z" className={id} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}

export const EDGE_TYPES = { flow: FlowEdge };
