import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';
import { safe } from './style.ts';
import type { Channel, Terminal } from './terminal.ts';
import { type JsonNote, toJson } from './to-json.ts';

/** Prints a result as JSON (over several lines for people) and says what JSON could not say. */
export function showResult(value: unknown, { result, notes }: Terminal): void {
  let json: ReturnType<typeof toJson>;
  try {
    json = toJson(value, result.isTTY);
  } catch (error) {
    const why = error instanceof RangeError ? 'it is nested too deeply' : `reading it threw ${String(error)}`;
    throw new CliError(`The run succeeded, but its result can't be written as JSON: ${why}.`, {
      exitCode: EXIT.failed,
    });
  }
  showJsonNotes(json.notes, notes);
  result.line(json.text);
}

/** How many places a note names before it counts the rest. */
const PLACES_NAMED = 4;

function showJsonNotes(jsonNotes: readonly JsonNote[], notes: Channel): void {
  if (jsonNotes.length === 0) return;
  const { colors } = notes;
  notes.line(`${colors.yellow('note')}  JSON has no such values, so they are written another way:`);
  const what = jsonNotes.map(({ kind, writtenAs }) => `${kind} as ${writtenAs}`);
  const width = Math.max(...what.map((text) => text.length));
  jsonNotes.forEach(({ places }, i) => {
    const rest = places.length - PLACES_NAMED;
    const where = `${places.slice(0, PLACES_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    notes.line(`      ${what[i]!.padEnd(width)}  ${colors.dim(safe(where))}`);
  });
}
