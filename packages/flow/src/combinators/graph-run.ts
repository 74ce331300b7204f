import type { Slot } from '../definition.ts';
import { Deferred, whenSettled } from '../deferred.ts';
import { ArgumentList, type Port, isPromiseLike } from '../port.ts';
import { type Source, readSource } from './wire.ts';

export interface GraphNode {
  readonly slot: Slot;
  readonly sources: readonly Source[];
  /** Indices of the nodes it waits for, each once. */
  readonly needs: readonly number[];
}

/** What a graph comes to once it is built. */
export interface GraphPlan {
  readonly nodes: readonly GraphNode[];
  readonly result: Source;
  /** For each node, the indices of those that wait for it. */
  readonly dependents: readonly (readonly number[])[];
  /** For each node, how many it waits for. */
  readonly needs: readonly number[];
  /** For each node, what makes its input. */
  readonly takes: readonly Taker[];
}

export function planOf(nodes: readonly GraphNode[], result: Source): GraphPlan {
  const needs = nodes.map((node) => node.needs.length);
  return { nodes, result, dependents: dependentsOf(nodes), needs, takes: nodes.map(takerOf) };
}

/** One run of a graph: counts down what each node still waits for; nothing is held per wire. */
export function runGraph(plan: GraphPlan, input: unknown, port: Port): Deferred {
  const run = new GraphRun(plan, input, port);
  run.begin();
  return run.end;
}

class GraphRun {
  readonly end = new Deferred();
  readonly #plan: GraphPlan;
  readonly #port: Port;
  /** What the nodes gave, and the graph's input after them. */
  readonly #values: unknown[];
  readonly #missing: number[];
  #left: number;
  #failed = false;
  /** Nodes that have all they need, in the order in which that came about. */
  readonly #ready: number[] = [];
  /** In `#ready`: all before it have been called. Callbacks may come while it is being drained. */
  #next = 0;
  readonly #fail = (error: unknown): void => {
    this.#failed = true;
    this.end.reject(error);
  };

  constructor(plan: GraphPlan, input: unknown, port: Port) {
    const count = plan.nodes.length;
    this.#plan = plan;
    this.#port = port;
    this.#values = new Array<unknown>(count + 1);
    this.#values[count] = input;
    this.#missing = plan.needs.slice();
    this.#left = count;
  }

  begin(): void {
    for (let index = 0; index < this.#missing.length; index++) if (this.#missing[index] === 0) this.#ready.push(index);
    this.#drain();
  }

  #drain(): void {
    const { nodes, takes, result } = this.#plan;
    let all: unknown;
    try {
      while (this.#next < this.#ready.length && !this.#failed) {
        const index = this.#ready[this.#next++]!;
        const outcome = this.#port.call(nodes[index]!.slot, takes[index]!(this.#values));
        if (isPromiseLike(outcome)) this.#await(index, outcome);
        else this.#settle(index, outcome);
      }
      if (this.#left > 0 || this.#failed || this.end.settled) return;
      all = read(result, this.#values);
    } catch (error) {
      return this.#fail(error);
    }
    this.end.resolve(all);
  }

  #await(index: number, outcome: PromiseLike<unknown>): void {
    const settled = (value: unknown): void => {
      this.#settle(index, value);
      this.#drain();
    };
    whenSettled(outcome, settled, this.#fail);
  }

  #settle(index: number, value: unknown): void {
    this.#values[index] = value;
    this.#left -= 1;
    for (const dependent of this.#plan.dependents[index]!) {
      const missing = this.#missing[dependent]! - 1;
      this.#missing[dependent] = missing;
      if (missing === 0) this.#ready.push(dependent);
    }
  }
}

/** Makes a node's input of what is there: the values of the nodes, and the graph's input after them. */
type Taker = (values: readonly unknown[]) => unknown;

function takerOf({ sources }: GraphNode): Taker {
  const readers = sources.map(readerOf);
  const [first] = readers;
  if (first === undefined) return () => undefined;
  if (readers.length === 1) return first;
  return (values) => new ArgumentList(readers.map((reader) => reader(values)));
}

/** Nearly all are wires without more. */
function readerOf(source: Source): Taker {
  if (source.kind !== 'wire' || source.wire.steps.length > 0) return (values) => read(source, values);
  const { node } = source.wire;
  return node < 0 ? (values) => values[values.length - 1] : (values) => values[node];
}

function read(source: Source, values: readonly unknown[]): unknown {
  return readSource(source, ({ node }) => values[node < 0 ? values.length - 1 : node]);
}

function dependentsOf(nodes: readonly GraphNode[]): number[][] {
  const dependents: number[][] = nodes.map(() => []);
  nodes.forEach((node, index) => {
    for (const need of node.needs) dependents[need]!.push(index);
  });
  return dependents;
}
