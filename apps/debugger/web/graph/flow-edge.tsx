import { type LaidOutEdge, type ModelEdge, edgeText } from '@holon/viz';
import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { roundedPath } from './rounded-path.ts';

export type CanvasEdge = Edge<
  { readonly edge: ModelEdge; readonly route: LaidOutEdge; readonly isTaken: boolean },
  'flow'
>;

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
