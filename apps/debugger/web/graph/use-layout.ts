import {
  type Direction,
  type FlowLayout,
  type FlowModel,
  type LaidOutEdge,
  type ModelNode,
  createLayout,
} from '@holon/viz';
import ELK from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { useEffect, useRef, useState } from 'react';
import { textOfProblem } from '../state/commands.ts';
import { working } from '../state/idle.ts';
import type { Spot } from './move.ts';
import { nodeSize } from './node-size.ts';

export type Box = Omit<Spot, 'id'>;

/** A laid out flow as the canvas draws it: everything from the top left corner of the drawing. */
export interface GraphLayout {
  readonly model: FlowModel;
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  /** By static id. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** By edge key. */
  readonly routes: ReadonlyMap<string, LaidOutEdge>;
  /** Where the arrow keys can go; a cluster is where its header is. */
  readonly spots: ReadonlyMap<string, Spot>;
}

const HEADER_PX = 32;

const layoutFlow = createLayout(new ELK({ workerFactory: () => new Worker(workerUrl) }));

/** Lays the model out in a worker, anew only when it is another one; until then the last layout stays. */
export function useLayout(
  model: FlowModel | undefined,
  area: { readonly width: number; readonly height: number },
): {
  readonly layout: GraphLayout | undefined;
  readonly problem: string | undefined;
} {
  const [layout, setLayout] = useState<GraphLayout>();
  const [problem, setProblem] = useState<string>();
  const chosen = useRef<{ readonly root: string; readonly direction: Direction }>(undefined);
  const { width, height } = area;
  useEffect(() => {
    if (model === undefined || width === 0 || height === 0) return;
    const abort = new AbortController();
    const known = chosen.current?.root === model.root ? chosen.current.direction : undefined;
    working(layOut(model, known, { width, height }, abort.signal)).then(
      (result) => {
        if (abort.signal.aborted) return;
        chosen.current = { root: model.root, direction: result.direction };
        setLayout(forCanvas(result.laidOut, result.direction));
        setProblem(undefined);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(textOfProblem(error));
      },
    );
    return () => abort.abort();
  }, [model, width, height]);
  return { layout, problem };
}

/** In the direction that can be shown larger in the area; kept when what is drawn grows. */
async function layOut(
  model: FlowModel,
  known: Direction | undefined,
  area: { readonly width: number; readonly height: number },
  signal: AbortSignal,
): Promise<{ readonly direction: Direction; readonly laidOut: FlowLayout }> {
  const sizes = (node: ModelNode) => nodeSize(node, repeats(node, model));
  if (known !== undefined)
    return { direction: known, laidOut: await layoutFlow(model, { direction: known, sizes, signal }) };
  const [down, right] = await Promise.all([
    layoutFlow(model, { direction: 'down', sizes, signal }),
    layoutFlow(model, { direction: 'right', sizes, signal }),
  ]);
  const zoomOf = (each: FlowLayout): number => Math.min(1, area.width / each.width, area.height / each.height);
  // Down reads better, so it wins unless it is clearly the smaller one.
  return zoomOf(down) >= 0.9 * zoomOf(right)
    ? { direction: 'down', laidOut: down }
    : { direction: 'right', laidOut: right };
}

/** Whether a node, or something around it, runs many times; plain code may call anything again. */
function repeats(node: ModelNode, { nodes }: FlowModel): boolean {
  for (
    let each: ModelNode | undefined = node;
    each !== undefined;
    each = each.parent === undefined ? undefined : nodes.get(each.parent)
  ) {
    if (each.many || each.observed) return true;
  }
  return false;
}

function forCanvas({ model, width, height, nodes, edges }: FlowLayout, direction: Direction): GraphLayout {
  const boxes = new Map<string, Box>();
  const spots = new Map<string, Spot>();
  for (const placed of nodes) {
    const { id, parent, shape, cluster } = placed.node;
    const around = parent === undefined ? undefined : boxes.get(parent);
    const box = {
      x: placed.x + (around?.x ?? 0),
      y: placed.y + (around?.y ?? 0),
      width: placed.width,
      height: placed.height,
    };
    boxes.set(id, box);
    if (shape !== 'start' && shape !== 'end' && shape !== 'junction')
      spots.set(id, { id, ...box, height: cluster ? HEADER_PX : box.height });
  }
  return { model, direction, width, height, boxes, routes: new Map(edges.map((each) => [each.edge.key, each])), spots };
}
