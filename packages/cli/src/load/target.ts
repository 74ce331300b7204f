import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { nearest } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../output/excerpt.ts';
import { namesIn } from './names-in.ts';

/** What `file#export` means. */
export interface Target {
  /** As it was written, without the export. */
  readonly path: string;
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
  if (path === '') {
    throw new CliError(text === '' ? 'The name of the file is empty.' : `"${text}" names an export, but no file.`, {
      todo: [`Name the file first: flow.ts${text}`],
    });
  }
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
  return { path, file, wanted };
}

/** File names and exports may have a `#` themselves: the longest part in front of one that is a file is the file. */
function split(text: string): { path: string; wanted: string | undefined } {
  const ends = [text.length, ...[...text.matchAll(/#/gu)].map(({ index }) => index).toReversed()];
  const end = ends.find((each) => each > 0 && existsSync(text.slice(0, each))) ?? ends[1] ?? text.length;
  const wanted = text.slice(end + 1);
  return { path: text.slice(0, end), wanted: wanted === '' ? undefined : wanted };
}

function missing(path: string, file: string): CliError {
  const folder = dirname(file);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    return new CliError(`"${path}" is a link to "${readlinkSync(file)}", which does not exist.`);
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
  return namesIn(folder).filter(
    (name) => (MODULE_EXTENSIONS as readonly string[]).includes(extname(name)) && !name.endsWith('.d.ts'),
  );
}

const MAX_LISTED = 8;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${names.length - MAX_LISTED} more` : shown;
}
