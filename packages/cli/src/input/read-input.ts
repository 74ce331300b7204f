import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { nearest } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../output/excerpt.ts';
import { clip } from '../output/style.ts';
import { findJsonProblem } from './json-problem.ts';

/**
 * The value that `--input` means: JSON text, the path of a JSON file (`@path` is always one), or `-`
 * for JSON on standard input.
 *
 * @throws CliError with the position when it is not JSON, or when there is no such file
 */
export async function readInput(given: string): Promise<unknown> {
  if (given === '-') return parseJson(await readStandardInput(), 'standard input');
  if (given.startsWith('@')) return readJsonFile(given.slice(1));
  try {
    return JSON.parse(given) as unknown;
  } catch {
    if (isFile(given)) return readJsonFile(given);
    throw neitherJsonNorFile(given);
  }
}

/** @throws CliError when the file can't be read or is not JSON */
export function readJsonFile(path: string): unknown {
  if (!existsSync(path)) throw new CliError(`There is no file "${path}".`, { details: nearbyFile(path) });
  if (!isFile(path)) throw new CliError(`"${path}" is not a file.`);
  return parseJson(readFileSync(path, 'utf8').replace(/^\uFEFF/u, ''), shownPath(path));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (text.trim() === '') throw new CliError(`${name} is empty; expected JSON.`);
    throw notJson(text, name);
  }
}

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw new CliError('--input - reads JSON from standard input, which is this terminal.', {
      todo: [`echo '{"some": "input"}' | holon run flow.ts --input -`],
    });
  }
  return textOf(process.stdin);
}

function notJson(text: string, name: string, details: readonly string[] = []): CliError {
  const problem = findJsonProblem(text);
  if (problem === undefined) return new CliError(`${name} is not JSON.`, { details });
  return new CliError(
    `${name} is not JSON: there is ${problem.message} (line ${problem.line}, column ${problem.column}).`,
    {
      details,
      excerpt: { name, text, line: problem.line, column: problem.column },
    },
  );
}

function neitherJsonNorFile(given: string): CliError {
  if (given.trim() === '')
    return new CliError('--input is empty; expected JSON, the path of a JSON file, or - for standard input.');
  const isWord = /^[\p{L}\p{N} _.,!?-]+$/u.test(given);
  if (/\.\w+$/u.test(given) && !/^\s*[[{"]/u.test(given)) {
    return new CliError(`--input is neither JSON nor a file: ${clip(given, 80)}`, { details: nearbyFile(given) });
  }
  if (isWord && !/^[-\d]/u.test(given)) {
    return new CliError(`--input is neither JSON nor a file: ${clip(given, 80)}`, {
      todo: [`For a text write --input '${JSON.stringify(given)}'.`],
    });
  }
  return notJson(given, '--input');
}

function nearbyFile(path: string): string[] {
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) return [`There is no folder "${shownPath(folder)}" either.`];
  const near = nearest(basename(path), readdirSync(folder));
  return near === undefined ? [] : [`Did you mean "${shownPath(resolve(folder, near))}"?`];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
