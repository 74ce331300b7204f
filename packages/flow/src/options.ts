import { checkKnown } from './check-known.ts';
import { type Duration, parseDuration } from './duration.ts';
import { HolonError, textOf } from './errors.ts';
import { type IsolationOptions, type IsolationPolicy, resolveIsolation } from './policies/isolation.ts';
import { type RetryOptions, type RetryPolicy, resolveRetryOptions } from './policies/retry.ts';
import {
  SCHEDULING_OPTIONS,
  type SchedulingOptions,
  type SchedulingPolicy,
  resolveSchedulingOptions,
} from './policies/scheduling.ts';
import type { StandardSchema } from './schema.ts';

/**
 * What an author may say about any flow. Policies are the engine's to act on; a direct call ignores them.
 *
 * @typeParam In what an input schema has to give: what the parameters take
 * @typeParam Out what an output schema has to give: what the flow is said to come to
 */
export interface FlowOptions<In = unknown, Out = unknown> extends SchedulingOptions<In>, IsolationOptions {
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

export interface ResolvedFlowOptions {
  readonly policies: Policies;
  readonly input: StandardSchema | undefined;
  readonly output: StandardSchema | undefined;
  readonly params: readonly string[] | undefined;
}

/** The names of {@link FlowOptions}, for combinators that take more. */
export const FLOW_OPTIONS: readonly string[] = [
  'retry',
  'timeout',
  'input',
  'output',
  'params',
  'isolation',
  ...SCHEDULING_OPTIONS,
];

/** @throws HolonError `invalid-option` naming the flow, the option and the value */
export function resolveFlowOptions(
  options: FlowOptions,
  where: string,
  alsoKnown: readonly string[] = [],
): ResolvedFlowOptions {
  checkKnown(options, [...FLOW_OPTIONS, ...alsoKnown], where);
  const { retry, timeout, params, isolation } = options;
  if (params !== undefined && !(Array.isArray(params) && params.every((name) => typeof name === 'string'))) {
    throw new HolonError('invalid-option', `${where}: params: ${textOf(params)} is not a list of names.`);
  }
  return {
    policies: {
      retry: retry === undefined ? undefined : resolveRetryOptions(retry, `${where}: retry`),
      timeoutMs: timeout === undefined ? undefined : parseDuration(timeout, `${where}: timeout`),
      scheduling: resolveSchedulingOptions(options, where),
      isolation: isolation === undefined ? null : resolveIsolation(isolation, `${where}: isolation`),
    },
    input: checkSchema(options.input, 'input', where),
    output: checkSchema(options.output, 'output', where),
    params,
  };
}

function checkSchema(schema: StandardSchema | undefined, side: string, where: string): StandardSchema | undefined {
  if (schema !== undefined && typeof schema?.['~standard']?.validate !== 'function') {
    throw new HolonError(
      'invalid-option',
      `${where}: ${side} is not a Standard Schema (zod 4, valibot, arktype give one).`,
    );
  }
  return schema;
}
