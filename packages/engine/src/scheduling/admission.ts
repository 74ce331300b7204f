import { HolonError, checkKnown, parseLimit, suggestion, textOf } from '@holon/flow';
import type { MakeQueue, WaitQueue } from './queues/queue.ts';
import type { WaitReason } from './wait-reason.ts';
import type { Claimant } from './waiter.ts';

/**
 * How many runs are let in at once. Of what more are started, `maxWaiting` wait, in the order of the engine's scheduler,
 * and further ones are refused with `queue-full`; or, with `whenFull: 'wait'`, all of them wait, without a bound.
 */
export type AdmissionOptions =
  | {
      /** How many runs may be open at once; 1 or more. */
      readonly maxRuns: number;
      /** @default 'reject' */
      readonly whenFull?: 'reject' | undefined;
      /** How many may wait; 0 or more. @default 1000 */
      readonly maxWaiting?: number | undefined;
    }
  | { readonly maxRuns: number; readonly whenFull: 'wait' };

/** Checked {@link AdmissionOptions}. */
export interface AdmissionLimits {
  readonly maxRuns: number;
  /** Infinity where all may wait. */
  readonly maxWaiting: number;
}

const DEFAULT_WAITING = 1_000;
const ANSWERS: readonly string[] = ['wait', 'reject'];

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveAdmission(options: AdmissionOptions, option: string): AdmissionLimits {
  checkKnown(options, ['maxRuns', 'maxWaiting', 'whenFull'], option);
  const { maxRuns, whenFull = 'reject' } = options;
  const maxWaiting = 'maxWaiting' in options ? options.maxWaiting : undefined;
  parseLimit(maxRuns, `${option}.maxRuns`);
  if (!ANSWERS.includes(whenFull)) {
    throw new HolonError(
      'invalid-option',
      `${option}.whenFull: ${textOf(whenFull)} is no answer.${suggestion(String(whenFull), ANSWERS)}`,
    );
  }
  if (whenFull === 'wait') {
    if (maxWaiting === undefined) return { maxRuns, maxWaiting: Number.POSITIVE_INFINITY };
    throw new HolonError(
      'invalid-option',
      `${option}.maxWaiting: ${textOf(maxWaiting)} bounds nothing where whenFull is "wait": leave one of them out.`,
    );
  }
  if (maxWaiting === undefined) return { maxRuns, maxWaiting: DEFAULT_WAITING };
  if (Number.isInteger(maxWaiting) && maxWaiting >= 0) return { maxRuns, maxWaiting };
  throw new HolonError('invalid-option', `${option}.maxWaiting: ${textOf(maxWaiting)} is not a whole number from 0.`);
}

/** What {@link decideAdmission} has to know. */
export interface AdmissionFacts extends AdmissionLimits {
  readonly open: number;
  readonly waiting: number;
}

export type AdmissionDecision =
  | { readonly kind: 'admit' }
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'reject'; readonly reason: string };

/** Whether one more run may begin, has to wait, or is refused. Pure. */
export function decideAdmission({ maxRuns, maxWaiting, open, waiting }: AdmissionFacts): AdmissionDecision {
  if (open < maxRuns && waiting === 0) return { kind: 'admit' };
  const runs = `${open} of ${maxRuns} runs are open`;
  if (waiting < maxWaiting) return { kind: 'wait', reason: `waiting to be admitted: ${runs} (admission.maxRuns)` };
  const reason = `${runs} and ${waiting} wait, of ${maxWaiting} (admission.maxWaiting)`;
  return { kind: 'reject', reason };
}

/** A run that wants to begin. */
export interface Applicant extends Claimant {
  begin(): void;
  /** It has to wait. */
  onWaits(): void;
  whenEnded(then: () => void): void;
}

/** The door at which runs wait. Bounds apply here alone: what belongs to a run that is in never waits for it. */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #line: WaitQueue<Applicant>;
  readonly #now: () => number;
  /** Milliseconds since 1970. */
  readonly #since = new Map<Applicant, number>();
  #open = 0;
  #isLetting = false;

  /** @param now milliseconds since 1970 */
  constructor(limits: AdmissionLimits, makeQueue: MakeQueue, now: () => number) {
    this.#limits = limits;
    this.#line = makeQueue();
    this.#now = now;
  }

  /** @param more how many come before it */
  #decide(more = 0): AdmissionDecision {
    const { maxRuns } = this.#limits;
    const waiting = this.#line.size;
    const begun = waiting === 0 ? Math.min(more, Math.max(0, maxRuns - this.#open)) : 0;
    return decideAdmission({ ...this.#limits, open: this.#open + begun, waiting: waiting + more - begun });
  }

  /** @throws HolonError `queue-full` when the last of `count` more would be refused */
  check(count: number): void {
    const decision = this.#decide(count - 1);
    if (decision.kind !== 'reject') return;
    const what = count === 1 ? 'no further run' : `no ${count} further runs`;
    const reason = count === 1 ? decision.reason : `with ${count - 1} of them, ${decision.reason}`;
    throw new HolonError('queue-full', `This engine takes ${what}: ${reason}. Start it later.`);
  }

  /**
   * Begins it, or has it wait until there is room. It has passed {@link check}.
   *
   * @param begin how it begins, when it need not wait
   */
  admit(run: Applicant, begin: () => void): void {
    if (this.#decide().kind === 'admit') {
      this.#letIn(run, begin);
      return;
    }
    this.#line.add(run);
    this.#since.set(run, this.#now());
    run.onWaits();
  }

  #letIn(run: Applicant, begin: () => void): void {
    this.#open += 1;
    run.whenEnded(() => this.#onEnded());
    begin();
  }

  /** In a loop: one that ends at once lets in the next, and so on. */
  #onEnded(): void {
    this.#open -= 1;
    if (this.#isLetting) return;
    this.#isLetting = true;
    try {
      for (let next = this.#line.peek(); next !== undefined; next = this.#line.peek()) {
        if (this.#open >= this.#limits.maxRuns) return;
        const run = this.#take(next);
        this.#letIn(run, () => run.begin());
      }
    } finally {
      this.#isLetting = false;
    }
  }

  #take(run: Applicant): Applicant {
    this.#line.delete(run);
    this.#since.delete(run);
    return run;
  }

  /** One that waits is canceled: it begins, in order to end. */
  onCanceled(run: Applicant): void {
    if (this.#since.has(run)) this.#take(run).begin();
  }

  /** What a run waits for, and since when, if it waits here. */
  waitOf(run: Applicant): (WaitReason & { readonly since: number }) | undefined {
    const since = this.#since.get(run);
    if (since === undefined) return undefined;
    const { maxRuns } = this.#limits;
    const decision = decideAdmission({ maxRuns, maxWaiting: Number.POSITIVE_INFINITY, open: this.#open, waiting: 1 });
    const reason = decision.kind === 'admit' ? '' : decision.reason;
    const order = this.#line.why(run);
    return { kind: 'admission', limit: maxRuns, reason: order === '' ? reason : `${reason}; ${order}`, since };
  }
}
