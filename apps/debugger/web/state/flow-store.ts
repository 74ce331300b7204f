import type { Phase, PlacedBreakpoint } from '@holon/engine/events';
import { create } from 'zustand';
import type { GraphBody } from '../../protocol/index.ts';

interface FlowStore {
  /** Undefined until the server has told. */
  readonly graph: GraphBody | undefined;
  readonly breakpoints: readonly PlacedBreakpoint[];
}

/** The flow under debug: what it looks like, and where it stops. Both outlive runs. */
export const useFlow = create<FlowStore>(() => ({ graph: undefined, breakpoints: [] }));

export function breakpointAt(
  breakpoints: readonly PlacedBreakpoint[],
  node: string,
  phase: Phase,
): PlacedBreakpoint | undefined {
  return breakpoints.find((each) => each.node === node && each.phase === phase);
}
