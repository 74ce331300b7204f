import type { Slot } from './definition.ts';
import type { Settle, Work } from './work.ts';

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

  /**
   * Waits; ends early with `canceled` when the scope is canceled.
   *
   * @param reason what a person reads who asks what it waits for @default "sleeping for … ms"
   */
  sleep(ms: number, reason?: string): Promise<void>;

  /**
   * Waits for something that happens outside of this procedure; ends early with `canceled` when the scope is canceled.
   *
   * @param reason what a person reads who asks what it waits for
   * @param begin starts waiting, and gives the function that stops it, which is called when the wait ends without having
   *   been settled. It may settle at once. Not called in a scope that is canceled already.
   * @param atMostMs after which it ends with `undefined`
   * @param kind what a program reads who asks the same @default 'outside'
   */
  wait<T>(reason: string, begin: (settle: Settle<T>) => () => void, atMostMs?: undefined, kind?: WaitFor): Promise<T>;
  wait<T>(
    reason: string,
    begin: (settle: Settle<T>) => () => void,
    atMostMs: number,
    kind?: WaitFor,
  ): Promise<T | undefined>;

  /**
   * State that outlives a call: a cache, a window, a count. One and the same for all who ask with the same key: in
   * direct calls of this process, and in all runs of one engine. It is not kept when they end.
   *
   * @param key an object: the state of whoever holds that object, gone when it is. Made together with the combinator, it
   *   is the state of that flow and of all its copies by `with`. Or a name: shared by all who use it, and kept; begin
   *   it with the combinator's kind, so that no other takes it for a state of its own.
   * @param open makes the first state
   */
  shared<T>(key: object | string, open: () => T): T;

  /**
   * Starts one of the picture's slots as work that belongs to no caller: an engine makes it a run of its own. Join it
   * by {@link Port.wait}, in the same breath: it is canceled once nobody waits for it.
   *
   * @throws HolonError `invalid-flow` for a slot that the picture doesn't have
   */
  work(slot: Slot, input: unknown): Work;

  /**
   * The next value that is sent to the run under `name`, each to one who waits for it. Ends early with `canceled`
   * when the scope is canceled. Called directly there is nobody to send one: rejects with `needs-engine`.
   *
   * @param check gives the value to deliver, or throws for one that is refused: where somebody waits already, its
   *   sender hears why, and the wait goes on
   */
  signal(name: string, check?: (value: unknown) => unknown): Promise<unknown>;

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

/** What a procedure can wait for: work that others wait for as well, a breaker to close, a limit on how many or how often, or anything else. */
export type WaitFor = 'shared-work' | 'breaker' | 'key' | 'rate' | 'outside';

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
