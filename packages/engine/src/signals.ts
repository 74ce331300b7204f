import { HolonError, type Settle, textOf, toWireError } from '@holon/flow';
import { viewOf } from './events/index.ts';
import type { RunCore } from './run-core.ts';

/** How many values may wait for somebody who wants them: more is a mistake in who sends them. */
const MAX_QUEUED = 1_000;

/** What whoever waits for a signal makes of a value; throws for one that it refuses. */
export type SignalCheck = (value: unknown) => unknown;

interface SignalWaiter {
  readonly check: SignalCheck;
  readonly settle: Settle<unknown>;
}

interface Queued {
  readonly name: string;
  readonly value: unknown;
}

/** Values sent to a run from outside: each goes once to one who waits for its name, or stays until somebody does. */
export class Signals {
  readonly #run: RunCore;
  readonly #waiters = new Map<string, Set<SignalWaiter>>();
  #queued: Queued[] = [];

  constructor(run: RunCore) {
    this.#run = run;
  }

  /**
   * @throws HolonError `invalid-option` for a name that nobody can wait for; `invalid-input` when the run has ended, when who waits refuses the value, or when too many wait for somebody
   */
  send(name: string, value: unknown): void {
    if (typeof name !== 'string')
      throw new HolonError(
        'invalid-option',
        `signal: name: ${textOf(name)} is not a text: give what waitFor(name) has.`,
      );
    const run = this.#run;
    if (run.endedAt !== undefined)
      throw new HolonError(
        'invalid-input',
        `The signal ${textOf(name)} can't be taken: the run of ${run.root.id} has ended (${run.status}).`,
      );
    const [waiter] = this.#waiters.get(name) ?? [];
    if (waiter === undefined) this.#queue(name, value);
    else this.#deliver(waiter, name, value);
  }

  #deliver(waiter: SignalWaiter, name: string, value: unknown): void {
    let checked: unknown;
    try {
      checked = waiter.check(value);
    } catch (error) {
      refused(this.#run, name, error);
      throw error;
    }
    this.#remove(name, waiter);
    received(this.#run, name, value);
    waiter.settle.resolve(checked);
  }

  #queue(name: string, value: unknown): void {
    if (this.#queued.length >= MAX_QUEUED)
      throw new HolonError(
        'invalid-input',
        `The signal ${textOf(name)} can't be taken: ${MAX_QUEUED.toLocaleString('en')} signals already wait in this run for somebody who wants them.`,
      );
    this.#queued.push({ name, value });
    if (this.#run.begun) received(this.#run, name, value);
  }

  /** Waits for the next value under `name`, or takes the first that came before. Gives the function that stops waiting. */
  wait(name: string, check: SignalCheck, settle: Settle<unknown>): () => void {
    for (let at = this.#find(name); at >= 0; at = this.#find(name)) {
      const [{ value }] = this.#queued.splice(at, 1) as [Queued];
      try {
        settle.resolve(check(value));
        return () => undefined;
      } catch (error) {
        refused(this.#run, name, error);
      }
    }
    const waiter: SignalWaiter = { check, settle };
    const waiters = this.#waiters.get(name) ?? new Set();
    this.#waiters.set(name, waiters.add(waiter));
    return () => this.#remove(name, waiter);
  }

  #find(name: string): number {
    return this.#queued.findIndex((queued) => queued.name === name);
  }

  #remove(name: string, waiter: SignalWaiter): void {
    const waiters = this.#waiters.get(name);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters.delete(name);
  }

  /** The run has begun: what was sent before becomes part of its story. */
  onBegun(): void {
    for (const { name, value } of this.#queued) received(this.#run, name, value);
  }
}

function received(run: RunCore, name: string, value: unknown): void {
  const { log } = run;
  if (!log.watched) return log.skip();
  log.append({ seq: 0, at: run.now(), type: 'signal.received', name, value: viewOf(value) });
}

function refused(run: RunCore, name: string, error: unknown): void {
  const { log } = run;
  if (!log.watched) return log.skip();
  log.append({ seq: 0, at: run.now(), type: 'signal.refused', name, reason: toWireError(error).message });
}
