/** How something that is waited for comes to its end. The first call counts. */
export interface Settle<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** What a piece of work came to. */
export type WorkOutcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown };

/** Work that belongs to no one caller: several wait for it, and it is canceled when the last of them has left. */
export interface Work {
  /** What it came to, once it has. */
  readonly outcome: WorkOutcome | undefined;
  /** Whether its last waiter left before it came to anything: it is being canceled, and whoever still wants a result starts other work. */
  readonly left: boolean;
  /** Waits for it: `settle` hears what it comes to, at once where it has. Gives the function that leaves. */
  join(settle: Settle<unknown>): () => void;
}

/** The waiters of a {@link Work}: for those who implement a port. */
export class WaitedWork implements Work {
  outcome: WorkOutcome | undefined;
  left = false;
  readonly #waiters = new Set<Settle<unknown>>();
  #cancel: (() => void) | undefined;

  /** @param cancel called once nobody waits for it any more, unless it has come to something */
  constructor(cancel: () => void) {
    this.#cancel = cancel;
  }

  /** Tells all who wait what it came to, in the order in which they joined. */
  settle(outcome: WorkOutcome): void {
    if (this.outcome !== undefined) return;
    this.outcome = outcome;
    this.#cancel = undefined;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) tell(waiter, outcome);
  }

  join(settle: Settle<unknown>): () => void {
    if (this.outcome !== undefined) {
      tell(settle, this.outcome);
      return nothing;
    }
    // One place for each joining, though the same `settle` be given twice.
    const waiter = { resolve: settle.resolve, reject: settle.reject };
    this.#waiters.add(waiter);
    return () => {
      if (this.#waiters.delete(waiter)) this.leaveIfUnwaited();
    };
  }

  /** For whoever has started it, once those who wanted it have had their chance to join. */
  leaveIfUnwaited(): void {
    if (this.#waiters.size > 0 || this.#cancel === undefined) return;
    const cancel = this.#cancel;
    this.#cancel = undefined;
    this.left = true;
    cancel();
  }
}

const nothing = (): void => undefined;

function tell(waiter: Settle<unknown>, outcome: WorkOutcome): void {
  if (outcome.kind === 'value') waiter.resolve(outcome.value);
  else waiter.reject(outcome.error);
}
