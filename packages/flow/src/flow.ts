import type { DEFINITION } from './brand.ts';
import { checkKnown } from './check-known.ts';
import type { PipeOf } from './combinators/pipe-type.ts';
import { type Definition, type Picture, definitionOf } from './definition.ts';
import type { InputOf, NamedInputOf, SchemaInputOf, Widened } from './entry-input.ts';
import { textOf } from './errors.ts';
import { compositeOf, copyOf, recoveringOf, refused, slot, taskOf } from './make.ts';
import type { FlowMeta } from './meta.ts';
import { type FlowOptions, resolveFlowOptions } from './options.ts';
import { checkPicture } from './picture/check-picture.ts';
import type { Procedure } from './port.ts';
import { Problems } from './problems.ts';
import { readFlow } from './read-flow.ts';
import type {
  ArgsOf,
  FunctionOptions,
  InputBy,
  Named,
  NotGiven,
  Recast,
  Recovered,
  SchemaOptions,
} from './signature.ts';

export { slot };

/**
 * A function with a picture. Call it like the function it wraps, give it to the engine, draw it, debug it.
 *
 * @typeParam In what one input is; an argument list when `Args` has several
 * @typeParam Out what calling it returns: a promise exactly when it may have to wait
 */
export interface Flow<In, Out, Args extends readonly unknown[] = [In]> {
  (...args: Args): Out;
  /** The explicit name, else the wrapped function's, else the kind. */
  readonly name: string;
  /** What its author wrote about it; empty when nothing. */
  readonly meta: FlowMeta;
  /** A copy with other options; what is not mentioned stays. `name` renames it. */
  with<const Names extends readonly string[]>(
    options: OptionsOf<Args, Out> & { readonly params: Names },
  ): Flow<NamedInputOf<Args, Names>, Out, Args>;
  with(options: OptionsOf<Args, Out>): Flow<In, Out, Args>;
  /** This flow and then another one, as `pipe(this, next)`; `a.pipe(b).pipe(c)` is one pipe of three. */
  pipe<Self extends (...args: never[]) => unknown, Next>(
    this: Self,
    next: (input: Awaited<ReturnType<Self>>) => Next,
  ): PipeOf<[Self, (input: Awaited<ReturnType<Self>>) => Next]>;
  /** @internal */
  readonly [DEFINITION]: Definition;
}

/** Any flow. `any` and not `unknown`: parameters are contravariant, so only `any` accepts every flow. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type AnyFlow = Flow<any, any, any>;
/** Any flow that can be called with nothing. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type NullaryFlow = Flow<any, any, []>;
/** Any flow that can be called with one argument. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type UnaryFlow = Flow<any, any, [any]>;

/**
 * What a flow takes at an entry: its one input, or the list of its arguments. Anything where the
 * parameters are `any`, as they are for {@link AnyFlow}.
 *
 * A list is taken when two or more parameters are required, or `params` names two or more; see {@link InputOf}.
 *
 * Not alone for a parameter beside the flow itself, as in `run(pipe(a, b), input)`: TypeScript then infers
 * nothing of a flow made in the call. Overload by {@link NullaryFlow}, {@link UnaryFlow} and {@link AnyFlow} there.
 */
export type EntryInput<F extends (...args: never[]) => unknown> = 0 extends 1 & Parameters<F>[number]
  ? unknown
  : EntryOf<InputTo<F, Parameters<F>>>;

/** What one input to `F`, of the parameters `Args`, is: a flow says so itself, since `params` may have said it. */
// oxlint-disable-next-line typescript/no-explicit-any -- what is not asked for
export type InputTo<F, Args extends readonly unknown[]> = F extends Flow<infer In, any, any> ? In : InputOf<Args>;

/** A flow that takes nothing can be given nothing. */
type EntryOf<In> = [In] extends [void] ? void | undefined : In;

/** What a flow comes to once awaited. */
export type Result<F extends (...args: never[]) => unknown> = Awaited<ReturnType<F>>;

/** The flow type of a plain function. */
export type FlowOf<Args extends readonly unknown[], Out> = Flow<InputOf<Args>, Out, Args>;

/** The flow type of a plain function with the option `params`. */
export type NamedFlowOf<Args extends readonly unknown[], Out, Names extends readonly string[]> = Flow<
  NamedInputOf<Args, Names>,
  Out,
  Args
>;

/** The options of a copy: its schemas have to fit the flow. */
type OptionsOf<Args extends readonly unknown[], Out> = FlowOptions<
  NoInfer<SchemaInputOf<Args>>,
  Widened<NoInfer<Awaited<Out>>>
> &
  Named;

/**
 * Makes a flow of a function. Callable as before, synchronous stays synchronous.
 *
 * `onError` gives the result when the function fails, or the promise it gave does; a cancellation is not handed to it.
 *
 * @param name shown everywhere and part of every id; taken from the function when left out
 * @throws HolonError `invalid-flow`, `invalid-name`, `invalid-option`
 *
 * @example
 * const add = flow((x: number, y: number) => x + y);
 * add(5, 3); // 8
 */
export function flow<Raw, In, Out, Taken = unknown, Checked = unknown>(
  name: string,
  fn: (this: void, input: NoInfer<In>) => Out,
  options: SchemaOptions<Raw, In, Out, Taken, Checked>,
): Flow<Raw, Recast<Out, Checked>, ArgsOf<Raw>>;
export function flow<
  Args extends unknown[],
  Out,
  Taken = unknown,
  Checked = unknown,
  const Names extends readonly string[] | NotGiven = NotGiven,
>(
  name: string,
  fn: (this: void, ...args: Args) => Out,
  options?: FunctionOptions<Args, Out, Taken, Checked, Names>,
): Flow<InputBy<Args, Names>, Recast<Out, Checked>, Args>;
export function flow<Raw, In, Out, Taken = unknown, Checked = unknown>(
  fn: (this: void, input: NoInfer<In>) => Out,
  options: SchemaOptions<Raw, In, Out, Taken, Checked> & Named,
): Flow<Raw, Recast<Out, Checked>, ArgsOf<Raw>>;
export function flow<
  Args extends unknown[],
  Out,
  Taken = unknown,
  Checked = unknown,
  const Names extends readonly string[] | NotGiven = NotGiven,
>(
  fn: (this: void, ...args: Args) => Out,
  options?: FunctionOptions<Args, Out, Taken, Checked, Names> & Named,
): Flow<InputBy<Args, Names>, Recast<Out, Checked>, Args>;
export function flow<Raw, In, Out, Handled = NotGiven, Taken = unknown, Checked = unknown>(
  spec: SchemaOptions<Raw, In, Out | Handled, Taken, Checked> &
    Named & {
      readonly fn: (this: void, input: NoInfer<In>) => Out;
      onError?(error: unknown, input: NoInfer<In>): Handled;
    },
): Flow<Raw, Recast<Recovered<Out, Handled>, Checked>, ArgsOf<Raw>>;
export function flow<
  Args extends unknown[],
  Out,
  Handled = NotGiven,
  Taken = unknown,
  Checked = unknown,
  const Names extends readonly string[] | NotGiven = NotGiven,
>(
  spec: FunctionOptions<Args, Out | Handled, Taken, Checked, Names> &
    Named & {
      readonly fn: (this: void, ...args: Args) => Out;
      onError?(error: unknown, input: NoInfer<SchemaInputOf<Args>>): Handled;
    },
): Flow<InputBy<Args, Names>, Recast<Recovered<Out, Handled>, Checked>, Args>;
export function flow(...given: unknown[]): AnyFlow {
  try {
    return makeFlow(given);
  } catch (error) {
    return refused(error);
  }
}

function makeFlow(args: readonly unknown[]): AnyFlow {
  const { fn, functionName, onError, given } = readFlow(args);
  if (onError !== undefined) return recoveringOf(fn, functionName, onError, given);
  const existing = definitionOf(fn);
  return existing === undefined ? taskOf(fn, functionName, given) : copyOf(existing, given);
}

/** What {@link combinator} takes. */
export interface CombinatorSpec {
  /** What people see as its kind: `pipe`, `map`, … Kebab-case. */
  readonly kind: string;
  readonly name?: string | undefined;
  /** What it looks like. */
  readonly picture: Picture;
  /** What it does. */
  readonly run: Procedure;
  /** Whether calling it always gives a promise. @default false: a promise exactly when its procedure gives one */
  readonly alwaysPromise?: boolean;
  /** How many arguments an entry takes as a list: for one that hands its input to a child as it is, the child's. @default 1 */
  readonly arity?: number;
  readonly options?: FlowOptions | undefined;
  /**
   * Whether direct calls, too, hold the `concurrencyKey` among its options while its procedure runs; it then always
   * gives a promise. @default false: options are the engine's to act on
   */
  readonly holdsKey?: boolean;
}

/**
 * Makes a composite flow of a picture and a procedure. Every combinator of this package is made with
 * it, and so is yours: nothing else needs to know about it to run, draw, pause and step it.
 *
 * @typeParam F the type of the flow it makes, which only its author knows
 * @throws HolonError `invalid-flow` with everything that is wrong with the kind, the picture and the procedure;
 *   `invalid-name`, `invalid-option`
 *
 * @example
 * // A combinator that calls a flow with what it gives, as long as that is another.
 * function settle<T>(child: (value: T) => T): Flow<T, T> {
 *   const step = slot(child, { many: true });
 *   const more = { id: 'more', shape: 'choice', label: 'another?' } as const;
 *   return combinator<Flow<T, T>>({
 *     kind: 'settle',
 *     picture: {
 *       slots: [step],
 *       marks: [more],
 *       edges: [
 *         { from: 'in', to: step },
 *         { from: step, to: more },
 *         { from: more, to: step, when: true, back: true },
 *         { from: more, to: 'out', when: false },
 *       ],
 *     },
 *     run: (input, port) => {
 *       for (let value = input, i = 0; ; i++) {
 *         const next = port.call(step, value, i);
 *         if (!port.choose('more', next !== value, i)) return next;
 *         value = next;
 *       }
 *     },
 *   });
 * }
 *
 * const toOne = settle((x: number) => Math.ceil(x / 2));
 * toOne(100); // 1
 */
export function combinator<F extends AnyFlow>(spec: CombinatorSpec): F {
  try {
    return makeComposite(spec) as F;
  } catch (error) {
    return refused(error) as F;
  }
}

function makeComposite(spec: CombinatorSpec): AnyFlow {
  checkSpec(spec);
  const { kind, name, picture, run, holdsKey = false, alwaysPromise = false, arity = 1, options } = spec;
  const handsOn = spec.arity !== undefined;
  const said = resolveFlowOptions({ name, options }, name === undefined ? kind : `${kind} ${textOf(name)}`);
  return compositeOf({ kind, picture, run, alwaysPromise: alwaysPromise || holdsKey, arity, handsOn, holdsKey }, said);
}

const SPEC_KEYS: readonly string[] = [
  'kind',
  'name',
  'picture',
  'run',
  'alwaysPromise',
  'arity',
  'options',
  'holdsKey',
];
const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;

/** @throws HolonError `invalid-flow` listing every problem, since its types may be anything in plain JavaScript */
function checkSpec(spec: CombinatorSpec): void {
  checkKnown(spec, SPEC_KEYS, 'combinator');
  const { kind, picture, run, alwaysPromise, arity, holdsKey } = spec;
  const problems = new Problems();
  const isKind = typeof kind === 'string' && KEBAB_CASE.test(kind);
  if (!isKind) problems.add(() => `kind: ${textOf(kind)} is no kind: use kebab-case, such as "first-of".`);
  if (typeof run !== 'function') problems.add(() => `run: ${textOf(run)} is not a function.`);
  if (alwaysPromise !== undefined && typeof alwaysPromise !== 'boolean')
    problems.add(() => `alwaysPromise: ${textOf(alwaysPromise)} is neither true nor false.`);
  if (arity !== undefined && !(Number.isInteger(arity) && arity >= 0))
    problems.add(() => `arity: ${textOf(arity)} is not a whole number from 0.`);
  if (holdsKey !== undefined && typeof holdsKey !== 'boolean')
    problems.add(() => `holdsKey: ${textOf(holdsKey)} is neither true nor false.`);
  if (holdsKey === true && spec.options?.concurrencyKey === undefined)
    problems.add(() => 'holdsKey: there is no concurrencyKey among its options.');
  checkPicture(picture, problems);
  problems.throwIfAny(`${isKind ? kind : 'combinator'}: the flow can't be made`, 'invalid-flow');
}
