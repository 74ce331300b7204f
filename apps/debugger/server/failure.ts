import { isHolonError, textOf } from '@holon/flow';

/**
 * What a request can be refused for, each with the number that the Debug Adapter Protocol wants beside
 * the code. Never renamed or reused.
 */
const FAILURE_IDS = {
  malformed: 1001,
  binary: 1002,
  'too-large': 1003,
  'too-deep': 1004,
  'too-many-requests': 1005,
  'unknown-command': 1006,
  'invalid-arguments': 1007,
  'unsafe-key': 1008,
  'not-initialized': 1009,
  'already-initialized': 1010,
  'unknown-run': 1101,
  'run-ended': 1102,
  'unknown-thread': 1103,
  'unknown-reference': 1104,
  'not-stopped': 1105,
  internal: 1999,
} as const;

/** An error of the engine: its own code stands in `message`. */
const ENGINE_ERROR_ID = 2000;

export type FailureCode = keyof typeof FAILURE_IDS;

/** Why a request can't be answered. The message is for people. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  readonly code: FailureCode;

  constructor(code: FailureCode, text: string) {
    super(text);
    this.code = code;
  }
}

/** A refusal as the reply carries it. */
export interface Refusal {
  readonly message: string;
  readonly body: { readonly error: { readonly id: number; readonly format: string } };
}

/** The refusal for anything that a handler threw. What is not meant for people goes out as `internal`, without its stack. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof RequestFailure) return refusal(thrown.code, FAILURE_IDS[thrown.code], thrown.message);
  if (isHolonError(thrown)) return refusal(thrown.code, ENGINE_ERROR_ID, thrown.message);
  const text = thrown instanceof Error ? thrown.message : textOf(thrown);
  return refusal(
    'internal',
    FAILURE_IDS.internal,
    `The debug server failed at this request; please report it: ${text}`,
  );
}

/** Whether a thrown value is a mistake of ours, not a refusal. */
export function isOurMistake(thrown: unknown): boolean {
  return !(thrown instanceof RequestFailure) && !isHolonError(thrown);
}

function refusal(code: string, id: number, format: string): Refusal {
  return { message: code, body: { error: { id, format } } };
}
