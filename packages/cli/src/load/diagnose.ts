import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isHolonError, nearest, textOf } from '@holon/flow';
import { CliError } from '../cli-error.ts';
import { type Excerpt, excerptOfFile, pathOf, shownPath } from '../output/excerpt.ts';
import { frameLines, ownFrames } from '../output/stack.ts';
import type { Place } from './find-syntax-error.ts';
import { namesIn } from './names-in.ts';

/**
 * Why a module could not be imported, in words for its author: a syntax error, an import that leads
 * nowhere, a flow that can't be built, or whatever the module threw as it ran.
 */
export async function diagnoseImport(error: unknown, file: string): Promise<CliError> {
  const shown = shownPath(file);
  if (!(error instanceof Error)) {
    return new CliError(`${shown} threw while it was loaded, and what it threw is not an Error: ${textOf(error)}`, {
      details: ['A thrown value that is not an Error does not know where it comes from.'],
      todo: ['Throw an Error: throw new Error("what went wrong").'],
    });
  }
  if (isHolonError(error)) return flowMistake(error, shown);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return missingImport(error, file);
  if (/^The requested module '.*' (?:does not provide an export|is a CommonJS module)/su.test(error.message))
    return missingExport(error);
  if (error instanceof SyntaxError || isParseError(error)) return syntaxError(error, file);
  return thrownWhileLoading(error, shown);
}

function flowMistake(error: Error, shown: string): CliError {
  const [frame] = ownFrames(error.stack);
  return new CliError(error.message, {
    details: frame === undefined ? [`While loading ${shown}.`] : [],
    excerpt: frame && excerptOfFile(frame.file, frame.line, frame.column),
  });
}

function missingImport(error: Error, file: string): CliError {
  const wanted = /Cannot find (?:module|package) '([^']+)'/u.exec(error.message)?.[1] ?? '';
  const importer = pathOf(/imported from ([^\n]+?)(?:\n|$)/u.exec(error.message)?.[1] ?? file);
  const isPackage = /Cannot find package/u.test(error.message) || !/^[./]|^file:|^[A-Za-z]:[\\/]/u.test(wanted);
  if (isPackage) {
    const name = /^(@[^/]+\/[^/]+|[^/]+)/u.exec(wanted)?.[1] ?? wanted;
    return new CliError(`${shownPath(importer)} imports the package "${name}", which is not installed here.`, {
      excerpt: excerptOfImport(importer, wanted),
      todo: [`npm install ${name}`],
    });
  }
  const path = wanted.startsWith('file:') ? fileURLToPath(wanted) : wanted;
  const absolute = resolve(dirname(importer), path);
  const folder = dirname(absolute);
  const near = existsSync(folder) ? nearest(basename(absolute), namesIn(folder)) : undefined;
  return new CliError(`${shownPath(importer)} imports a file that does not exist: ${shownPath(absolute)}`, {
    details: near === undefined ? [] : [`Did you mean "${shownPath(resolve(folder, near))}"?`],
    excerpt: excerptOfImport(importer, basename(absolute)),
  });
}

/** The quoted specifier of a file that ends as the wanted one does. */
function excerptOfImport(importer: string, ending: string): Excerpt | undefined {
  if (!existsSync(importer)) return undefined;
  const lines = readFileSync(importer, 'utf8').split('\n');
  for (const [i, line] of lines.entries()) {
    for (const quoted of line.matchAll(/'[^']*'|"[^"]*"/gu)) {
      if (quoted[0].slice(1, -1).endsWith(ending))
        return excerptOfFile(importer, i + 1, quoted.index + 1, quoted[0].length);
    }
  }
  return undefined;
}

function missingExport(error: Error): CliError {
  const place = positionAbove(error.stack);
  const [, module, name] =
    /The requested module '(.*?)' does not provide an export named '(.*?)'/u.exec(error.message) ?? [];
  return new CliError(name === undefined ? error.message : `"${module}" exports no "${name}".`, {
    excerpt: place && excerptOfFile(place.file, place.line, place.column, place.length),
    todo:
      name === undefined ? [] : [`If ${name} is a type, import it as one: import { type ${name} } from '${module}'.`],
  });
}

async function syntaxError(error: Error, file: string): Promise<CliError> {
  const place = parserPosition(error) ?? positionAbove(error.stack) ?? (await searchSyntaxError(file));
  const message = error.message
    .replace(/^ParseError:\s*/u, '')
    .split('\n')[0]!
    .trim();
  return new CliError(`${shownPath(place?.file ?? file)} can't be read: ${message}`, {
    excerpt: place && excerptOfFile(place.file, place.line, place.column, place.length),
  });
}

function thrownWhileLoading(error: Error, shown: string): CliError {
  const frames = ownFrames(error.stack);
  const [frame] = frames;
  return new CliError(`${shown} threw while it was loaded: ${error.name}: ${error.message}`, {
    details: frames.length > 1 ? frameLines(frames) : [],
    excerpt: frame && excerptOfFile(frame.file, frame.line, frame.column),
  });
}

/** Node writes the place of a syntax error above the stack: the file and line, the line's text, carets. */
function positionAbove(stack: string | undefined): Place | undefined {
  const lines = (stack ?? '').split('\n');
  const head = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).*):(\d+)$/u.exec(lines[0] ?? '');
  if (head === null) return undefined;
  const caret = lines.map((line) => /^(\s*)(\^+)\s*$/u.exec(line)).find((match) => match !== null);
  return {
    file: pathOf(head[1]!),
    line: Number(head[2]),
    ...(caret && { column: caret[1]!.length + 1, length: caret[2]!.length }),
  };
}

function isParseError(error: Error): boolean {
  return error.message.startsWith('ParseError:');
}

/** The transpiler's parser writes the place on the message's second line; its columns count from 0. */
function parserPosition(error: Error): Place | undefined {
  const match = isParseError(error) ? /\n\s*(.*):(\d+):(\d+)/u.exec(error.message) : null;
  return match === null ? undefined : { file: pathOf(match[1]!), line: Number(match[2]), column: Number(match[3]) + 1 };
}

async function searchSyntaxError(file: string): Promise<Place | undefined> {
  const { findSyntaxError } = await import('./find-syntax-error.ts');
  return findSyntaxError(file);
}
