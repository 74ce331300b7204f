import { DEFINITION } from './brand.ts';
import { HolonError, textOf } from './errors.ts';
import type { AnyFlow } from './flow.ts';
import type { FlowMeta } from './meta.ts';
import type { Origin } from './origin.ts';
import type { Policies } from './options.ts';
import type { Procedure } from './port.ts';
import type { StandardSchema } from './schema.ts';

/** A place for a child in a composite: what the picture shows and the procedure calls. */
export interface Slot {
  readonly flow: AnyFlow;
  /** The author's record key for this child, where it has one. Part of its id. */
  readonly key: string | undefined;
  /** Whether it may be called many times in one run of the procedure, each with an index. */
  readonly many: boolean;
}

/** A point in a picture that is no child: where a decision is made, or where branches come together. */
export interface Mark {
  /** Unique in its composite; what the procedure names in `port.choose`. */
  readonly id: string;
  readonly shape: 'choice' | 'join';
  readonly label: string;
}

/** `in` and `out` are the composite's own entry and exit. */
export type End = Slot | Mark | 'in' | 'out';

/** A connection inside a composite. */
export interface Edge {
  readonly from: End;
  readonly to: End;
  readonly label?: string;
  /** Which parts of the input of `to` it gives, as JSON Pointers (`/0/user`), where that is not all of it. */
  readonly fills?: readonly string[];
  /** The decision at the mark `from` that takes this edge. */
  readonly when?: string | number | boolean;
  /** Goes back to something earlier, as a loop does. */
  readonly back?: true;
}

/** What a composite looks like: plain data, complete before anything runs. */
export interface Picture {
  readonly slots: readonly Slot[];
  readonly marks: readonly Mark[];
  readonly edges: readonly Edge[];
}

/** A body, and what answers when it fails. */
export interface Recovery {
  readonly body: AnyFlow;
  readonly onError: AnyFlow;
}

/**
 * All that is known about a flow: its picture and its procedure, and what its author said. Immutable.
 * The engine, the drawings and the debugger read this and know no combinator by name.
 */
export interface Definition {
  /** `task`, or the name of the combinator: `pipe`, `map`, … For people; nothing depends on it. */
  readonly kind: string;
  /** The name its author gave it. */
  readonly name: string | undefined;
  /** The wrapped function's own name, where it has one. */
  readonly functionName: string | undefined;
  readonly picture: Picture;
  readonly run: Procedure;
  /** The function that a task wraps, to be read, not called; a composite has none. */
  readonly body: ((...args: never[]) => unknown) | undefined;
  /** Whether the body is user code (it takes a slot of the executor), not a procedure over children. */
  readonly isTask: boolean;
  /** Levels of composites below and with this one; a task has none. */
  readonly depth: number;
  /** Whether calling it always gives a promise, whatever its children do. */
  readonly alwaysPromise: boolean;
  /** Whether it is known to give a promise: an async function, or a composite with such a child. Calling it then always does. */
  readonly asynchronous: boolean;
  /** Whether direct calls hold its `concurrencyKey`, too, while its procedure runs. */
  readonly holdsKey: boolean;
  /** Whether it, or a flow in its picture, is to run isolated. */
  readonly isolates: boolean;
  /** How many arguments an entry takes as a list. */
  readonly arity: number;
  /** Whether a composite hands its input to its first children as it is, so that it takes as many arguments as they do. */
  readonly handsOn: boolean;
  /** Names of the parameters, to match a record to them. */
  readonly params: readonly string[] | undefined;
  readonly policies: Policies;
  readonly input: StandardSchema | undefined;
  readonly output: StandardSchema | undefined;
  /** The author's own version of it. */
  readonly version: string | number | undefined;
  /** What the author wrote about it. */
  readonly meta: FlowMeta;
  /** The two flows of one with `onError`: the policies of a copy are those of its body. */
  readonly recovery: Recovery | undefined;
  readonly origin: Origin;
  /** What it is a copy of, made by `with`. */
  readonly original: Definition | undefined;
}

/** The definition of a flow, or undefined when `value` is not one. */
export function definitionOf(value: unknown): Definition | undefined {
  return typeof value === 'function' ? (value as unknown as Partial<AnyFlow>)[DEFINITION] : undefined;
}

/**
 * Whether `value` was made by `flow()` or a combinator, of this or another copy of the package.
 *
 * @example
 * isFlow(flow((x: number) => x)); // true
 * isFlow((x: number) => x); // false
 */
export function isFlow(value: unknown): value is AnyFlow {
  return definitionOf(value) !== undefined;
}

/**
 * What is fatal in an id, a path or a URL, or deceives whoever reads it: control characters, half of a character, what
 * turns the direction of text, a step in a folder, a name that means the prototype.
 */
const HOSTILE_NAME =
  /[/\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]|^(?:\.\.?|__proto__|constructor|prototype)$|^\s*$/u;
const MAX_NAME_CHARS = 200;

/** @throws HolonError `invalid-name` when `name` can't be an explicit name */
export function checkName(name: unknown, what: string): asserts name is string {
  if (typeof name === 'string' && name.length <= MAX_NAME_CHARS && !HOSTILE_NAME.test(name)) return;
  throw new HolonError(
    'invalid-name',
    `${what}: ${textOf(name)} can't be a name. Use 1 to ${MAX_NAME_CHARS} characters without "/" and control characters, and none of ".", "..", __proto__, constructor, prototype.`,
  );
}
