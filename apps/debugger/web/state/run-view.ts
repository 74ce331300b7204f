import {
  type InstanceState,
  type RunEvent,
  type RunState,
  type RunStateWire,
  type Stop,
  decodeRunState,
  fold,
} from '@holon/engine/events';
import { BY_INTEREST, type DisplayStatus, displayStatusOf, hasEnded } from './display-status.ts';

/** A node of the picture in one run: the sum of its instances. */
export interface NodeView {
  readonly id: string;
  readonly status: DisplayStatus;
  readonly total: number;
  readonly ended: number;
  readonly byStatus: ReadonlyMap<DisplayStatus, number>;
  /** Of the instance that speaks for the node; counts from 1. */
  readonly attempt: number;
}

/**
 * The run on screen: the engine's fold of its events, and beside it an index of instances by node,
 * so that an event costs the nodes it touches and not the whole run.
 */
export class RunView {
  readonly runId: string;
  #state: RunState;
  #stops = new Map<string, Stop>();
  #byNode = new Map<string, InstanceState[]>();
  #views = new Map<string, NodeView>();
  #dirty = new Set<string>();

  constructor(wire: RunStateWire, stops: readonly Stop[]) {
    this.runId = wire.runId;
    this.#state = decodeRunState(wire);
    this.#stops = new Map(stops.map((stop) => [stop.path, stop]));
    this.#indexAll();
  }

  get state(): RunState {
    return this.#state;
  }

  /** Who stands at the gate: who stopped by itself first. */
  get stops(): readonly Stop[] {
    return [...this.#stops.values()];
  }

  stopAt(path: string): Stop | undefined {
    return this.#stops.get(path);
  }

  /** In the order they were opened. */
  instancesOf(id: string): readonly InstanceState[] {
    return this.#byNode.get(id) ?? [];
  }

  statusOf(instance: InstanceState): DisplayStatus {
    return displayStatusOf(instance, this.#stops.get(instance.path));
  }

  /** Undefined when the run has not reached the node. The same object until something about it changes. */
  viewOf(id: string): NodeView | undefined {
    if (this.#dirty.delete(id)) this.#views.set(id, this.#summarise(id));
    return this.#views.get(id);
  }

  take(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.#state.seq) continue;
      fold(this.#state, event, { keep: 'all' });
      if (!('path' in event)) continue;
      const instance = this.#state.instances.get(event.path);
      if (instance === undefined) continue;
      if (event.type === 'node.opened') this.#index(instance);
      this.#dirty.add(instance.id);
    }
  }

  setStops(stops: readonly Stop[]): void {
    for (const stop of this.#stops.values()) this.#dirty.add(stop.id);
    this.#stops = new Map(stops.map((stop) => [stop.path, stop]));
    for (const stop of stops) this.#dirty.add(stop.id);
  }

  /** Takes up a state sent because this client was too slow for every event. */
  replace(wire: RunStateWire): void {
    this.#state = decodeRunState(wire);
    this.#byNode.clear();
    this.#views.clear();
    this.#indexAll();
  }

  #indexAll(): void {
    for (const instance of this.#state.instances.values()) {
      this.#index(instance);
      this.#dirty.add(instance.id);
    }
  }

  #index(instance: InstanceState): void {
    const known = this.#byNode.get(instance.id);
    if (known === undefined) this.#byNode.set(instance.id, [instance]);
    else known.push(instance);
  }

  #summarise(id: string): NodeView {
    const instances = this.instancesOf(id);
    const byStatus = new Map<DisplayStatus, number>();
    const attempts = new Map<DisplayStatus, number>();
    let ended = 0;
    for (const instance of instances) {
      const status = this.statusOf(instance);
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
      attempts.set(status, Math.max(attempts.get(status) ?? 1, instance.attempt));
      if (hasEnded(status)) ended += 1;
    }
    const status = BY_INTEREST.find((each) => byStatus.has(each)) ?? 'pending';
    return { id, status, total: instances.length, ended, byStatus, attempt: attempts.get(status) ?? 1 };
  }
}
