import type { FlowModel } from '@holon/viz';
import { useEffect, useState } from 'react';
import { beginWork } from '../state/idle.ts';
import type { Spot } from './move.ts';
import ELK, { type ElkNode, type ElkExtendedEdge } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Route {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | undefined;
}

export interface GraphLayout {
  readonly model: FlowModel;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly spots: ReadonlyMap<string, Spot>;
}

const elk = new ELK({ workerFactory: () => new Worker(workerUrl) });

export function useLayout(model: FlowModel | undefined): { readonly layout: GraphLayout | undefined; readonly problem: string | undefined } {
  const [layout, setLayout] = useState<GraphLayout>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (model === undefined) return;
    let isCurrent = true;
    const done = beginWork();
    lay(model).then(
      (result) => isCurrent && setLayout(result),
      (error: unknown) => isCurrent && setProblem(String(error)),
    ).finally(done);
    return () => { isCurrent = false; };
  }, [model]);
  return { layout, problem };
}

async function lay(model: FlowModel): Promise<GraphLayout> {
  const made = new Map<string, ElkNode>();
  const top: ElkNode = { id: '#', layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.hierarchyHandling': 'INCLUDE_CHILDREN', 'elk.edgeRouting': 'ORTHOGONAL', 'elk.layered.spacing.nodeNodeBetweenLayers': '40', 'elk.spacing.nodeNode': '32', 'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX', 'elk.json.edgeCoords': 'ROOT', 'elk.json.shapeCoords': 'ROOT' }, children: [], edges: [] };
  for (const n of model.nodes.values()) {
    const e: ElkNode = { id: n.id, children: [] };
    if (n.cluster) e.layoutOptions = { 'elk.padding': '[top=48,left=24,bottom=24,right=24]' };
    else if (n.shape === 'start' || n.shape === 'end') Object.assign(e, { width: 16, height: 16 });
    else if (n.shape === 'junction') Object.assign(e, { width: 6, height: 6 });
    else if (n.shape === 'choice') Object.assign(e, { width: 112, height: 56 });
    else if (n.shape === 'join') Object.assign(e, { width: 80, height: 20 });
    else Object.assign(e, { width: 216, height: 56 });
    made.set(n.id, e);
    (n.parent === undefined ? top : (made.get(n.parent) ?? top)).children?.push(e);
  }
  top.edges = model.edges.map((e): ElkExtendedEdge => ({ id: e.key, sources: [e.from], targets: [e.to], labels: (e.label ?? e.when) === undefined ? [] : [{ text: e.label ?? e.when ?? '', width: 8 * (e.label ?? e.when ?? '').length, height: 16 }] }));
  const out = await elk.layout(top);
  const boxes = new Map<string, Box>();
  const walk = (n: ElkNode): void => { for (const c of n.children ?? []) { boxes.set(c.id, { x: c.x ?? 0, y: c.y ?? 0, width: c.width ?? 0, height: c.height ?? 0 }); walk(c); } };
  walk(out);
  const routes = new Map<string, Route>();
  for (const e of out.edges ?? []) {
    const s = e.sections?.[0];
    if (s === undefined) continue;
    const l = e.labels?.[0];
    routes.set(e.id, { points: [s.startPoint, ...(s.bendPoints ?? []), s.endPoint], label: l?.text === undefined ? undefined : { text: l.text, x: (l.x ?? 0) + (l.width ?? 0) / 2, y: (l.y ?? 0) + (l.height ?? 0) / 2 } });
  }
  const spots = new Map<string, Spot>();
  for (const [id, b] of boxes) { const n = model.nodes.get(id); if (n && !['start','end','junction'].includes(n.shape)) spots.set(id, { id, ...b, height: n.cluster ? 32 : b.height }); }
  return { model, boxes, routes, spots };
}
