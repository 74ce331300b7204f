import type { AnyFlow } from './flow.ts';

/** What a body can learn and tell about the run it is part of. */
export interface Context {
  /** Aborted when this attempt is canceled or times out. Created when first read. */
  readonly signal: AbortSignal;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
  /**
   * Which iteration of a loop, item of a list or try this is part of, from 0: of the nearest around it where
   * one stands in another. Undefined outside any.
   */
  readonly iteration: number | undefined;
  readonly runId: string | undefined;
  /** Instance path, such as `checkout/refine[3]/improve`. */
  readonly path: string | undefined;
  /** The same for every attempt of this instance: give it to services that can tell repeats apart. */
  readonly idempotencyKey: string | undefined;
  readonly log: Log;
  /** Says how far this body is: 0 to 1. */
  readonly progress: (fraction: number, message?: string) => void;
  /** Publishes an event of the author's own in the run. */
  readonly emit: (type: string, data?: unknown) => void;
}

/** How much a line of the log matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** Writes lines into the log of the run, each of which may have data with it. */
export type Log = Readonly<Record<LogLevel, (message: string, data?: unknown) => void>>;

/** What whoever runs a body puts around it. */
export interface AmbientCell {
  readonly context: Context;
  /** A flow was called from inside the body. */
  callFlow(flow: AnyFlow, input: unknown): unknown;
}

/** Filled by an engine that can follow a body across its awaits. */
export interface AmbientSlot {
  current?: () => AmbientCell | undefined;
  /** Of a body that runs apart from its engine, where neither an engine nor a direct call knows better. */
  beneath?: () => AmbientCell | undefined;
}

const AMBIENT = Symbol.for('holon.ambient.v1');

/** The process-wide slot: one, however many copies of the package are loaded. */
export function ambientSlot(): AmbientSlot {
  const holder = globalThis as { [AMBIENT]?: AmbientSlot };
  return (holder[AMBIENT] ??= {});
}

const ambient = ambientSlot();

/** The cell of a direct call: known only until the body first awaits, since plain JavaScript can't follow it further. */
let directCell: AmbientCell | undefined;

export function currentCell(): AmbientCell | undefined {
  return ambient.current?.() ?? directCell ?? ambient.beneath?.();
}

/**
 * Makes `cell` the direct cell and gives the one it replaces, to be put back in a `finally`. Not a
 * function around the body: that would cost every nested call two frames of the stack.
 */
export function replaceDirectCell(cell: AmbientCell | undefined): AmbientCell | undefined {
  const replaced = directCell;
  directCell = cell;
  return replaced;
}

const ignore = () => undefined;

/** What {@link context} gives where nobody listens: it never aborts, and what it is told goes nowhere. */
export const inertContext: Context = {
  /** One for each asking: listeners put on a shared one that never aborts would never go away. */
  get signal() {
    return new AbortController().signal;
  },
  attempt: 1,
  iteration: undefined,
  runId: undefined,
  path: undefined,
  idempotencyKey: undefined,
  log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  progress: ignore,
  emit: ignore,
};

/**
 * The context of the running body; inert outside a run.
 *
 * In an engine's run it may be read anywhere in the body. In a direct call only `signal` and `iteration` are
 * live, and only before the body's first `await`.
 *
 * @example
 * const fetchText = flow('fetchText', async (url: string) => {
 *   const { signal, attempt, log } = context();
 *   log.info(`attempt ${attempt}`);
 *   return signal.aborted ? '' : `the text of ${url}`;
 * });
 * await fetchText('example.org'); // 'the text of example.org'
 */
export function context(): Context {
  return currentCell()?.context ?? inertContext;
}
