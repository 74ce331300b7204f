import { HolonError } from '@holon/flow';

/** Someone in a scope who has to hear of its end. Carries the links of the scope's list itself. */
export interface ScopeMember {
  onCanceled(reason: HolonError): void;
  before?: ScopeMember | undefined;
  after?: ScopeMember | undefined;
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
export class Scope implements ScopeMember {
  readonly #outer: Scope | undefined;
  #first: ScopeMember | undefined;
  #last: ScopeMember | undefined;
  #controller: AbortController | undefined;
  #onEmpty: (() => void) | undefined;
  before: ScopeMember | undefined;
  after: ScopeMember | undefined;
  canceled: HolonError | undefined;
  /** Whether it has ended: nothing more may be opened in it. */
  closed = false;

  /** @param outer whose member it is, to be canceled with it */
  constructor(outer: Scope | undefined) {
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

  add(member: ScopeMember): void {
    if (this.#last === undefined) this.#first = member;
    else {
      this.#last.after = member;
      member.before = this.#last;
    }
    this.#last = member;
  }

  /** Once for each member. */
  delete(member: ScopeMember): void {
    const { before, after } = member;
    if (before !== undefined) before.after = after;
    else this.#first = after;
    if (after !== undefined) after.before = before;
    else this.#last = before;
    member.before = undefined;
    member.after = undefined;
    if (this.#first !== undefined || this.#onEmpty === undefined) return;
    const onEmpty = this.#onEmpty;
    this.#onEmpty = undefined;
    flat(onEmpty);
  }

  /** Why nothing more may be opened in it, if so. */
  get refusal(): HolonError | undefined {
    if (this.canceled !== undefined) return asCanceled(this.canceled);
    return this.closed ? new HolonError('canceled', 'canceled: called in a scope that has ended') : undefined;
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** Instances, inner scopes and those who wait, none of which has ended. In the order in which they came. */
  get members(): readonly ScopeMember[] {
    const members: ScopeMember[] = [];
    for (let member = this.#first; member !== undefined; member = member.after) members.push(member);
    return members;
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
