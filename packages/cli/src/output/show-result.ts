import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { whyUnreadable } from './error-text.ts';
import { safe, widest } from './style.ts';
import type { Channel, Terminal } from './terminal.ts';
import { type JsonNote, toJson } from './to-json.ts';

/** Prints a result as JSON (over several lines for people) and says what JSON could not say. */
export function showResult(value: unknown, { result, notes }: Terminal): void {
  let json: ReturnType<typeof toJson>;
  try {
    json = toJson(value, result.isTTY);
  } catch (error) {
    throw new CliError(`The run succeeded, but its result can't be written as JSON: ${whyUnreadable(error)}.`, {
      exitCode: EXIT.failed,
    });
  }
  showJsonNotes(json.notes, notes);
  result.line(json.text);
}

function showJsonNotes(jsonNotes: readonly JsonNote[], notes: Channel): void {
  if (jsonNotes.length === 0) return;
  const { colors } = notes;
  notes.line(`${colors.yellow('note')}  JSON has no such values, so they are written another way:`);
  const what = jsonNotes.map(({ kind, writtenAs }) => `${kind} as ${writtenAs}`);
  const width = widest(what);
  jsonNotes.forEach(({ places, total }, i) => {
    const rest = total - places.length;
    const where = `${places.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    notes.line(`      ${what[i]!.padEnd(width)}  ${colors.dim(safe(where))}`);
  });
}
