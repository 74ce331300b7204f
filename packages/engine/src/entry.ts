import { type AnyFlow, ArgumentList, HolonError, applySchema, definitionOf, isFlow, textOf } from '@holon/flow';

/** @throws HolonError `invalid-flow` when `value` is none */
export function checkFlow(value: unknown): asserts value is AnyFlow {
  if (isFlow(value)) return;
  throw new HolonError('invalid-flow', `${textOf(value)} is not a flow: make one of a function with flow(fn).`);
}

/**
 * An input as it is given at an entry: with two parameters or more, an array is the list of arguments,
 * and a record is matched to `params`. Checked against the input schema, so that a caller's mistake is
 * thrown before anything runs.
 *
 * @throws HolonError `invalid-input`
 */
export function entryInput(flow: AnyFlow, given: unknown): unknown {
  const { input: schema, name, functionName, kind } = definitionOf(flow)!;
  const label = name ?? functionName ?? kind;
  const input = matched(flow, given, label);
  if (schema !== undefined) applySchema(schema, input, 'input', label);
  return input;
}

function matched(flow: AnyFlow, input: unknown, label: string): unknown {
  const { arity, params } = definitionOf(flow)!;
  if (arity < 2) return input;
  if (Array.isArray(input)) {
    if (input.length > arity) {
      throw new HolonError(
        'invalid-input',
        `"${label}" takes ${arity} arguments; ${input.length} were given: ${textOf(input)}`,
      );
    }
    return new ArgumentList(input);
  }
  if (params !== undefined && typeof input === 'object' && input !== null) {
    const record = input as Readonly<Record<string, unknown>>;
    const missing = params.filter((param) => !Object.hasOwn(record, param));
    if (missing.length > 0)
      throw new HolonError('invalid-input', `"${label}" takes ${params.join(', ')}; ${missing.join(', ')} is missing.`);
    return new ArgumentList(params.map((param) => record[param]));
  }
  const list = `"${label}" takes ${arity} arguments: give them as a list, such as [${Array(arity).fill('…').join(', ')}].`;
  const optional =
    params === undefined ? ' An optional parameter (b?) counts as one: give it a default, or set params.' : '';
  throw new HolonError('invalid-input', `${list}${optional} Given: ${textOf(input)}`);
}
