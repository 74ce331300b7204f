import type { Slot } from './definition.ts';

/** What a decision can be: plain, so that it can be shown, recorded and forced. */
export type Choice = string | number | boolean;

/**
 * A procedure's only way out. A combinator's procedure calls its children, waits and decides through
 * this and nothing else: no timer, no `Promise.all`, no module state. So the same procedure runs when
 * a flow is called directly (the direct port) and when the engine runs it (the engine's port).
 */
export interface Port {
  /**
   * Calls a child, one of the picture's slots. Gives the value itself when it is there, a promise otherwise, and throws what a
   * synchronous child throws: handle both with {@link isPromiseLike} or `await`.
   *
   * @param index which of many calls of this slot it is (iteration, item), from 0; part of the
   *   instance path. Left out for a slot that is called at most once per run of the procedure.
   * @throws HolonError `invalid-flow` for a slot that the picture doesn't have
   */
  call(slot: Slot, input: unknown, index?: number): unknown;

  /**
   * Runs `body` with a port of its own whose children belong together: when `body` ends, in whatever
   * way, children still open are canceled and awaited before the scope ends the same way. So
   * throwing out of a scope is how siblings are aborted. Synchronous when `body` is and nothing is open.
   */
  scope(body: (port: Port) => unknown): unknown;

  /** Waits; ends early with `canceled` when the scope is canceled. */
  sleep(ms: number): Promise<void>;

  /** Milliseconds since 1970, from whatever clock the run has. */
  now(): number;

  /** A draw in [0, 1), from whatever source of chance the run has. */
  random(): number;

  /**
   * Announces a decision (which case, whether to go round again) and gives back the one to act on,
   * which may be another: decisions can be forced from outside.
   *
   * @param mark the id of the mark in the picture at which it is made
   * @param index as for {@link Port.call}: which of many decisions at this mark
   * @throws HolonError `invalid-flow` for a mark that the picture doesn't have
   */
  choose<T extends Choice>(mark: string, value: T, index?: number): T;
}

/**
 * What a combinator does, once. It may be an async function; one that gives its value at once when
 * its children do keeps synchronous flows synchronous.
 */
export type Procedure = (input: unknown, port: Port) => unknown;

/** Whether a value has to be awaited. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/**
 * Several arguments travelling as one input: from `add(5, 3)`, an argument list at an entry, or the
 * wires of `graph`. A task receives them spread; a composite hands them to its first child.
 */
export class ArgumentList {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}
