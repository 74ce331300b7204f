import type { Graph, Wire } from '@holon/flow';
import { provenStorage } from '../floors.ts';
import { sumOf } from '../lanes.ts';
import { type Row, type Timed, timed } from '../row.ts';
import { type Body, numbers } from '../step.ts';

const LAYERS = 10;
const WIDTH = 100;
const COUNT = LAYERS * WIDTH;

/** The three nodes of the layer before that each node needs; none in the first layer. */
const needs = numbers(COUNT).map((index) => {
  const before = (Math.floor(index / WIDTH) - 1) * WIDTH;
  return before < 0 ? [] : [0, 7, 31].map((offset) => before + ((index + offset) % WIDTH));
});
type Triple = [number, number, number];

const lastLayer = numbers(COUNT).slice(-WIDTH);

const add = async (x: number, y = 0, z = 0): Promise<number> => x + y + z + 1;

/** Starts from 0: every node of a layer gives the same, 1, 4, 13, …, and the join adds up the last layer. */
const EXPECTED = WIDTH * ((3 ** LAYERS - 1) / 2);

/** Layers of nodes, each fed by three of the layer before. */
export const rows: readonly Row[] = [
  {
    name: 'dag',
    title: 'layered DAG, 10 × 100, 3 dependencies each',
    unit: 'µs',
    per: 'node',
    variants: {
      Holon: { open: holon },
      'promise per node': { open: async () => timed(COUNT, EXPECTED, oneByOne(add)) },
      'promise per node, storage per node': { open: () => provenStorage(oneByOne, COUNT, EXPECTED, add) },
      'Promise.all per node': { open: async () => timed(COUNT, EXPECTED, all(add)) },
      'Promise.all per node, storage per node': { open: () => provenStorage(all, COUNT, EXPECTED, add) },
      'graphology-dag': { open: generations },
      Effect: { open: effect },
      LangGraph: { open: langgraph },
    },
    goals: [
      { of: 'Holon', atMost: 0.9, times: 'promise per node, storage per node' },
      { of: 'Holon', atMost: 1.4, times: 'promise per node' },
    ],
  },
];

async function holon(): Promise<Timed> {
  const { flow, graph } = await import('@holon/flow');
  const { provenFlow } = await import('../holon.ts');
  return provenFlow({
    around: (body) => {
      return graph('layers', (g: Graph<number>) => {
        const wires: Wire<number>[] = [];
        for (const [a, b, c] of needs as Triple[]) {
          const node = flow(`node${wires.length}`, body);
          wires.push(a === undefined ? g.add(node, g.input) : g.add(node, wires[a]!, wires[b]!, wires[c]!));
        }
        return g.add(
          sumOf,
          lastLayer.map((index) => wires[index]!),
        );
      });
    },
    body: add,
    input: 0,
    expected: EXPECTED,
    count: COUNT,
    path: /^layers\/node\d+$/,
  });
}

async function joined(promises: readonly Promise<number>[]): Promise<number> {
  return sumOf(await Promise.all(lastLayer.map((index) => promises[index]!)));
}

/** Each node awaits what it needs, one by one: faster than `Promise.all`, and all run at once all the same. */
function oneByOne(call: Body): () => Promise<number> {
  return () => {
    const promises: Promise<number>[] = [];
    const node = async ([a, b, c]: Triple): Promise<number> =>
      a === undefined ? call(0) : call(await promises[a]!, await promises[b]!, await promises[c]!);
    for (const needed of needs) promises.push(node(needed as Triple));
    return joined(promises);
  };
}

function all(call: Body): () => Promise<number> {
  return () => {
    const promises: Promise<number>[] = [];
    for (const needed of needs) {
      promises.push(
        needed.length === 0
          ? call(0)
          : Promise.all(needed.map((index) => promises[index]!)).then((xs) => call(...(xs as Triple))),
      );
    }
    return joined(promises);
  };
}

/** Waits for the nodes one after another in topological order, generation by generation. */
async function generations(): Promise<Timed> {
  const { default: graphology } = await import('graphology');
  const { topologicalGenerations } = await import('graphology-dag');
  const graph = new graphology.DirectedGraph();
  needs.forEach((_, index) => graph.addNode(index));
  needs.forEach((needed, index) => needed.forEach((need) => graph.addEdge(need, index)));
  return timed(COUNT, EXPECTED, async () => {
    const values: number[] = [];
    for (const generation of topologicalGenerations(graph)) {
      await Promise.all(
        generation.map(async (key) => {
          const [a, b, c] = needs[Number(key)] as Triple;
          values[Number(key)] = await (a === undefined ? add(0) : add(values[a]!, values[b]!, values[c]!));
        }),
      );
    }
    return sumOf(lastLayer.map((index) => values[index]!));
  });
}

async function effect(): Promise<Timed> {
  const { Deferred, Effect } = await import('effect');
  const program = Effect.gen(function* () {
    const results = needs.map(() => Deferred.makeUnsafe<number>());
    const node = (needed: readonly number[], index: number) =>
      Effect.gen(function* () {
        const values: number[] = [];
        for (const need of needed) values.push(yield* Deferred.await(results[need]!));
        const [x = 0, ...more] = values;
        yield* Deferred.succeed(results[index]!, yield* Effect.promise(() => add(x, ...more)));
      });
    yield* Effect.forEach(needs, node, { concurrency: 'unbounded', discard: true });
    const values: number[] = [];
    for (const index of lastLayer) values.push(yield* Deferred.await(results[index]!));
    return sumOf(values);
  });
  return timed(COUNT, EXPECTED, () => Effect.runPromise(program));
}

async function langgraph(): Promise<Timed> {
  const { dag } = await import('../peers/langgraph.ts');
  return timed(COUNT, EXPECTED, dag(needs, lastLayer, add));
}
