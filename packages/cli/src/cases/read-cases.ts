import { nearest, textOf } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { readJsonFile } from '../input/read-input.ts';
import { type LoadedFlow, addressOf } from '../load/load-flow.ts';
import { shownPath } from '../output/excerpt.ts';
import { shellQuote } from '../output/label.ts';
import { clip } from '../output/style.ts';

/** How a failure is expected to look: any, one with this message or code, or one with these parts. */
export type ExpectedError =
  | true
  | string
  | { readonly name?: string; readonly message?: string; readonly code?: string };

/** An input, and what has to come of it. */
export interface Case {
  readonly name: string;
  readonly input: unknown;
  readonly expects:
    | { readonly kind: 'output'; readonly output: unknown }
    | { readonly kind: 'error'; readonly error: ExpectedError };
}

const CASE_KEYS = ['name', 'input', 'output', 'error'];
const ERROR_KEYS = ['name', 'message', 'code'];
const EXAMPLE = `[{ "name": "adds", "input": [2, 3], "output": 5 }, { "input": ["x", 1], "error": "not a number" }]`;

/**
 * The cases of `--cases`, else those that the module exports as `cases` beside its flow.
 *
 * @throws CliError when there are none, or one is not a case
 */
export function readCases(loaded: LoadedFlow, path: string | undefined): Case[] {
  const source = path === undefined ? `"cases" of ${shownPath(loaded.target.file)}` : shownPath(path);
  const value = path === undefined ? loaded.exports['cases'] : readJsonFile(path);
  if (path === undefined && value === undefined) {
    throw new CliError(`${shownPath(loaded.target.file)} exports no "cases", and no --cases file was given.`, {
      details: [`Cases are a list such as ${EXAMPLE}`],
      todo: [`holon test ${shellQuote(addressOf(loaded))} --cases cases.json`],
    });
  }
  if (!Array.isArray(value)) {
    throw new CliError(`${source} is not a list of cases: ${textOf(value)}`, {
      details: [`Expected a list such as ${EXAMPLE}`],
    });
  }
  if (value.length === 0) throw new CliError(`${source} is an empty list: there is nothing to test.`);
  return value.map((each: unknown, i) => parseCase(each, i, source));
}

function parseCase(value: unknown, index: number, source: string): Case {
  const where = `Case ${index + 1} of ${source}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CliError(`${where} is not an object: ${textOf(value)}`);
  checkKeys(value, CASE_KEYS, where);
  const { name, input, output, error } = value as Record<string, unknown>;
  const hasOutput = 'output' in value;
  const hasError = 'error' in value;
  if (name !== undefined && typeof name !== 'string')
    throw new CliError(`${where}: its name is not a text: ${textOf(name)}`);
  if (hasOutput && hasError) throw new CliError(`${where} expects both an output and an error.`);
  if (!hasOutput && !hasError) throw new CliError(`${where} expects nothing: it needs "output" or "error".`);
  return {
    name: name ?? `${clip(textOf(input), 60)}`,
    input,
    expects: hasOutput ? { kind: 'output', output } : { kind: 'error', error: parseExpectedError(error, where) },
  };
}

function parseExpectedError(error: unknown, where: string): ExpectedError {
  if (error === true || typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && !Array.isArray(error)) {
    checkKeys(error, ERROR_KEYS, `${where}, "error"`);
    const wrong = Object.entries(error).find(([, part]) => typeof part !== 'string');
    if (wrong === undefined) return error as ExpectedError;
  }
  throw new CliError(
    `${where}: "error" is ${textOf(error)}. Expected true, the message or code, or an object of ${ERROR_KEYS.join(', ')}.`,
  );
}

function checkKeys(value: object, known: readonly string[], where: string): void {
  const strange = Object.keys(value).find((key) => !known.includes(key));
  if (strange === undefined) return;
  const near = nearest(strange, known);
  throw new CliError(
    `${where} has an unknown key "${strange}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    {
      details: [`Known: ${known.join(', ')}.`],
    },
  );
}
