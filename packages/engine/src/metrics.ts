import type { EngineCore } from './engine-core.ts';
import type { NodeCounts, RunStatus } from './events/index.ts';
import type { Instance } from './instance.ts';
import type { Monitor, NodeLatency } from './monitor.ts';
import type { RunCore } from './run-core.ts';

/** Instances, by what they do or what became of them. */
export interface InstanceTotals {
  /** Open ones. */
  readonly running: number;
  readonly queued: number;
  readonly held: number;
  readonly retrying: number;
  readonly waiting: number;
  /** Ended ones. */
  readonly succeeded: number;
  readonly failed: number;
  readonly canceled: number;
}

export interface NodeMetrics extends Readonly<NodeCounts> {
  /** Undefined unless the engine was made with `monitoring: true`; then too until an attempt has begun. */
  readonly latency: NodeLatency | undefined;
}

export interface RunMetrics extends InstanceTotals {
  /** By static id, in the order in which each was first opened. */
  readonly nodes: ReadonlyMap<string, NodeMetrics>;
}

export interface EngineMetrics {
  /** Runs, by where they stand; ended ones since the engine was made. */
  readonly runs: Readonly<Record<RunStatus, number>>;
  /** Of all runs, ended ones included. */
  readonly instances: InstanceTotals;
  /** Places on the executor. */
  readonly slots: { readonly inUse: number; readonly limit: number };
  /** Of all runs, by static id; at most 5,000 nodes. */
  readonly nodes: ReadonlyMap<string, NodeMetrics>;
  /** Instances of nodes that came after those, in one row. */
  readonly otherNodes: Readonly<NodeCounts>;
}

export function runMetrics({ open, counts, monitor }: RunCore): RunMetrics {
  return { ...totals(open, counts.values()), nodes: withLatency(counts, monitor) };
}

/** Looks at every open instance and every node. */
export function engineMetrics({ runs: { members: runs }, tally, slots, monitor }: EngineCore): EngineMetrics {
  const byStatus = { created: 0, running: 0, paused: 0, canceling: 0, ...tally.runs };
  for (const { status } of runs) byStatus[status] += 1;
  const { nodes, others } = tally.rows(runs);
  return {
    runs: byStatus,
    instances: totals(openInstances(runs), [...nodes.values(), others]),
    slots: { inUse: slots.inUse, limit: slots.limit },
    nodes: withLatency(nodes, monitor),
    otherNodes: others,
  };
}

function* openInstances(runs: Iterable<RunCore>): Iterable<Instance> {
  for (const { open } of runs) yield* open;
}

function totals(open: Iterable<Instance>, ended: Iterable<NodeCounts>): InstanceTotals {
  const doing = { running: 0, queued: 0, held: 0, retrying: 0, waiting: 0 };
  for (const { status } of open) {
    if (status in doing) doing[status as keyof typeof doing] += 1;
  }
  const became = { succeeded: 0, failed: 0, canceled: 0 };
  for (const { succeeded, failed, canceled } of ended) {
    became.succeeded += succeeded;
    became.failed += failed;
    became.canceled += canceled;
  }
  return { ...doing, ...became };
}

function withLatency(
  nodes: ReadonlyMap<string, NodeCounts>,
  monitor: Monitor | undefined,
): ReadonlyMap<string, NodeMetrics> {
  return new Map([...nodes].map(([id, counts]) => [id, { ...counts, latency: monitor?.of(id) }]));
}
