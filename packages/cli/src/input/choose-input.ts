import { type AnyFlow, definitionOf, isFlow, isHolonError, textOf } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import type { LoadedFlow } from '../load/load-flow.ts';
import { labelOf } from '../output/label.ts';
import { readInput } from './read-input.ts';

const FROM_EXPORT = 'The input is the one that the file exports as "input".';

/** What a run is started with, and where it comes from. */
export interface ChosenInput {
  readonly value: unknown;
  readonly source: 'option' | 'export' | 'none';
}

/**
 * The input of a run: `--input`, else the `input` that the module exports beside its flows, else none.
 *
 * @throws CliError when it can't be read, or does not give each parameter its argument
 */
export async function chooseInput(loaded: LoadedFlow, option: string | undefined): Promise<ChosenInput> {
  const chosen = await pick(loaded, option);
  checkArguments(loaded, chosen);
  return chosen;
}

async function pick({ exports }: LoadedFlow, option: string | undefined): Promise<ChosenInput> {
  if (option !== undefined) return { value: await readInput(option), source: 'option' };
  if (hasInput(exports)) return { value: exports['input'], source: 'export' };
  return { value: undefined, source: 'none' };
}

/** Whether a module has a default input: an export named `input` that is a value, not a flow or a function. */
export function hasInput(exports: Readonly<Record<string, unknown>>): boolean {
  return 'input' in exports && !isFlow(exports['input']) && typeof exports['input'] !== 'function';
}

/** The engine takes fewer arguments than there are parameters, as JavaScript does; typed by hand that is a slip. */
function checkArguments(loaded: LoadedFlow, { value, source }: ChosenInput): void {
  const { arity, params } = definitionOf(loaded.flow)!;
  if (arity === 0 || (arity === 1 && source !== 'none')) return;
  const label = labelOf(loaded);
  const todo = inputExamples(loaded.flow);
  const details = source === 'export' ? [FROM_EXPORT] : [];
  if (source === 'none') {
    const wanted = arity === 1 ? 'an input' : `${arity} arguments`;
    throw new CliError(`"${label}" takes ${wanted}, and none was given.`, { details, todo });
  }
  if (Array.isArray(value)) {
    if (value.length === arity) return;
    throw new CliError(`"${label}" takes ${arity} arguments; the input has ${value.length}: ${textOf(value)}`, {
      details,
      todo,
    });
  }
  if (params !== undefined && typeof value === 'object' && value !== null) return;
  throw new CliError(
    `"${label}" takes ${arity} arguments, so its input is a list of ${arity}. Given: ${textOf(value)}`,
    { details, todo },
  );
}

/** How to give an input; to a flow of several parameters as a list, or by name where it has names. */
function inputExamples(flow: AnyFlow): string[] {
  const { arity, params } = definitionOf(flow)!;
  if (arity < 2) return [`--input '…' (JSON, the path of a JSON file, or - for standard input)`];
  const list = `--input '[${Array.from({ length: arity }, (_, i) => i + 1).join(', ')}]'`;
  return params === undefined ? [list] : [list, `--input '{${params.map((param) => `"${param}": …`).join(', ')}}'`];
}

/** What the engine refuses before anything runs, as a mistake of who gave the input; anything else as it is. */
export function asInputMistake(error: unknown, { source }: ChosenInput, flow: AnyFlow): unknown {
  if (!isHolonError(error, 'invalid-input') && !isHolonError(error, 'invalid-option')) return error;
  const details = source === 'export' ? [FROM_EXPORT] : [];
  const hint = definitionOf(flow)!.arity > 1 || source === 'none' ? inputExamples(flow) : [];
  return new CliError(error.message, { details, todo: hint });
}
