import { existsSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Transpile from './transpile.ts';

export type ModuleExports = Readonly<Record<string, unknown>>;

/** Only a transpiler reads these. */
const TRANSPILED_EXTENSIONS = ['.tsx', '.jsx'];
/** What a relative import without extension may mean, to a transpiler but not to Node. */
const GUESSED = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '/index.ts', '/index.js'];

/**
 * Imports a person's module: with Node itself, which strips types, and only where that does not
 * suffice (enums, decorators, parameter properties, imports without extension, JSX) with a
 * transpiler. Either way it gets the very module instances of `@holon/*` that the command uses.
 *
 * @throws whatever Node, the transpiler or the module itself throws
 */
export async function importModule(file: string): Promise<ModuleExports> {
  if (TRANSPILED_EXTENSIONS.includes(extname(file))) return transpiled(file);
  try {
    return (await import(pathToFileURL(file).href)) as ModuleExports;
  } catch (error) {
    // All of these are found while modules are linked, before any of them runs: nothing runs twice.
    if (needsTranspiler(error)) return transpiled(file);
    throw error;
  }
}

async function transpiled(file: string): Promise<ModuleExports> {
  const { importTranspiled }: typeof Transpile = await import('./transpile.ts');
  return importTranspiled(file);
}

function needsTranspiler(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, url } = error as Error & { code?: string; url?: string };
  switch (code) {
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
    case 'ERR_UNSUPPORTED_DIR_IMPORT':
      return true;
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return TRANSPILED_EXTENSIONS.some((extension) => error.message.includes(`"${extension}"`));
    case 'ERR_MODULE_NOT_FOUND':
      return url !== undefined && GUESSED.some((ending) => existsSync(guess(fileURLToPath(url), ending)));
    default:
      // V8 has no decorators: it stops at the "@".
      return error instanceof SyntaxError && error.message === 'Invalid or unexpected token';
  }
}

/** `./step` for `./step.ts`; and `./step.js` for `./step.ts`, as compilers have it. */
function guess(path: string, ending: string): string {
  const extension = extname(path);
  if (/^\.[cm]?jsx?$/u.test(extension)) return resolve(dirname(path), path.slice(0, -extension.length) + ending);
  return path + ending;
}
