import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { toJson } from './to-json.ts';

/** Prints a result as JSON (over several lines for people) and says what JSON could not say. */
export function showResult(value: unknown, { result, notes }: Terminal): void {
  let json: ReturnType<typeof toJson>;
  try {
    json = toJson(value, result.isTTY);
  } catch (error) {
    const why = error instanceof RangeError ? 'it is nested too deeply' : `reading it threw ${String(error)}`;
    throw new CliError(`The run succeeded, but its result can't be written as JSON: ${why}.`, { exitCode: EXIT.failed });
  }
  for (const note of json.notes) notes.line(`${notes.colors.yellow('note')}  ${note}`);
  result.line(json.text);
}
