import type { InstanceState, RunState } from './state.ts';

/** A {@link RunState} as JSON can carry it: maps as lists of pairs. */
export type RunStateWire = Omit<RunState, 'instances' | 'counts' | 'discovered' | 'choices'> & {
  readonly instances: readonly InstanceState[];
  readonly counts: readonly (readonly [string, RunState['counts'] extends Map<string, infer C> ? C : never])[];
  readonly discovered: readonly (RunState['discovered'] extends Map<string, infer D> ? D : never)[];
  readonly choices: readonly (readonly [string, readonly (readonly [string, number])[]])[];
};

/**
 * What a subscriber that comes late gets first: the state at `seq`, equal to the fold of what it
 * missed. The next event it gets is `seq + 1`. No event of the run itself.
 */
export interface RunSnapshot {
  readonly type: 'run.snapshot';
  readonly seq: number;
  readonly at: number;
  /** How many events it stands for: all since the last that this subscriber got. Of any but its first item, those it was too slow for. */
  readonly missed: number;
  readonly state: RunStateWire;
}

/** A copy that later events don't change. */
export function encodeRunState(state: RunState): RunStateWire {
  return {
    ...state,
    instances: [...state.instances.values()].map((instance) => ({ ...instance })),
    counts: [...state.counts]
      .map(([id, counts]) => [id, { ...counts }] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    discovered: [...state.discovered.values()],
    choices: [...state.choices].map(([mark, made]) => [mark, [...made]] as const),
  };
}

export function decodeRunState(wire: RunStateWire): RunState {
  return {
    ...wire,
    instances: new Map(wire.instances.map((instance) => [instance.path, { ...instance }])),
    counts: new Map(wire.counts.map(([id, counts]) => [id, { ...counts }])),
    discovered: new Map(wire.discovered.map((found) => [found.node.id, found])),
    choices: new Map(wire.choices.map(([mark, made]) => [mark, new Map(made)])),
  };
}
