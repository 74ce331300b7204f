import { ERROR_BRAND } from './brand.ts';
import { textOf } from './text-of.ts';

/** Messages are made with it. */
export { textOf };

/**
 * Every code a {@link HolonError} can carry. A code is never renamed or reused.
 *
 * Author's mistakes (a flow is wrong, found before anything runs): `invalid-flow`, `invalid-name`,
 * `duplicate-name`, `invalid-graph`, `not-isolatable`. Caller's mistakes: `invalid-option`, `invalid-input`,
 * `idempotency-conflict` (a key that stands for another call), `engine-closed` (it takes no more runs). Of an engine that
 * has no room: `queue-full`.
 * Failures of a run: `invalid-output`, `timeout`, `canceled`, `loop-limit`, `no-match`, `circuit-open`. Of a direct
 * call: `needs-engine`. Of a body that runs isolated: `not-cloneable`, `worker-import-failed`, `worker-crashed`,
 * `worker-out-of-memory`; `run-while-importing` is thrown at whoever starts a run as a worker imports its module.
 * Ours: `internal`.
 */
export type HolonErrorCode =
  | 'invalid-flow'
  | 'invalid-name'
  | 'duplicate-name'
  | 'invalid-graph'
  | 'invalid-option'
  | 'invalid-input'
  | 'idempotency-conflict'
  | 'engine-closed'
  | 'invalid-output'
  | 'timeout'
  | 'canceled'
  | 'loop-limit'
  | 'no-match'
  | 'circuit-open'
  | 'needs-engine'
  | 'queue-full'
  | 'not-isolatable'
  | 'not-cloneable'
  | 'worker-import-failed'
  | 'worker-crashed'
  | 'worker-out-of-memory'
  | 'run-while-importing'
  | 'internal';

/** What else a {@link HolonError} can be given. */
export interface HolonErrorOptions {
  readonly cause?: unknown;
  /** Instance path at which it happened, when it happened in a run. Left out, the engine fills it in. */
  readonly path?: string;
  /** Plain, serialisable facts for programs; the message is for people. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error class of Holon. Recognise it with {@link isHolonError}, not `instanceof`: two copies
 * of the package may be loaded.
 */
export class HolonError extends Error {
  override readonly name = 'HolonError';
  readonly code: HolonErrorCode;
  /** Instance path at which it happened; undefined outside of runs, and of a cancellation. */
  // Declared, not defined: what was not given is no property, and does not show when the error is printed.
  declare readonly path: string | undefined;
  declare readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: HolonErrorCode, message: string, options: HolonErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.path !== undefined) this.path = options.path;
    if (options.details !== undefined) this.details = options.details;
  }

  /** @internal */
  get [ERROR_BRAND](): true {
    return true;
  }
}

/**
 * Whether `error` is a {@link HolonError}, from this or another copy of the package; with `code`, one of that code.
 *
 * @example
 * const error = new HolonError('timeout', 'It took too long.');
 * isHolonError(error, 'timeout'); // true
 * isHolonError(error, 'canceled'); // false
 */
export function isHolonError(error: unknown, code?: HolonErrorCode): error is HolonError {
  if (typeof error !== 'object' || error === null || !(ERROR_BRAND in error)) return false;
  return code === undefined || (error as HolonError).code === code;
}

/**
 * @internal Fills in where in a run it happened, as it leaves the instance in which it began. Of nobody
 * else's error, nor of a cancellation, which is one object for many instances.
 */
export function placeError(thrown: unknown, path: string): void {
  if (isHolonError(thrown) && thrown.path === undefined && thrown.code !== 'canceled')
    Reflect.set(thrown, 'path', path);
}

/** An error as plain data: what events, frames and files carry. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly path?: string;
  readonly stack?: string;
  readonly cause?: WireError;
}

/** How many causes {@link toWireError} follows: a chain longer than this is a mistake or a cycle. */
const MAX_CAUSES = 8;
const MAX_STACK_CHARS = 8_000;

/**
 * The plain form of anything thrown. A value that is not an Error is named as such, with its text. Never throws.
 *
 * @example
 * toWireError('out of paper'); // { name: 'NonError', message: 'a non-Error was thrown: "out of paper"' }
 */
export function toWireError(thrown: unknown): WireError {
  return wireForm(thrown, 0);
}

function wireForm(thrown: unknown, depth: number): WireError {
  try {
    return readError(thrown, depth);
  } catch {
    return { name: 'UnreadableError', message: 'an error was thrown that can not be read' };
  }
}

/** An Error of this realm or of another, such as a `vm` context's. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

function readError(thrown: unknown, depth: number): WireError {
  if (!isError(thrown)) return { name: 'NonError', message: `a non-Error was thrown: ${textOf(thrown)}` };
  const code: unknown = (thrown as { code?: unknown }).code;
  const path: unknown = isHolonError(thrown) ? thrown.path : undefined;
  return {
    name: String(thrown.name),
    message: String(thrown.message),
    ...(typeof code === 'string' && { code }),
    ...(typeof path === 'string' && { path }),
    ...(typeof thrown.stack === 'string' && { stack: thrown.stack.slice(0, MAX_STACK_CHARS) }),
    ...(thrown.cause !== undefined && depth < MAX_CAUSES && { cause: wireForm(thrown.cause, depth + 1) }),
  };
}

/** @internal The end of an exhaustive `switch`. */
export function assertNever(value: never): never {
  throw new HolonError('internal', `unexpected ${textOf(value)}: please report this as a bug in Holon`);
}
