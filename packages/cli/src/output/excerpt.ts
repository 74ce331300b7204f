import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isAbsolute, relative } from 'node:path';
import { type Colors, safe } from './style.ts';

/** A place in a text, to be shown with the lines around it. */
export interface Excerpt {
  /** What the text is: a file's path, `--input`, `standard input`. */
  readonly name: string;
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** From 1; without it the whole line is meant. */
  readonly column?: number | undefined;
  /** How many characters are meant. @default 1 */
  readonly length?: number | undefined;
}

const LINES_BEFORE = 2;
const LINES_AFTER = 1;
/** What is shown of a long line, around the place that is meant. */
const MAX_LINE_CHARS = 100;

/** The excerpt as lines of text, with a caret below the place. */
export function renderExcerpt(excerpt: Excerpt, colors: Colors): string {
  const lines = excerpt.text.split(/\r?\n/u);
  const first = Math.max(1, excerpt.line - LINES_BEFORE);
  const total = lines.at(-1) === '' && lines.length > excerpt.line ? lines.length - 1 : lines.length;
  const last = Math.min(total, excerpt.line + LINES_AFTER);
  const gutter = String(last).length;
  const place = excerpt.column === undefined ? `${excerpt.line}` : `${excerpt.line}:${excerpt.column}`;
  const start = Math.max(0, (excerpt.column ?? 1) - Math.floor(MAX_LINE_CHARS * 0.7));
  const out = [colors.cyan(`${safe(excerpt.name)}:${place}`)];
  for (let number = first; number <= last; number++) {
    const meant = number === excerpt.line;
    const text = windowOf(lines[number - 1] ?? '', start);
    const label = String(number).padStart(gutter);
    out.push(
      meant
        ? `${colors.red('❯')} ${colors.bold(label)} ${colors.dim('│')} ${text}`
        : colors.dim(`  ${label} │ ${text}`),
    );
    if (meant && excerpt.column !== undefined) {
      const offset = ' '.repeat(excerpt.column - 1 - start + (start > 0 ? 1 : 0));
      out.push(`  ${' '.repeat(gutter)} ${colors.dim('│')} ${offset}${colors.red('^'.repeat(excerpt.length ?? 1))}`);
    }
  }
  return out.join('\n');
}

/** Tabs become one space each, so that the caret stands below what it means. */
function windowOf(line: string, start: number): string {
  const part = safe(line.slice(start, start + MAX_LINE_CHARS).replaceAll('\t', ' '));
  return `${start > 0 ? '…' : ''}${part}${line.length > start + MAX_LINE_CHARS ? '…' : ''}`;
}

/** An excerpt of a file, or undefined when it can't be read or has no such line. */
export function excerptOfFile(file: string, line: number, column?: number, length?: number): Excerpt | undefined {
  const path = pathOf(file);
  try {
    const text = readFileSync(path, 'utf8');
    if (line > text.split('\n').length) return undefined;
    return { name: shownPath(path), text, line, column, length };
  } catch {
    return undefined;
  }
}

/** A file as a path, whether it was named by path or by URL. */
export function pathOf(file: string): string {
  return file.startsWith('file://') ? fileURLToPath(file) : file;
}

/** A path as people would type it here: relative when it is below the working directory or near it. */
export function shownPath(file: string): string {
  const path = pathOf(file);
  if (!isAbsolute(path)) return path;
  const near = relative(process.cwd(), path);
  return near === '' ? '.' : near.startsWith('../../..') || isAbsolute(near) ? path : near;
}
