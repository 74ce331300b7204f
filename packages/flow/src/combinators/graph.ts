import type { Edge, Slot } from '../definition.ts';
import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator } from '../flow.ts';
import { refused } from '../make.ts';
import { type FlowOptions, resolveFlowOptions } from '../options.ts';
import { GraphBuild } from './graph-build.ts';
import { type GraphNode, planOf, runGraph } from './graph-run.ts';
import { checkNamed } from './named.ts';
import { type Source, type Wire, type WireShape, type Wired, type Wires, fillingsOf } from './wire.ts';

/** What the build function of {@link graph} is given: the graph's input as a wire, and a way to add nodes. */
export interface Graph<In> {
  readonly input: Wire<In>;
  /** Adds a node fed by one wire (or a record or tuple of wires) for each parameter; gives the wire of its result. */
  add<Args extends unknown[], Out>(
    node: (...args: Args) => Out,
    ...inputs: { [K in keyof Args]: WireShape<Args[K]> }
  ): Wire<Awaited<Out>>;
  /** The same for one parameter, taken from the node alone: so a record with a wrong or missing field is refused at the field. */
  // oxlint-disable-next-line typescript/no-explicit-any -- parameters are contravariant: only `any` lets every node in
  add<F extends (input: any) => unknown>(node: F, input: WireShape<Parameters<F>[0]>): Wire<Awaited<ReturnType<F>>>;
}

/**
 * Any acyclic graph of flows. `build` runs once, now; what it returns (a wire, or a record or tuple of
 * wires) is the graph's result. A node starts when all it needs is there. Always a promise. When one
 * node fails, the others are aborted and awaited, then the graph fails the same way.
 *
 * @throws HolonError `invalid-graph` with everything that is wrong and where: no result, something that is no wire,
 *   a wire of another graph, a wire too many or too few for a node, and mistakes in flows made in `build`;
 *   `duplicate-name` (or another code) when all mistakes are of that kind
 *
 * @example
 * const fetchUser = flow('fetchUser', async (id: number) => `user ${id}`);
 * const priceOf = flow('priceOf', (items: readonly string[]) => items.length * 10);
 * const charge = flow('charge', async ({ user, price }: { user: string; price: number }) => `${user} pays ${price}`);
 *
 * const checkout = graph('checkout', (g: Graph<{ userId: number; items: string[] }>) => {
 *   const user = g.add(fetchUser, g.input.map((order) => order.userId));
 *   const price = g.add(priceOf, g.input.map((order) => order.items));
 *   return g.add(charge, { user, price });
 * });
 * await checkout({ userId: 7, items: ['book', 'pen'] }); // 'user 7 pays 20'
 */
export function graph<In, const R extends Wires>(
  name: string,
  build: (g: Graph<In>) => R,
  options?: FlowOptions<NoInfer<In>, NoInfer<Wired<R>>>,
): Flow<In, Promise<Wired<R>>> {
  try {
    return built(name, build as (g: Graph<never>) => unknown, options) as Flow<In, Promise<Wired<R>>>;
  } catch (error) {
    return refused(error);
  }
}

function built(name: string, build: (g: Graph<never>) => unknown, options: FlowOptions | undefined): AnyFlow {
  checkNamed('graph', name, 'graph(name, (g) => …)');
  if (typeof build !== 'function')
    throw new HolonError('invalid-graph', `graph ${textOf(name)}: ${textOf(build)} is no build function.`);
  const graphBuild = new GraphBuild(name);
  const g = { input: graphBuild.input, add: (node: unknown, ...inputs: unknown[]) => graphBuild.add(node, inputs) };
  const { nodes, result } = graphBuild.run(
    () => build(g as Graph<never>),
    () => resolveFlowOptions({ name, options }, 'graph'),
  );
  const plan = planOf(nodes, result);
  return combinator({
    kind: 'graph',
    name,
    options,
    alwaysPromise: true,
    picture: { slots: nodes.map((node) => node.slot), marks: [], edges: edgesOf(nodes, result) },
    run: (value, port) => port.scope((scope) => runGraph(plan, value, scope)),
  });
}

function edgesOf(nodes: readonly GraphNode[], result: Source): Edge[] {
  const into = (to: Slot | 'out', sources: readonly Source[]): Edge[] => {
    const all: Source = sources.length === 1 ? sources[0]! : { kind: 'list', items: sources };
    const from = new Map<number, string[]>();
    for (const { wire, pointer } of fillingsOf(all)) {
      const fills = from.get(wire.node);
      if (fills === undefined) from.set(wire.node, [pointer]);
      else fills.push(pointer);
    }
    // What takes nothing starts with the graph.
    if (from.size === 0) from.set(-1, ['']);
    return [...from].map(([index, fills]) => ({
      from: index < 0 ? ('in' as const) : nodes[index]!.slot,
      to,
      ...(fills[0] !== '' && { fills }),
    }));
  };
  return [...nodes.flatMap((node) => into(node.slot, node.sources)), ...into('out', [result])];
}
