import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Breakpoint, PlacedBreakpoint } from '@holon/engine/events';
import type { FlowPicture, PictureNode } from '@holon/flow';
import type { DapBreakpoint } from '../protocol/index.ts';

/** What a source file's new breakpoints come to. */
export interface SourcePlan {
  /** All breakpoints of the session from here on. */
  readonly breakpoints: readonly Breakpoint[];
  /** For each line asked for: the nodes written there, by static id. */
  readonly nodesByLine: readonly (readonly string[])[];
}

/**
 * Replaces the entry breakpoints of the flows written in one file by those at `lines`. Exit
 * breakpoints stay, since no line can name one, and so do those of other files.
 */
export function planSourceBreakpoints(
  picture: FlowPicture,
  current: readonly PlacedBreakpoint[],
  path: string,
  lines: readonly number[],
): SourcePlan {
  const inFile = picture.nodes.filter((node) => node.origin !== undefined && isSameFile(node.origin.file, path));
  const idsInFile = new Set(inFile.map((node) => node.id));
  const kept = current
    .filter((breakpoint) => breakpoint.phase === 'exit' || !idsInFile.has(breakpoint.node))
    .map(({ node, phase }) => ({ node, phase }));
  const nodesByLine = lines.map((line) => inFile.filter((node) => node.origin?.line === line).map((node) => node.id));
  const added = [...new Set(nodesByLine.flat())].map((node) => ({ node, phase: 'entry' as const }));
  return { breakpoints: [...kept, ...added], nodesByLine };
}

/** What to tell about one line, once the session has placed the breakpoints. */
export function describeLine(
  picture: FlowPicture,
  placed: readonly PlacedBreakpoint[],
  path: string,
  line: number,
  nodes: readonly string[],
): DapBreakpoint {
  if (nodes.length === 0) return { verified: false, line, message: nothingAt(picture, path, line) };
  const here = placed.filter((breakpoint) => breakpoint.phase === 'entry' && nodes.includes(breakpoint.node));
  const message = here.find((breakpoint) => breakpoint.message !== undefined)?.message;
  return { verified: here.some((breakpoint) => breakpoint.verified), line, ...(message !== undefined && { message }) };
}

function nothingAt(picture: FlowPicture, path: string, line: number): string {
  let nearest: PictureNode | undefined;
  const distance = (node: PictureNode | undefined) => Math.abs((node?.origin?.line ?? Infinity) - line);
  for (const node of picture.nodes) {
    if (node.origin !== undefined && isSameFile(node.origin.file, path) && distance(node) < distance(nearest))
      nearest = node;
  }
  if (nearest?.origin === undefined) return `No flow of "${picture.root}" is written in this file.`;
  return `No flow is written at line ${line}; the nearest is "${nearest.label}" at line ${nearest.origin.line}.`;
}

/** Loaders name files as paths or as URLs; editors as paths. */
function isSameFile(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

function normal(file: string): string {
  try {
    return file.startsWith('file:') ? fileURLToPath(file) : resolve(decodeURI(file));
  } catch {
    return file;
  }
}
