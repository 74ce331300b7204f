import { HolonError, textOf } from './errors.ts';
import { ArgumentList, isPromiseLike } from './port.ts';

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

/**
 * The value as the schema gives it back (defaults filled in, coercions made).
 *
 * @param what `input` or `output`, with the flow's label, for the message
 * @throws HolonError `invalid-input` or `invalid-output` with every issue's path and message, and in
 *   `details.issues` the same as data; `invalid-option` when the schema answers with a promise
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
  const issues = result.issues.map((issue) => ({ path: pathOf(issue), message: issue.message }));
  const lines = issues.map((issue) => `  ${issue.path === '' ? '(the whole value)' : issue.path}: ${issue.message}`);
  throw new HolonError(
    side === 'input' ? 'invalid-input' : 'invalid-output',
    `The ${side} of "${label}" does not fit its schema:\n${lines.join('\n')}\n  given: ${textOf(given)}`,
    { details: { issues } },
  );
}

function pathOf(issue: StandardIssue): string {
  let text = '';
  for (const step of issue.path ?? []) {
    const key = typeof step === 'object' ? step.key : step;
    text += typeof key === 'number' ? `[${key}]` : text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}
