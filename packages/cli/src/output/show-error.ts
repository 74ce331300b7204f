import type { CliError } from '../cli-error.ts';
import { renderExcerpt } from './excerpt.ts';
import { indent, safe } from './style.ts';
import type { Channel } from './terminal.ts';

/** Prints a person's mistake: what is wrong, where, what was expected, what to do. */
export function showCliError(error: CliError, notes: Channel): void {
  const { colors } = notes;
  const [first = '', ...rest] = safe(error.message).split('\n');
  notes.line(`${colors.red(colors.bold('error'))}  ${colors.bold(first)}`);
  for (const line of [...rest, ...error.details.flatMap((detail) => safe(detail).split('\n'))])
    notes.line(indent(line, 7));
  if (error.excerpt !== undefined) {
    notes.line();
    notes.line(indent(renderExcerpt(error.excerpt, colors), 2));
  }
  if (error.todo.length > 0) {
    if (error.excerpt !== undefined) notes.line();
    for (const todo of error.todo) notes.line(`${colors.cyan('    →')}  ${safe(todo)}`);
  }
}
