import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { describe, pipe } from '@holon/flow';
import ElkApi from 'elkjs/lib/elk-api.js';
import Elk from 'elkjs/lib/main.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary-flow.ts';
import { flows, observedRun, step } from '../../test/flows.ts';
import { modelOf } from '../model/model-of.ts';
import { type FlowLayout, type LayoutEngine, type Point, createLayout } from './layout.ts';

/** CommonJS packages whose types say `export default`: under nodenext the class is one level down. */
type Constructor = new (options?: object) => LayoutEngine & { terminateWorker(): void };
const ELK = Elk as unknown as Constructor;
const ELK_API = (ElkApi as unknown as { default: Constructor }).default;

const layoutFlow = createLayout(new ELK());
const nested = modelOf(describe(flows['nested']!));

test.each(Object.entries(flows))(
  '%s is laid out without overlaps, insides inside, edges from end to end',
  async (_, flow) => {
    for (const direction of ['down', 'right'] as const) {
      expectSound(await layoutFlow(modelOf(describe(flow)), { direction }));
    }
  },
);

test('plain code with what was seen of it', async () => {
  const { picture, observed } = observedRun();
  const layout = await layoutFlow(modelOf(picture, observed));
  expectSound(layout);
  expect(layout.nodes.map(({ node }) => node.id)).toContain('study/research/search/rank');
});

test('any flow', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryFlow, fc.constantFrom('down' as const, 'right' as const), async (flow, direction) => {
      expectSound(await layoutFlow(modelOf(describe(flow)), { direction }));
    }),
    { numRuns: 30 },
  );
});

test('collapsed composites are single nodes, and parents come before children', async () => {
  const { nodes } = await layoutFlow(nested, { collapsed: new Set(['showcase/readAll', 'showcase/refine']) });
  const ids = nodes.map(({ node }) => node.id);
  expect(ids.filter((id) => id.startsWith('showcase/readAll'))).toEqual(['showcase/readAll']);
  expect(nodes.find(({ node }) => node.id === 'showcase/readAll')?.node.folded).toBe(11);
  for (const { node } of nodes)
    if (node.parent !== undefined) expect(ids.indexOf(node.parent)).toBeLessThan(ids.indexOf(node.id));
});

test('measured sizes are kept', async () => {
  const { nodes } = await layoutFlow(nested, { sizes: () => ({ width: 200, height: 50 }) });
  for (const { node, width, height } of nodes) {
    if (!node.cluster) expect([width, height]).toEqual([200, 50]);
    else expect(width).toBeGreaterThanOrEqual(200);
  }
});

test.each(['down', 'right'] as const)(
  'drawn %s, a cluster is as wide as its header, and no higher for it',
  async (direction) => {
    const narrow = modelOf(describe(pipe('a long name', step('x'))));
    const { nodes } = await layoutFlow(narrow, {
      direction,
      sizes: ({ cluster }) => (cluster ? { width: 600, height: 32 } : { width: 60, height: 40 }),
    });
    const cluster = nodes.find(({ node }) => node.cluster)!;
    expect(cluster.width).toBe(600);
    expect(cluster.height).toBeLessThan(200);
  },
);

test('a failure of ELK is told, after a second try that leaves the order free', async () => {
  const tried: boolean[] = [];
  const failing = createLayout({
    layout: (graph) => {
      tried.push('elk.layered.considerModelOrder.strategy' in graph.layoutOptions!);
      return Promise.reject(new Error('no'));
    },
  });
  await expect(failing(nested)).rejects.toMatchObject({ code: 'internal', cause: { message: 'no' } });
  expect(tried).toEqual([true, false]);
});

test('a layout that nobody wants any more is canceled', async () => {
  const abort = new AbortController();
  const pending = layoutFlow(nested, { signal: abort.signal });
  abort.abort('collapsed meanwhile');
  await expect(pending).rejects.toMatchObject({ code: 'canceled', cause: 'collapsed meanwhile' });
  await expect(layoutFlow(nested, { signal: abort.signal })).rejects.toMatchObject({ code: 'canceled' });
});

test("the same layout out of a worker thread of Node's", async () => {
  const elkWorker = fileURLToPath(import.meta.resolve('elkjs/lib/elk-worker.js'));
  // elk-worker.js speaks as a browser's worker does: give it a browser's `self`.
  const program = `
    const { parentPort } = require('node:worker_threads');
    globalThis.self = { postMessage: (data) => parentPort.postMessage(data) };
    require(${JSON.stringify(elkWorker)});
    parentPort.on('message', (data) => self.onmessage({ data }));`;
  const workerFactory = () => {
    const thread = new Worker(program, { eval: true });
    const worker = {
      onmessage: undefined as ((event: { data: unknown }) => void) | undefined,
      postMessage: (data: unknown) => thread.postMessage(data),
      terminate: () => void thread.terminate(),
    };
    thread.on('message', (data) => worker.onmessage?.({ data }));
    return worker;
  };
  const elk = new ELK_API({ workerFactory });
  try {
    expect(await createLayout(elk)(nested)).toEqual(await layoutFlow(nested));
  } finally {
    elk.terminateWorker();
  }
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function expectSound({ model, nodes, edges, width, height }: FlowLayout): void {
  const boxes = new Map<string | undefined, Box>([[undefined, { x: 0, y: 0, width, height }]]);
  const siblings = new Map<string | undefined, Box[]>();
  for (const { node, x, y, width: w, height: h } of nodes) {
    const around = boxes.get(node.parent)!;
    const box = { x: around.x + x, y: around.y + y, width: w, height: h };
    boxes.set(node.id, box);
    expect(isInside(box, around), `${node.id} is inside ${node.parent}`).toBe(true);
    for (const other of siblings.get(node.parent) ?? []) expect(overlap(box, other), `${node.id} overlaps`).toBe(false);
    siblings.set(node.parent, [...(siblings.get(node.parent) ?? []), box]);
  }
  expect(nodes.length).toBe(model.nodes.size);
  expect(edges.map(({ edge }) => edge)).toEqual(model.edges);
  for (const { edge, points } of edges) {
    expect(touches(points[0]!, boxes.get(edge.from)!), `${edge.key} starts at its source`).toBe(true);
    expect(touches(points.at(-1)!, boxes.get(edge.to)!), `${edge.key} ends at its target`).toBe(true);
  }
}

const SLACK_PX = 0.01;

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - SLACK_PX &&
    inner.y >= outer.y - SLACK_PX &&
    inner.x + inner.width <= outer.x + outer.width + SLACK_PX &&
    inner.y + inner.height <= outer.y + outer.height + SLACK_PX
  );
}

function overlap(a: Box, b: Box): boolean {
  const apartX = a.x + a.width <= b.x + SLACK_PX || b.x + b.width <= a.x + SLACK_PX;
  const apartY = a.y + a.height <= b.y + SLACK_PX || b.y + b.height <= a.y + SLACK_PX;
  return !apartX && !apartY;
}

/** In the middle of one of its sides. */
function touches({ x, y }: Point, box: Box): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1;
  const across = near(x, box.x + box.width / 2) && (near(y, box.y) || near(y, box.y + box.height));
  const along = near(y, box.y + box.height / 2) && (near(x, box.x) || near(x, box.x + box.width));
  return across || along;
}
