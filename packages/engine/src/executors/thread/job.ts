import type { HolonError } from '@holon/flow';
import type { Timer } from '../../timers.ts';
import type { Execution, Host } from '../executor.ts';
import type { Task } from './messages.ts';
import { Kill, type Pool } from './pool.ts';

/** What a job comes to. */
export type Fate =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown };

/** What is needed to make a {@link Job}. */
export interface JobParts {
  readonly task: Task;
  readonly pool: Pool;
  readonly host: Host | undefined;
  readonly transfers: readonly object[] | undefined;
}

/** A task that waits for a worker, or that one has. */
export class Job implements Execution {
  readonly id: number;
  readonly task: Task;
  readonly pool: Pool;
  readonly host: Host | undefined;
  readonly transfers: readonly object[] | undefined;
  readonly kill = new Kill();
  readonly result: Promise<unknown>;
  state: 'waiting' | 'sent' | 'ending' | 'settled' = 'waiting';
  /** How many messages about it were heard. */
  heard = 0;
  /** A result that was said aside. */
  value: unknown;
  /** Whether its module is being imported. */
  loading = false;
  /** Ends it when that takes too long. */
  loadTimer: Timer | undefined;
  /** Ends it when it has not stopped by then, as it was asked to. */
  askTimer: Timer | undefined;
  readonly #onAbort: (job: Job, reason: HolonError) => void;
  #settle!: (fate: Fate) => void;

  constructor({ task, pool, host, transfers }: JobParts, onAbort: (job: Job, reason: HolonError) => void) {
    this.id = task.id;
    this.task = task;
    this.pool = pool;
    this.host = host;
    this.transfers = transfers;
    this.#onAbort = onAbort;
    this.result = new Promise((resolve, reject) => {
      this.#settle = (fate) => (fate.kind === 'value' ? resolve(fate.value) : reject(fate.error));
    });
  }

  abort(reason: HolonError): void {
    this.#onAbort(this, reason);
  }

  settle(fate: Fate): void {
    this.state = 'settled';
    this.#settle(fate);
  }
}
