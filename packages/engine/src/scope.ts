import { HolonError } from '@holon/flow';
import { type Linked, LinkedList } from './linked-list.ts';

/** Someone in a scope who has to hear of its end. */
export interface ScopeMember extends Linked<ScopeMember> {
  onCanceled(reason: HolonError): void;
}

/**
 * What is canceled together: the children of one attempt, or of one `port.scope` in it. Canceling
 * goes down, never up. Its signal exists once somebody reads it.
 *
 * ```
 * attempt of refine ── scope ─┬─ instance improve
 *                             └─ inner scope ─┬─ instance a
 *                                             └─ instance b
 * ```
 */
export class Scope extends LinkedList<ScopeMember> implements ScopeMember {
  readonly #outer: Scope | undefined;
  #controller: AbortController | undefined = undefined;
  #onEmpty: (() => void) | undefined = undefined;
  before: ScopeMember | undefined = undefined;
  after: ScopeMember | undefined = undefined;
  canceled: HolonError | undefined;
  /** Whether it has ended: nothing more may be opened in it. */
  closed = false;

  /** @param outer whose member it is, to be canceled with it */
  constructor(outer: Scope | undefined) {
    super();
    this.#outer = outer;
    this.canceled = outer?.canceled;
    outer?.add(this);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.canceled !== undefined) this.#controller.abort(this.canceled);
    }
    return this.#controller.signal;
  }

  override delete(member: ScopeMember): void {
    super.delete(member);
    if (this.#onEmpty === undefined || !this.isEmpty) return;
    const onEmpty = this.#onEmpty;
    this.#onEmpty = undefined;
    flat(onEmpty);
  }

  /** Why nothing more may be opened in it, if so. */
  get refusal(): HolonError | undefined {
    if (this.canceled !== undefined) return asCanceled(this.canceled);
    return this.closed ? new HolonError('canceled', 'canceled: called in a scope that has ended') : undefined;
  }

  /** The first reason counts. */
  cancel(reason: HolonError): void {
    if (this.canceled !== undefined) return;
    this.canceled = reason;
    this.#controller?.abort(reason);
    for (const member of this.members) flat(() => member.onCanceled(reason));
  }

  onCanceled(reason: HolonError): void {
    this.cancel(reason);
  }

  /** Calls `then` once nothing in it is open: at once, when nothing is. */
  whenEmpty(then: () => void): void {
    if (this.isEmpty) then();
    else this.#onEmpty = then;
  }

  /** Nothing further can be opened in it; it no longer hears of its outer scope. Once. */
  close(): void {
    this.closed = true;
    this.#outer?.delete(this);
  }
}

const rest: (() => void)[] = [];
let isFlat = false;

/**
 * Runs `work`; what that in turn wants to run is run after it, not within it. Cancellation goes down and
 * ends go up through as many levels as there are: this way they take no stack.
 */
function flat(work: () => void): void {
  rest.push(work);
  if (isFlat) return;
  isFlat = true;
  let begun = 0;
  try {
    while (begun < rest.length) rest[begun++]!();
  } finally {
    rest.splice(0, begun);
    isFlat = false;
  }
}

/** A timeout above is a cancellation below. */
export function asCanceled(reason: HolonError): HolonError {
  return reason.code === 'canceled'
    ? reason
    : new HolonError('canceled', `canceled: ${reason.message}`, { cause: reason });
}
