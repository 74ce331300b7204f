import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { nearest } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../output/excerpt.ts';

/** What `file#export` means. */
export interface Target {
  /** As it was written. */
  readonly text: string;
  /** Absolute path of a file that exists. */
  readonly file: string;
  /** The part after `#`. */
  readonly wanted: string | undefined;
}

/** What can be loaded as a module. */
const MODULE_EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'] as const;

/** @throws CliError when there is no such file, or it can't be a module */
export function parseTarget(text: string): Target {
  const { path, wanted } = split(text);
  const file = resolve(path);
  if (!existsSync(file)) throw missing(path, file);
  if (statSync(file).isDirectory()) {
    const inside = modulesIn(file);
    throw new CliError(`"${path}" is a folder, not a file.`, {
      details: [inside.length === 0 ? 'It has no TypeScript or JavaScript files.' : `It has ${listed(inside)}.`],
      todo: [`Name the file that has the flow, such as ${shownPath(resolve(file, inside[0] ?? 'flow.ts'))}.`],
    });
  }
  if (!(MODULE_EXTENSIONS as readonly string[]).includes(extname(file))) {
    throw new CliError(`"${path}" is not a TypeScript or JavaScript file.`, {
      details: [`Expected a file that ends in ${MODULE_EXTENSIONS.join(', ')}.`],
    });
  }
  return { text, file, wanted };
}

/** A `#` that is part of an existing file's name is not a separator. */
function split(text: string): { path: string; wanted: string | undefined } {
  const at = text.lastIndexOf('#');
  if (at <= 0 || existsSync(resolve(text))) return { path: text, wanted: undefined };
  const wanted = text.slice(at + 1);
  return { path: text.slice(0, at), wanted: wanted === '' ? undefined : wanted };
}

function missing(path: string, file: string): CliError {
  const folder = dirname(file);
  if (!existsSync(folder)) {
    return new CliError(`There is no file "${path}".`, {
      details: [`There is no folder "${shownPath(folder)}" either.`],
    });
  }
  const modules = modulesIn(folder);
  const near =
    modules.find((name) => name.slice(0, -extname(name).length) === basename(file)) ?? nearest(basename(file), modules);
  return new CliError(`There is no file "${path}".`, {
    details:
      near !== undefined
        ? [`Did you mean "${shownPath(resolve(folder, near))}"?`]
        : [
            `${folder === process.cwd() ? 'This folder' : `"${shownPath(folder)}"`} has ${modules.length === 0 ? 'no TypeScript or JavaScript files' : listed(modules)}.`,
          ],
  });
}

function modulesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => (MODULE_EXTENSIONS as readonly string[]).includes(extname(name)) && !name.endsWith('.d.ts'))
    .sort();
}

const MAX_LISTED = 8;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${names.length - MAX_LISTED} more` : shown;
}
