import type { RunOutcome } from '@holon/engine';
import { toWireError } from '@holon/flow';
import { causesOf, errorText, isError, whyUnreadable } from '../output/error-text.ts';
import type { Case, ExpectedError } from './read-cases.ts';
import { type Difference, firstDifference } from './first-difference.ts';

/** What became of a case. */
export type Verdict =
  | { readonly kind: 'passed' }
  /** It gave a value, but another. */
  | { readonly kind: 'different'; readonly difference: Difference }
  /** It gave a value that can't be compared: reading it threw. */
  | { readonly kind: 'unreadable'; readonly why: string }
  /** It failed where a value was expected, or the other way round, or in another way. */
  | { readonly kind: 'wrong-end'; readonly expected: string; readonly outcome: RunOutcome<unknown> };

/** Compares how a run ended with what its case expects. */
export function judge({ expects }: Case, outcome: RunOutcome<unknown>): Verdict {
  if (expects.kind === 'output') {
    if (outcome.status !== 'succeeded') return { kind: 'wrong-end', expected: 'a value', outcome };
    try {
      const difference = firstDifference(expects.output, outcome.value);
      return difference === undefined ? { kind: 'passed' } : { kind: 'different', difference };
    } catch (error) {
      return { kind: 'unreadable', why: whyUnreadable(error) };
    }
  }
  if (outcome.status === 'failed' && matches(expects.error, outcome.error)) return { kind: 'passed' };
  return { kind: 'wrong-end', expected: expectedText(expects.error), outcome };
}

/** The error itself or one of its causes may be the expected one: retries and combinators may wrap it. */
function matches(expected: ExpectedError, thrown: unknown): boolean {
  if (expected === true) return true;
  return causesOf(thrown).some((error) => {
    if (!isError(error)) return expected === error;
    const { name, message, code } = toWireError(error);
    if (typeof expected === 'string') return message === expected || code === expected;
    const parts: Readonly<Record<string, unknown>> = { name, message, code };
    return Object.entries(expected).every(([key, part]) => parts[key] === part);
  });
}

function expectedText(expected: ExpectedError): string {
  if (expected === true) return 'a failure';
  if (typeof expected === 'string') return `a failure with the message or code ${JSON.stringify(expected)}`;
  return `a failure with ${Object.entries(expected)
    .map(([key, part]) => `${key} ${JSON.stringify(part)}`)
    .join(', ')}`;
}

/** How a run ended, in a line. */
export function outcomeText(outcome: RunOutcome<unknown>, valueText: (value: unknown) => string): string {
  switch (outcome.status) {
    case 'succeeded':
      return valueText(outcome.value);
    case 'failed':
      return `${errorText(outcome.error)}  (in ${outcome.path})`;
    case 'canceled':
      return `canceled: ${outcome.reason}`;
  }
}
