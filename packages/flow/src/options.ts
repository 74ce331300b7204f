import { unknownKeys } from './check-known.ts';
import { type Duration, parseDuration } from './duration.ts';
import { checkName } from './definition.ts';
import { HolonError, textOf } from './errors.ts';
import { type FlowMeta, type FlowNotes, NOTES, NO_META, checkNotes, metaOf } from './meta.ts';
import { type IsolationOptions, type IsolationPolicy, resolveIsolation } from './policies/isolation.ts';
import { type RetryOptions, type RetryPolicy, resolveRetryOptions } from './policies/retry.ts';
import {
  SCHEDULING_OPTIONS,
  type SchedulingOptions,
  type SchedulingPolicy,
  mergeScheduling,
  resolveSchedulingOptions,
} from './policies/scheduling.ts';
import { Problems } from './problems.ts';
import { type StandardSchema, isSchema } from './schema.ts';

/**
 * What an author may say about any flow. Policies are the engine's to act on; a direct call ignores them.
 *
 * @typeParam In what an input schema has to give: what the parameters take
 * @typeParam Out what an output schema has to give: what the flow is said to come to
 */
export interface FlowOptions<In = unknown, Out = unknown> extends SchedulingOptions<In>, IsolationOptions, FlowNotes {
  /** What follows a failed attempt; a number is `{ retries: n }`. @default no retry */
  readonly retry?: number | RetryOptions | undefined;
  /** How long one attempt may take before it is aborted and fails with `timeout`. @default no limit */
  readonly timeout?: Duration | undefined;
  /** Checked before the body, in direct calls and in runs; the body gets what the schema gives back. */
  readonly input?: StandardSchema<unknown, In> | undefined;
  /** Checked after the body, in direct calls and in runs; what the schema gives back is the result. */
  readonly output?: StandardSchema<unknown, Out> | undefined;
  /**
   * Names of the parameters. With two or more, an entry takes the list of them, optional ones included, or a
   * record with these keys. Without it, an entry takes a list when two or more parameters are required.
   */
  readonly params?: readonly string[] | undefined;
  /** The author's own version: another one is another structure, so a kept run of the old one is not taken up by it. */
  readonly version?: string | number | undefined;
  /** Whatever the author wants to keep with the flow; read it as `flow.meta`. */
  readonly meta?: FlowMeta | undefined;
}

/** What {@link FlowOptions} comes to for the engine. */
export interface Policies {
  readonly retry: RetryPolicy | undefined;
  readonly timeoutMs: number | undefined;
  /** When it runs, and beside what. Null when nothing is said about it. */
  readonly scheduling: SchedulingPolicy | null;
  /** Where its body runs. Null for the engine's own thread. */
  readonly isolation: IsolationPolicy | null;
}

/** What an author said about a flow, checked. */
export interface ResolvedFlowOptions {
  readonly name: string | undefined;
  readonly policies: Policies;
  readonly input: StandardSchema | undefined;
  readonly output: StandardSchema | undefined;
  readonly params: readonly string[] | undefined;
  readonly version: string | number | undefined;
  readonly meta: FlowMeta;
}

/** The options that say how the engine runs a flow; the others say what it is. */
const POLICIES: readonly string[] = ['retry', 'timeout', 'isolation', ...SCHEDULING_OPTIONS];

/** The names of {@link FlowOptions}, for combinators that take more. */
export const FLOW_OPTIONS: readonly string[] = [...POLICIES, 'input', 'output', 'params', 'version', 'meta', ...NOTES];

/** Of a flow whose author asked for none. */
export const NO_POLICIES: Policies = { retry: undefined, timeoutMs: undefined, scheduling: null, isolation: null };

/** Options where the name may stand among them. */
export type NamedOptions = FlowOptions & { readonly name?: string | undefined };

/** Options as they were given, and what else is needed to check them. */
export interface GivenOptions {
  readonly options: NamedOptions | undefined;
  /** The name that stands before them. */
  readonly name?: string | undefined;
  /** What may stand among them besides {@link FLOW_OPTIONS}. */
  readonly alsoKnown?: readonly string[];
  /** The meta that a copied flow had. */
  readonly meta?: FlowMeta;
}

const NOTHING_SAID: ResolvedFlowOptions = {
  name: undefined,
  policies: NO_POLICIES,
  input: undefined,
  output: undefined,
  params: undefined,
  version: undefined,
  meta: NO_META,
};

/**
 * @throws HolonError `invalid-option` with everything that is wrong, naming the flow, the options and the values;
 *   `invalid-name` where it is the name alone
 */
export function resolveFlowOptions(given: GivenOptions, where: string): ResolvedFlowOptions {
  if (given.options === undefined && given.name === undefined && given.meta === undefined) return NOTHING_SAID;
  const problems = new Problems();
  const name = problems.take(() => nameIn(given));
  const badName = !problems.none;
  const said = given.options === undefined ? undefined : resolve(given.options, given, where, problems);
  problems.throwIfAny(where, badName && problems.texts.length === 1 ? 'invalid-name' : 'invalid-option');
  return { ...(said ?? { ...NOTHING_SAID, meta: given.meta ?? NO_META }), name };
}

function nameIn({ name, options }: GivenOptions): string | undefined {
  const noted: unknown = options?.meta?.name;
  const listed = options?.name;
  if (name !== undefined && listed !== undefined && name !== listed)
    throw new HolonError('invalid-name', `name: ${textOf(listed)} is a second name beside ${textOf(name)}.`);
  const explicit = name ?? listed ?? (typeof noted === 'string' ? noted : undefined);
  if (explicit !== undefined) checkName(explicit, 'name');
  return explicit;
}

function resolve(
  options: NamedOptions,
  given: GivenOptions,
  where: string,
  problems: Problems,
): Omit<ResolvedFlowOptions, 'name'> {
  for (const problem of unknownKeys(options, [...FLOW_OPTIONS, ...(given.alsoKnown ?? [])], where))
    problems.add(() => problem);
  const { retry, timeout, params, version, isolation } = options;
  checkNotes(options, problems);
  if (params !== undefined && !(Array.isArray(params) && params.every((param) => typeof param === 'string')))
    problems.add(() => `params: ${textOf(params)} is not a list of names.`);
  if (version !== undefined && !isVersion(version))
    problems.add(() => `version: ${textOf(version)} is neither a text nor a finite number.`);
  const noted: unknown = options.meta?.version;
  return {
    policies: {
      retry: retry === undefined ? undefined : problems.take(() => resolveRetryOptions(retry)),
      timeoutMs: timeout === undefined ? undefined : problems.take(() => parseDuration(timeout, 'timeout')),
      scheduling: problems.take(() => resolveSchedulingOptions(options)) ?? null,
      isolation:
        isolation === undefined ? null : (problems.take(() => resolveIsolation(isolation, 'isolation')) ?? null),
    },
    input: checkSchema(options.input, 'input', problems),
    output: checkSchema(options.output, 'output', problems),
    params,
    version: version ?? (isVersion(noted) ? noted : undefined),
    meta: metaOf(options, given.meta),
  };
}

function isVersion(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

function checkSchema(
  schema: StandardSchema | undefined,
  side: 'input' | 'output',
  problems: Problems,
): StandardSchema | undefined {
  if (schema !== undefined && !isSchema(schema)) {
    const hint = typeof schema === 'function' ? ` A predicate goes into types: { ${side} }.` : '';
    problems.add(() => `${side} is not a Standard Schema (zod 4, valibot, arktype give one).${hint}`);
  }
  return schema;
}

/** The policies that a copy has: what is not mentioned stays. */
export function mergePolicies(before: Policies, after: Policies): Policies {
  return {
    retry: after.retry ?? before.retry,
    timeoutMs: after.timeoutMs ?? before.timeoutMs,
    scheduling: mergeScheduling(after.scheduling, before.scheduling),
    isolation: after.isolation ?? before.isolation,
  };
}

/** Options apart: what says what a flow is, and what says how the engine runs it; each undefined when there is none. */
export function splitOptions(
  options: NamedOptions | undefined,
): readonly [describing: NamedOptions | undefined, policies: FlowOptions | undefined] {
  const some = (describing: boolean): NamedOptions | undefined => {
    const entries = Object.entries(options ?? {}).filter(([key]) => POLICIES.includes(key) !== describing);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  return [some(true), some(false)];
}
