import { isAbsolute } from 'node:path';
import { pathOf, shownPath } from './excerpt.ts';

/** One call of a stack. Line and column count from 1. */
export interface StackFrame {
  readonly name: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where this command and Holon's packages live in a checkout; installed, they are below node_modules anyway. */
const HOLON_SOURCE =
  /[/\\](?:packages[/\\](?:flow|engine|store|viz|cli)|apps[/\\]debugger)[/\\](?:src|server|dist)[/\\](?!.*\.test\.ts)/u;
const NOT_THEIRS = /^node:|[/\\]node_modules[/\\]|^native$|^<anonymous>$|^evalmachine/u;
const LOCATION = /^(.*?):(\d+):(\d+)$/u;

/** The frames of a stack that lie in the person's own files, innermost first. */
export function ownFrames(stack: string | undefined): StackFrame[] {
  return framesOf(stack).filter((frame) => isOwn(frame.file));
}

function isOwn(file: string): boolean {
  return !NOT_THEIRS.test(file) && !HOLON_SOURCE.test(file) && (file.startsWith('file://') || isAbsolute(file));
}

function framesOf(stack: string | undefined): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const line of (stack ?? '').split('\n')) {
    const call = /^\s+at (?:async )?(?:(.*?) \((.*)\)|(.*))$/u.exec(line);
    if (call === null) continue;
    const place = LOCATION.exec(call[2] ?? call[3] ?? '');
    if (place === null) continue;
    frames.push({ name: nameOf(call[1]), file: pathOf(place[1]!), line: Number(place[2]), column: Number(place[3]) });
  }
  return frames;
}

/** V8 names the function in `flow(async () => …, { retry: { retries } })` after the options: `flow.retry.retries`. */
function nameOf(given: string | undefined): string | undefined {
  return given === undefined || /^(?:Object\.)?<anonymous>$|^flow\./u.test(given) ? undefined : given;
}

/** `score  flows/report.ts:12:7`, the names in a column. */
export function frameLines(frames: readonly StackFrame[]): string[] {
  const width = Math.min(30, Math.max(0, ...frames.map((frame) => frame.name?.length ?? 1)));
  return frames.map(
    ({ name = '·', file, line, column }) => `${name.padEnd(width)}  ${shownPath(file)}:${line}:${column}`,
  );
}
