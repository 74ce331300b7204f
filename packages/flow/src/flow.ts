import { DEFINITION } from './brand.ts';
import { type Definition, type Picture, type Slot, checkName, definitionOf } from './definition.ts';
import { checkKnown } from './check-known.ts';
import { enter } from './enter.ts';
import type { InputOf, NamedInputOf, SchemaInputOf, Widened } from './entry-input.ts';
import { HolonError, textOf } from './errors.ts';
import { rememberIsolated } from './isolated.ts';
import { type FlowOptions, resolveFlowOptions } from './options.ts';
import { captureOrigin } from './origin.ts';
import { Problems, checkPicture } from './picture/check-picture.ts';
import { mergeScheduling } from './policies/scheduling.ts';
import { ArgumentList, type Procedure } from './port.ts';

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
  /** A copy with other options; what is not mentioned stays. `name` renames it. */
  with<const Names extends readonly string[]>(
    options: Naming<Args, Out, Names> & { readonly name?: string | undefined },
  ): Flow<NamedInputOf<Args, Names>, Out, Args>;
  with(options: OptionsOf<Args, Out> & { readonly name?: string | undefined }): Flow<In, Out, Args>;
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

/** Options that name the parameters. */
type Naming<Args extends readonly unknown[], Out, Names extends readonly string[]> = OptionsOf<Args, Out> & {
  readonly params: Names;
};

/** The options of a function: its schemas have to fit it. They are checked against it, never the other way round. */
type OptionsOf<Args extends readonly unknown[], Out> = FlowOptions<
  SchemaInputOf<NoInfer<Args>>,
  Widened<NoInfer<Awaited<Out>>>
>;

/**
 * Makes a flow of a function. Callable as before, synchronous stays synchronous.
 *
 * @param name shown everywhere and part of every id; taken from the function when left out
 * @throws HolonError `invalid-flow`, `invalid-name`, `invalid-option`
 *
 * @example
 * const add = flow((x: number, y: number) => x + y);
 * add(5, 3); // 8
 */
export function flow<Args extends unknown[], Out, const Names extends readonly string[]>(
  fn: (...args: Args) => Out,
  options: Naming<Args, Out, Names>,
): NamedFlowOf<Args, Out, Names>;
export function flow<Args extends unknown[], Out, const Names extends readonly string[]>(
  name: string,
  fn: (...args: Args) => Out,
  options: Naming<Args, Out, Names>,
): NamedFlowOf<Args, Out, Names>;
export function flow<Args extends unknown[], Out>(
  fn: (...args: Args) => Out,
  options?: OptionsOf<Args, Out>,
): FlowOf<Args, Out>;
export function flow<Args extends unknown[], Out>(
  name: string,
  fn: (...args: Args) => Out,
  options?: OptionsOf<Args, Out>,
): FlowOf<Args, Out>;
export function flow(...given: unknown[]): AnyFlow {
  const name = typeof given[0] === 'string' ? given[0] : undefined;
  const [fn, options = {}] = (name === undefined ? given : given.slice(1)) as [unknown, FlowOptions?];
  if (name !== undefined) checkName(name, 'flow');
  if (typeof fn !== 'function') {
    throw new HolonError(
      'invalid-flow',
      `flow(${name === undefined ? '' : `"${name}", `}…): ${textOf(fn)} is not a function.`,
    );
  }
  const existing = definitionOf(fn);
  if (existing !== undefined) return copy(existing, { ...options, ...(name !== undefined && { name }) });
  const body = fn as (...args: unknown[]) => unknown;
  const { policies, input, output, params } = resolveFlowOptions(
    options,
    `flow "${name ?? (body.name || 'anonymous')}"`,
  );
  return fromDefinition({
    kind: 'task',
    name,
    functionName: body.name || undefined,
    picture: NO_PICTURE,
    run: (value) => {
      if (value instanceof ArgumentList) return body(...value.values);
      // Called with nothing: a function of any number of arguments has to see none, not one.
      return value === undefined && body.length === 0 ? body() : body(value);
    },
    body,
    isTask: true,
    depth: 0,
    alwaysPromise: false,
    asynchronous: body.constructor?.name === 'AsyncFunction',
    isolates: policies.isolation !== null,
    arity: params?.length ?? body.length,
    params,
    policies,
    input,
    output,
    origin: captureOrigin(),
    original: undefined,
  });
}

const NO_PICTURE: Picture = { slots: [], marks: [], edges: [] };

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
  checkSpec(spec);
  const { kind, name, picture, run, alwaysPromise = false, arity = 1 } = spec;
  if (name !== undefined) checkName(name, kind);
  const resolved = resolveFlowOptions(spec.options ?? {}, name === undefined ? kind : `${kind} "${name}"`);
  return fromDefinition({
    kind,
    name,
    functionName: undefined,
    picture,
    run,
    body: undefined,
    isTask: false,
    depth: depthOf(kind, picture),
    alwaysPromise,
    asynchronous: alwaysPromise || picture.slots.some((slot) => slot.flow[DEFINITION].asynchronous),
    isolates: picture.slots.some((slot) => slot.flow[DEFINITION].isolates),
    arity: resolved.params?.length ?? arity,
    params: resolved.params,
    policies: resolved.policies,
    input: resolved.input,
    output: resolved.output,
    origin: captureOrigin(),
    original: undefined,
  }) as F;
}

const SPEC_KEYS: readonly string[] = ['kind', 'name', 'picture', 'run', 'alwaysPromise', 'arity', 'options'];
const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;

/** @throws HolonError `invalid-flow` listing every problem, since its types may be anything in plain JavaScript */
function checkSpec(spec: CombinatorSpec): void {
  checkKnown(spec, SPEC_KEYS, 'combinator');
  const { kind, picture, run, alwaysPromise, arity } = spec;
  const problems = new Problems();
  const isKind = typeof kind === 'string' && KEBAB_CASE.test(kind);
  if (!isKind) problems.add(() => `kind: ${textOf(kind)} is no kind: use kebab-case, such as "first-of".`);
  if (typeof run !== 'function') problems.add(() => `run: ${textOf(run)} is not a function.`);
  if (alwaysPromise !== undefined && typeof alwaysPromise !== 'boolean')
    problems.add(() => `alwaysPromise: ${textOf(alwaysPromise)} is neither true nor false.`);
  if (arity !== undefined && !(Number.isInteger(arity) && arity >= 0))
    problems.add(() => `arity: ${textOf(arity)} is not a whole number from 0.`);
  checkPicture(picture, problems);
  problems.throwIfAny(isKind ? `${kind}: the flow` : 'combinator: the flow');
}

/** How deep pictures may be nested. Deeper is a mistake, such as a loop that wraps a flow again and again. */
const MAX_DEPTH = 1_000;

function depthOf(kind: string, picture: Picture): number {
  let deepest = 0;
  for (const { flow: child } of picture.slots) deepest = Math.max(deepest, child[DEFINITION].depth);
  if (deepest < MAX_DEPTH) return deepest + 1;
  throw new HolonError(
    'invalid-flow',
    `${kind}: its children are nested ${MAX_DEPTH.toLocaleString('en')} levels deep already; that is the limit.`,
  );
}

/** A place for a child. A plain function becomes a flow of its own. */
export function slot(child: unknown, options: { readonly key?: string; readonly many?: boolean } = {}): Slot {
  return { flow: toFlow(child), key: options.key, many: options.many ?? false };
}

/** The flow itself, or a flow of a plain function. @throws HolonError `invalid-flow` for anything else */
function toFlow(value: unknown): AnyFlow {
  if (definitionOf(value) !== undefined) return value as AnyFlow;
  if (typeof value === 'function') return flow(value as (...args: unknown[]) => unknown);
  throw new HolonError('invalid-flow', `${textOf(value)} is neither a flow nor a function.`);
}

function fromDefinition(definition: Definition): AnyFlow {
  const callable = (...args: unknown[]) => enter(callable as unknown as AnyFlow, args);
  Object.defineProperties(callable, {
    [DEFINITION]: { value: definition },
    name: { value: definition.name ?? definition.functionName ?? definition.kind },
    length: { value: definition.arity },
    with: { value: (options: FlowOptions & { readonly name?: string }) => copy(definition, options) },
  });
  if (definition.policies.isolation !== null) rememberIsolated(definition);
  return callable as unknown as AnyFlow;
}

function copy(original: Definition, options: FlowOptions & { readonly name?: string | undefined }): AnyFlow {
  const name = options.name ?? original.name;
  if (name !== undefined) checkName(name, 'with');
  const resolved = resolveFlowOptions(options, `with() of "${name ?? original.kind}"`, ['name']);
  const isolation = resolved.policies.isolation ?? original.policies.isolation;
  return fromDefinition({
    ...original,
    name,
    isolates: original.isolates || isolation !== null,
    arity: resolved.params?.length ?? original.arity,
    params: resolved.params ?? original.params,
    policies: {
      retry: resolved.policies.retry ?? original.policies.retry,
      timeoutMs: resolved.policies.timeoutMs ?? original.policies.timeoutMs,
      scheduling: mergeScheduling(resolved.policies.scheduling, original.policies.scheduling),
      isolation,
    },
    input: resolved.input ?? original.input,
    output: resolved.output ?? original.output,
    origin: captureOrigin(),
    original,
  });
}
