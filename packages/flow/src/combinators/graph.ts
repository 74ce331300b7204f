import { type Edge, type Slot, definitionOf } from '../definition.ts';
import { Deferred, whenSettled } from '../deferred.ts';
import { HolonError, textOf } from '../errors.ts';
import { type Flow, combinator, slot } from '../flow.ts';
import type { FlowOptions } from '../options.ts';
import { ArgumentList, type Port, isPromiseLike } from '../port.ts';
import {
  type Source,
  Wire,
  type WireShape,
  type Wired,
  type Wires,
  fillingsOf,
  readSource,
  shapeOf,
  wiresIn,
} from './wire.ts';

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

interface GraphNode {
  readonly slot: Slot;
  readonly sources: readonly Source[];
  /** Indices of the nodes it waits for, each once. */
  readonly needs: readonly number[];
}

/** What a graph comes to once it is built. */
interface Plan {
  readonly nodes: readonly GraphNode[];
  readonly result: Source;
  /** For each node, the indices of those that wait for it. */
  readonly dependents: readonly (readonly number[])[];
}

/**
 * Any acyclic graph of flows. `build` runs once, now; what it returns (a wire, or a record or tuple of
 * wires) is the graph's result. A node starts when all it needs is there. Always a promise. When one
 * node fails, the others are aborted and awaited, then the graph fails the same way.
 *
 * @throws HolonError `invalid-graph` with every problem found: no result, something that is no
 *   wire, a wire of another graph; `duplicate-name` when two nodes having the same explicit name is all
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
  options: FlowOptions<NoInfer<In>, NoInfer<Wired<R>>> = {},
): Flow<In, Promise<Wired<R>>> {
  const owner = Symbol(name);
  const nodes: GraphNode[] = [];
  const problems: string[] = [];
  const sourceOf = (shape: unknown, what: string): Source => {
    const source = shapeOf(shape, (stranger) => {
      problems.push(
        `${what} is ${textOf(stranger)}, no wire: use what g.input and g.add give; constants belong into the flow itself.`,
      );
    });
    for (const wire of wiresIn(source)) {
      if (wire.owner !== owner)
        problems.push(`${what} is a wire of another graph ("${wire.owner.description ?? ''}").`);
    }
    return source;
  };
  const g: Graph<In> = {
    input: new Wire<In>(owner, -1, []),
    add: (node: unknown, ...inputs: unknown[]) => {
      const place = slot(node);
      const sources = inputs.map((shape, i) => sourceOf(shape, `Parameter ${i + 1} of node "${place.flow.name}"`));
      const needs = new Set(sources.flatMap(wiresIn).map((wire) => wire.node));
      nodes.push({ slot: place, sources, needs: [...needs].filter((index) => index >= 0) });
      return new Wire(owner, nodes.length - 1, []);
    },
  };
  const returned: unknown = build(g);
  const problemsBefore = problems.length;
  const result: Source = returned === undefined ? { kind: 'list', items: [] } : sourceOf(returned, 'The result');
  if (wiresIn(result).length === 0 && problems.length === problemsBefore) {
    problems.push('It has no result: return a wire (what g.add gives), or a record or tuple of wires.');
  }
  const doubles = duplicateNames(nodes).map((twice) => `Two nodes are named "${twice}".`);
  const all = [...doubles, ...problems];
  if (all.length > 0) {
    const message = `graph "${name}" can't be built:\n${all.map((line) => `  ${line}`).join('\n')}`;
    throw new HolonError(problems.length === 0 ? 'duplicate-name' : 'invalid-graph', message, {
      details: { problems: all },
    });
  }
  const plan: Plan = { nodes, result, dependents: dependentsOf(nodes) };
  return combinator<Flow<In, Promise<Wired<R>>>>({
    kind: 'graph',
    name,
    options,
    alwaysPromise: true,
    picture: { slots: nodes.map((node) => node.slot), marks: [], edges: edgesOf(nodes, result) },
    run: (value, port) => port.scope((scope) => runGraph(plan, value, scope)),
  });
}

/** Counts down what each node still waits for; nothing is held per wire. */
function runGraph({ nodes, result, dependents }: Plan, input: unknown, port: Port): Deferred {
  const end = new Deferred();
  const values = new Array<unknown>(nodes.length);
  const missing = nodes.map((node) => node.needs.length);
  let left = nodes.length;
  let failed = false;
  const ready: number[] = missing.flatMap((count, index) => (count === 0 ? [index] : []));
  const read = (source: Source): unknown => readSource(source, (wire) => (wire.node < 0 ? input : values[wire.node]));

  const fail = (error: unknown): void => {
    failed = true;
    end.reject(error);
  };
  const settle = (index: number, value: unknown): void => {
    values[index] = value;
    left -= 1;
    for (const dependent of dependents[index]!) {
      missing[dependent]! -= 1;
      if (missing[dependent] === 0) ready.push(dependent);
    }
  };
  /** In `ready`: all before it have been called. Callbacks may come while it is being drained. */
  let next = 0;
  const drain = (): void => {
    let all: unknown;
    try {
      while (next < ready.length && !failed) {
        const index = ready[next++]!;
        const node = nodes[index]!;
        const args = node.sources.map(read);
        const outcome = port.call(
          node.slot,
          args.length === 1 ? args[0] : args.length === 0 ? undefined : new ArgumentList(args),
        );
        if (!isPromiseLike(outcome)) {
          settle(index, outcome);
          continue;
        }
        const settled = (value: unknown): void => {
          settle(index, value);
          drain();
        };
        whenSettled(outcome, settled, fail);
      }
      if (left > 0 || failed || end.settled) return;
      all = read(result);
    } catch (error) {
      return fail(error);
    }
    end.resolve(all);
  };
  drain();
  return end;
}

function dependentsOf(nodes: readonly GraphNode[]): number[][] {
  const dependents: number[][] = nodes.map(() => []);
  nodes.forEach((node, index) => {
    for (const need of node.needs) dependents[need]!.push(index);
  });
  return dependents;
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

/** Explicit names that stand more than once. Function names may: they are told apart by position. */
function duplicateNames(nodes: readonly GraphNode[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const node of nodes) {
    const name = definitionOf(node.slot.flow)?.name;
    if (name === undefined) continue;
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice];
}
