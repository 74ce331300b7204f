import { type InstanceState, type RunEvent, type RunState, emptyRunState, fold } from '@holon/engine/events';
import type { FlowPicture } from '@holon/flow';

/** How many tasks of a run ended how, and what is open: the fold of its events, counted. */
export interface Tally {
  readonly state: RunState;
  /** Tasks only: a composite is no work of its own. */
  readonly succeeded: number;
  readonly failed: number;
  readonly running: number;
  readonly queued: number;
  readonly retrying: number;
  readonly waiting: number;
  /** Open instances without open children, the oldest first: where the work is. */
  readonly leaves: readonly InstanceState[];
}

/** Follows a run by its events. */
export class RunFollower {
  readonly state = emptyRunState();
  readonly #composites: ReadonlySet<string>;
  #last: RunEvent | undefined;

  constructor(picture: FlowPicture) {
    this.#composites = new Set(picture.nodes.filter((node) => node.shape === 'composite').map((node) => node.id));
  }

  take(event: RunEvent): void {
    fold(this.state, event);
    this.#last = event;
  }

  /** Milliseconds from the run's creation to its last event. */
  get elapsedMs(): number {
    return this.#last === undefined ? 0 : this.#last.at - this.state.createdAt;
  }

  tally(): Tally {
    let succeeded = 0;
    let failed = 0;
    for (const [id, counts] of this.state.counts) {
      if (this.#composites.has(id) || this.state.discovered.get(id)?.node.shape === 'composite') continue;
      succeeded += counts.succeeded;
      failed += counts.failed;
    }
    const open = [...this.state.instances.values()];
    const parents = new Set(open.map((instance) => instance.parent));
    const leaves = open.filter((instance) => !parents.has(instance.path));
    const having = (status: InstanceState['status']) => leaves.filter((instance) => instance.status === status).length;
    return {
      state: this.state,
      succeeded,
      failed,
      running: having('running'),
      queued: having('queued'),
      retrying: having('retrying'),
      waiting: having('waiting'),
      leaves,
    };
  }
}
