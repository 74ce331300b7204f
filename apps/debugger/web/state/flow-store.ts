import type { Phase, PlacedBreakpoint } from '@holon/engine/events';
import type { ObservedNode } from '@holon/viz';
import { create } from 'zustand';
import type { GraphBody } from '../../protocol/index.ts';

interface FlowStore {
  /** Undefined until the server has told. */
  readonly graph: GraphBody | undefined;
  readonly breakpoints: readonly PlacedBreakpoint[];
  /** By static id: nodes that no picture declares, seen in any run that was on screen. */
  readonly observed: ReadonlyMap<string, ObservedNode>;
}

/** The flow under debug: what it looks like, and where it stops. Both outlive runs. */
export const useFlow = create<FlowStore>(() => ({ graph: undefined, breakpoints: [], observed: new Map() }));

export function breakpointAt(
  breakpoints: readonly PlacedBreakpoint[],
  node: string,
  phase: Phase,
): PlacedBreakpoint | undefined {
  return breakpoints.find((each) => each.node === node && each.phase === phase);
}

/** Remembers what a run has discovered, so that it stays drawn in runs that have not come to it yet. */
export function remember(discovered: ReadonlyMap<string, ObservedNode>): void {
  const { observed } = useFlow.getState();
  if ([...discovered.keys()].every((id) => observed.has(id))) return;
  useFlow.setState({ observed: new Map([...observed, ...discovered]) });
}
