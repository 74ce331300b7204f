import { isHolonError, textOf } from '@holon/flow';
import { excerptOfFile, renderExcerpt } from './excerpt.ts';
import { frameLines, ownFrames } from './stack.ts';
import { clip, indent, safe } from './style.ts';
import type { Channel } from './terminal.ts';

/** What is known about a run that failed. */
export interface Failure {
  /** What was thrown, itself. */
  readonly error: unknown;
  /** Instance in which it began. */
  readonly path: string;
  readonly attempt: number;
  /** Where the failing flow was written, for errors that bring no stack of their own. */
  readonly writtenAt: string | undefined;
  /** What to try next, one command or sentence a line. */
  readonly next: readonly string[];
}

/** Causes beyond this many are counted only. */
const MAX_CAUSES = 6;
const MAX_FRAMES = 6;
/** Of the errors in an AggregateError. */
const MAX_PARTS = 5;
const MAX_MESSAGE_CHARS = 2_000;
const LABEL_WIDTH = 11;

/** Prints where a run failed, why, from which line, and what to do next. */
export function showFailure(failure: Failure, notes: Channel): void {
  const { colors } = notes;
  const row = (label: string, text: string) => {
    const [first = '', ...rest] = safe(text).split('\n');
    notes.line(`  ${colors.dim(label.padEnd(LABEL_WIDTH))}${first}`);
    for (const line of rest) notes.line(indent(line, LABEL_WIDTH + 2));
  };
  const attempt = failure.attempt > 1 ? `, attempt ${failure.attempt}` : '';
  row('at', `${failure.path}${attempt}`);
  const chain = causesOf(failure.error);
  chain
    .slice(0, MAX_CAUSES)
    .forEach((error, i) =>
      row(i === 0 ? 'error' : 'caused by', i > 0 && !(error instanceof Error) ? textOf(error) : errorText(error)),
    );
  if (chain.length > MAX_CAUSES) row('', `… and ${chain.length - MAX_CAUSES} more causes`);

  const frames =
    chain
      .map((error) => ownFrames(error instanceof Error ? error.stack : undefined))
      .findLast((own) => own.length > 0) ?? [];
  const [innermost] = frames;
  if (innermost === undefined) {
    if (failure.writtenAt !== undefined) row('written', failure.writtenAt);
  } else {
    frameLines(frames.slice(0, MAX_FRAMES)).forEach((line, i) => row(i === 0 ? 'stack' : '', line));
    const excerpt = excerptOfFile(innermost.file, innermost.line, innermost.column);
    if (excerpt !== undefined) notes.line(`\n${indent(renderExcerpt(excerpt, colors), 2)}`);
  }
  if (failure.next.length > 0) notes.line();
  failure.next.forEach((line, i) => notes.line(`  ${colors.cyan((i === 0 ? 'next' : '').padEnd(LABEL_WIDTH))}${line}`));
}

/** An error in a line or a few: its name, its code where it has one, its message. A non-Error is named as one. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return `a non-Error was thrown: ${textOf(error)}`;
  const code = (error as { code?: unknown }).code;
  const shownCode = typeof code === 'string' && !error.message.includes(code) ? ` [${code}]` : '';
  const name = isHolonError(error) ? 'HolonError' : error.name;
  const text = `${name}${shownCode}: ${clip(error.message === '' ? '(without a message)' : error.message, MAX_MESSAGE_CHARS)}`;
  return error instanceof AggregateError ? [text, ...partTexts(error.errors)].join('\n') : text;
}

/** The errors that an AggregateError stands for: `Promise.any` says nothing of them in its message. */
function partTexts(errors: readonly unknown[]): string[] {
  const shown = errors
    .slice(0, MAX_PARTS)
    .map(
      (part) => `- ${part instanceof Error ? `${part.name}: ${clip(part.message, MAX_MESSAGE_CHARS)}` : textOf(part)}`,
    );
  return errors.length > MAX_PARTS ? [...shown, `- … and ${errors.length - MAX_PARTS} more`] : shown;
}

/** The error and its causes, outermost first. A chain that comes back to itself ends there. */
export function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && !chain.includes(at); at = at instanceof Error ? at.cause : undefined)
    chain.push(at);
  return chain;
}
