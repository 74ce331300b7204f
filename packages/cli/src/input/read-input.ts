import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { nearest } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { namesIn } from '../load/names-in.ts';
import { shownPath } from '../output/excerpt.ts';
import { fileProblem } from '../output/file-problem.ts';
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
    if (existsSync(given) && !isFolder(given)) return readJsonFile(given);
    throw neitherJsonNorFile(given);
  }
}

/** @throws CliError when the file can't be read or is not JSON */
export function readJsonFile(path: string): unknown {
  if (path === '') throw new CliError('The path of the JSON file is empty.');
  if (!existsSync(path)) throw new CliError(`There is no file "${path}".`, { details: nearbyFile(path) });
  if (isFolder(path)) throw new CliError(`"${path}" is a folder, not a file.`);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CliError(`"${path}" can't be read: ${fileProblem(error)}.`);
  }
  return parseJson(bytes, shownPath(path));
}

function parseJson(bytes: Buffer, name: string): unknown {
  const text = decode(bytes, name);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (text.trim() === '') throw new CliError(`${name} is empty; expected JSON.`);
    throw notJson(text, name);
  }
}

/** Other encodings would become question marks in silence. A byte order mark is left out. */
function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`${name} is not text in UTF-8, as JSON has to be.`);
  }
}

async function readStandardInput(): Promise<Buffer> {
  if (process.stdin.isTTY) {
    throw new CliError('--input - reads JSON from standard input, which is this terminal.', {
      todo: [`echo '{"some": "input"}' | holon run flow.ts --input -`],
    });
  }
  return buffer(process.stdin);
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
  const near = nearest(basename(path), namesIn(folder));
  return near === undefined ? [] : [`Did you mean "${shownPath(resolve(folder, near))}"?`];
}

/** Pipes and devices are read like files: `--input <(jq …)`. */
function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}
