import { HolonError, textOf } from './errors.ts';
import { ArgumentList, isPromiseLike } from './port.ts';
import { TypeRefusal } from './type-check.ts';

/** The part of Standard Schema v1 (https://standardschema.dev) that is used here; zod, valibot, arktype give it. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** The value as the schema gives it, or all that is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that is wrong with a value. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** How many issues a failure lists: all items of a long list may be wrong in the same way. */
const MAX_ISSUES = 20;
const MAX_MESSAGE_CHARS = 300;
const MAX_GIVEN_CHARS = 60;

/** One thing that is wrong with a value, as a failure carries it. */
export interface SchemaIssue {
  /** `items[1].count`; empty for the whole value. */
  readonly path: string;
  readonly message: string;
  /** A short text of what was given there, never the value itself. */
  readonly given: string;
}

/**
 * The value as the schema gives it back (defaults filled in, coercions made).
 *
 * @param side `input` or `output`, with the flow's label, for the message
 * @throws HolonError `invalid-input` or `invalid-output` with path, message and a short text of what was given for each
 *   issue (the first 20; `details.count` says how many there are), and as data in `details.issues`;
 *   `invalid-option` when the schema answers with a promise
 */
export function applySchema(schema: StandardSchema, value: unknown, side: 'input' | 'output', label: string): unknown {
  // Several arguments are checked as the list of them.
  const given = value instanceof ArgumentList ? value.values : value;
  const result = schema['~standard'].validate(given);
  if (isPromiseLike(result)) {
    result.then(undefined, () => undefined);
    throw new HolonError(
      'invalid-option',
      `The ${side} schema of "${label}" is asynchronous; only synchronous schemas are taken.`,
    );
  }
  if (result.issues === undefined) {
    return value instanceof ArgumentList && Array.isArray(result.value) ? new ArgumentList(result.value) : result.value;
  }
  if (result instanceof TypeRefusal) throw result.toError(side, label);
  throw refusal(result.issues, given, side, label);
}

function refusal(found: readonly StandardIssue[], given: unknown, side: 'input' | 'output', label: string): HolonError {
  const issues = found.slice(0, MAX_ISSUES).map((issue): SchemaIssue => {
    const steps = (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step));
    return {
      path: pathText(steps),
      message: cut(issue.message),
      given: textOf(valueAt(given, steps), MAX_GIVEN_CHARS),
    };
  });
  const lines = issues.map(({ path, message, given: there }) =>
    path === '' ? `  (the whole value): ${message}` : `  ${path}: ${message} (given: ${there})`,
  );
  if (found.length > issues.length) lines.push(`  … and ${found.length - issues.length} more.`);
  return new HolonError(
    side === 'input' ? 'invalid-input' : 'invalid-output',
    `The ${side} of "${label}" does not fit its schema:\n${lines.join('\n')}\n  given: ${textOf(given)}`,
    { details: { issues, count: found.length } },
  );
}

function cut(message: unknown): string {
  const text = String(message);
  return text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS)}…` : text;
}

function valueAt(value: unknown, steps: readonly PropertyKey[]): unknown {
  let at = value;
  for (const step of steps) {
    if (at === null || at === undefined) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return at;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** `items[1].count`; a key that is no identifier stands in quotes. */
function pathText(steps: readonly PropertyKey[]): string {
  let text = '';
  for (const key of steps) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (typeof key === 'symbol') text += `[${String(key)}]`;
    else if (IDENTIFIER.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${textOf(key, MAX_GIVEN_CHARS)}]`;
  }
  return text;
}

/** Whether a value has what is asked of a schema here. */
export function isSchema(value: unknown): value is StandardSchema {
  return typeof (value as Partial<StandardSchema> | null | undefined)?.['~standard']?.validate === 'function';
}
