import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createJiti } from 'jiti';

/** A place in a file. Line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly length?: number;
}

/** So many files are looked through before the search is given up. */
const MAX_FILES = 200;
const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/gu;

/**
 * Where the syntax error is that keeps `file` from being imported: V8 keeps the place of one in
 * JavaScript to itself, and even the file when it is an imported one. So another parser looks
 * through the file and what it imports. Runs nothing.
 */
export function findSyntaxError(file: string): Place | undefined {
  const jiti = createJiti(import.meta.url);
  const files = [file];
  for (let i = 0; i < files.length && i < MAX_FILES; i++) {
    const source = readFileSync(files[i]!, 'utf8');
    const place = failingPlace(
      jiti.transform({ source, filename: files[i]!, ts: /\.[cm]?tsx?$/u.test(files[i]!), jsx: true, async: true }),
    );
    if (place !== undefined) return { file: files[i]!, ...place };
    for (const [, specifier] of source.matchAll(IMPORTED)) {
      const imported = resolve(dirname(files[i]!), specifier!);
      if (/\.[cm]?[jt]sx?$/u.test(imported) && existsSync(imported) && !files.includes(imported)) files.push(imported);
    }
  }
  return undefined;
}

/** The transpiler turns a file that it can't parse into one that says so; its columns count from 0. */
function failingPlace(transpiled: string): { line: number; column: number } | undefined {
  const told = /^exports\.__JITI_ERROR__ = (\{.*\})/u.exec(transpiled)?.[1];
  if (told === undefined) return undefined;
  const { line, column } = JSON.parse(told) as { line: number; column: number };
  return { line, column: column + 1 };
}
