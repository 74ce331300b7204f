import type { Edge, Picture, Slot } from '../definition.ts';
import type { Procedure } from '../port.ts';
import { DONE, iterate } from './iterate.ts';

/** What steps one after another look like. */
export function chainPicture(slots: readonly Slot[]): Picture {
  const ends = ['in' as const, ...slots, 'out' as const];
  const edges: Edge[] = ends.slice(1).map((to, i) => ({ from: ends[i]!, to }));
  return { slots, marks: [], edges };
}

/** What they do: each gets what the one before it gave. */
export function chainProcedure(slots: readonly Slot[]): Procedure {
  return (input, port) =>
    iterate(input, (value, index) => (index < slots.length ? port.call(slots[index]!, value) : DONE));
}
