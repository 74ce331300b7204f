import { textOf, toWireError } from '@holon/flow';
import { causesOf, errorText, isError } from './error-text.ts';
import { excerptOfFile, renderExcerpt } from './excerpt.ts';
import { frameLines, ownFrames } from './stack.ts';
import { indent, safe } from './style.ts';
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
  /** The command to try next. */
  readonly next: string;
}

/** Causes beyond this many are counted only. */
const MAX_CAUSES = 6;
const MAX_FRAMES = 6;
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
      row(i === 0 ? 'error' : 'caused by', i > 0 && !isError(error) ? textOf(error) : errorText(error)),
    );
  if (chain.length > MAX_CAUSES) row('', `… and ${chain.length - MAX_CAUSES} more causes`);

  const frames = chain.map((error) => ownFrames(toWireError(error).stack)).findLast((own) => own.length > 0) ?? [];
  const [innermost] = frames;
  if (innermost === undefined) {
    if (failure.writtenAt !== undefined) row('written', failure.writtenAt);
  } else {
    frameLines(frames.slice(0, MAX_FRAMES)).forEach((line, i) => row(i === 0 ? 'stack' : '', line));
    const excerpt = excerptOfFile(innermost.file, innermost.line, innermost.column);
    if (excerpt !== undefined) notes.line(`\n${indent(renderExcerpt(excerpt, colors), 2)}`);
  }
  notes.line();
  notes.line(`  ${colors.cyan('next'.padEnd(LABEL_WIDTH))}${failure.next}`);
}
