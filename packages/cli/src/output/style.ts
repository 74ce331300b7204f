import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours for one stream: on a terminal only, and as NO_COLOR and FORCE_COLOR say. */
export function colorsFor(stream: { readonly isTTY?: boolean }): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return pc.createColors(false);
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return pc.createColors(true);
  return pc.createColors(stream.isTTY === true && TERM !== 'dumb');
}

/** Control characters, and the bidirectional ones that make text read as another: all but tab and line break. */
const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others (names, values, messages) for a terminal: what could command it is shown as an escape. */
export function safe(text: string): string {
  return text.replace(HOSTILE, (char) => `\\u${char.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

/** At most `width` characters, the cut shown. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** `940 ms`, `4.2 s`, `3 min 12 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** `1 step`, `3 steps`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** The length of the longest text, at least 0. For any number of them, unlike `Math.max(...lengths)`. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

/** Every line of `text` moved to the right. */
export function indent(text: string, by: number): string {
  const space = ' '.repeat(by);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : space + line))
    .join('\n');
}
