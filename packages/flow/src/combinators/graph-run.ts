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
}

export function planOf(nodes: readonly GraphNode[], result: Source): GraphPlan {
  return { nodes, result, dependents: dependentsOf(nodes) };
}

/** Counts down what each node still waits for; nothing is held per wire. */
export function runGraph({ nodes, result, dependents }: GraphPlan, input: unknown, port: Port): Deferred {
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
