import { checkKnown } from '../check-known.ts';
import { HolonError, textOf } from '../errors.ts';
import { type Size, parseSize, sizeText } from '../size.ts';

/** What an author may say about where the body of a task runs. The engine acts on it; a direct call ignores it. */
export interface IsolationOptions {
  /**
   * Runs the body in a worker thread, which imports the module the flow was made in: it can be stopped even in an
   * endless loop, and what ends it (a crash, a heap leak, `process.exit`) does not end the engine. Its input and its
   * result are copied, as `structuredClone` does. For `async` functions: what comes
   * from another thread can only be a promise.
   *
   * @default in the engine's own thread
   */
  readonly isolation?: Isolation | undefined;
}

/** `'thread'`, or with how. */
export type Isolation = 'thread' | ThreadIsolation;

/** What an author writes as `isolation`, with how. */
export interface ThreadIsolation {
  readonly kind: 'thread';
  /**
   * How large the heap of its worker may grow, 16 MB or more. Buffers are not part of it.
   *
   * @default '1GB'
   */
  readonly memory?: Size | undefined;
}

/** Checked {@link Isolation}. */
export interface IsolationPolicy {
  readonly kind: 'thread';
  readonly memoryBytes: number | undefined;
}

/** A worker that has only started takes a few megabytes. */
const LEAST_MEMORY_BYTES = 16e6;

/** @throws HolonError `invalid-option` naming the option and the value */
export function resolveIsolation(given: Isolation, option: string): IsolationPolicy {
  if (given === 'thread') return { kind: 'thread', memoryBytes: undefined };
  if (typeof given !== 'object' || given === null || given.kind !== 'thread') {
    throw new HolonError(
      'invalid-option',
      `${option}: ${textOf(given)} is neither "thread" nor such as { kind: "thread", memory: "256MB" }.`,
    );
  }
  checkKnown(given, ['kind', 'memory'], option);
  const { kind, memory } = given;
  if (memory === undefined) return { kind, memoryBytes: undefined };
  const memoryBytes = parseSize(memory, `${option}.memory`);
  if (memoryBytes >= LEAST_MEMORY_BYTES) return { kind, memoryBytes };
  throw new HolonError(
    'invalid-option',
    `${option}.memory: ${textOf(memory)} is less than a worker takes to start: give ${sizeText(LEAST_MEMORY_BYTES)} or more.`,
  );
}

/** The policy in words, for pictures. */
export function isolationTexts({ kind, memoryBytes }: IsolationPolicy): string[] {
  return [`in a ${kind} of its own${memoryBytes === undefined ? '' : `, up to ${sizeText(memoryBytes)}`}`];
}
