import { placeIn } from './place-in.ts';

/** A value as JSON text, and what had to be said another way. */
export interface JsonText {
  readonly text: string;
  /** For each kind of value that JSON does not have, how it is written instead and where such values stand. */
  readonly notes: readonly JsonNote[];
}

/** How many places a note names; the rest are counted. */
const PLACES_NAMED = 4;

export interface JsonNote {
  /** `a Map`, `undefined`, `a cycle`. */
  readonly kind: string;
  /** `a list of its pairs`, `text`. */
  readonly writtenAs: string;
  /** The first few, such as `.items[3].since`; `the whole result` for the value itself. */
  readonly places: readonly string[];
  /** How many there are. */
  readonly total: number;
}

/**
 * The most honest JSON of any value. What JSON does not have is written in a form that can be read
 * back by eye (a Map as its pairs, a Date as ISO text, a BigInt as its digits) and is always told.
 *
 * @param pretty over several lines, for people
 * @throws RangeError when the value is nested too deeply for JSON itself
 */
export function toJson(value: unknown, pretty: boolean): JsonText {
  const notes = new Notes();
  const plain = value === undefined ? notes.take('undefined', 'null', '', null) : convert(value, '', notes, new Map());
  const text = JSON.stringify(plain);
  return { text: pretty ? layOut(plain, text, 0, 0) : text, notes: notes.list() };
}

/** What fits on a line this long stays on one. */
const LINE_CHARS = 80;

/** JSON over several lines, but a list of three numbers in one. `text` is the same value on one line, `keyChars` what stands before it. */
function layOut(plain: unknown, text: string, indent: number, keyChars: number): string {
  if (typeof plain !== 'object' || plain === null || indent + keyChars + text.length <= LINE_CHARS) return text;
  const inner = ' '.repeat(indent + 2);
  const isList = Array.isArray(plain);
  const parts = Object.entries(plain).map(([key, part]) => {
    const name = isList ? '' : `${JSON.stringify(key)}: `;
    return inner + name + layOut(part, JSON.stringify(part), indent + 2, name.length);
  });
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

class Notes {
  readonly #byKind = new Map<string, { kind: string; writtenAs: string; places: string[]; total: number }>();

  /** Remembers that a value of this kind, at `path`, is written as `writtenAs`; gives `plain` back. */
  take<T>(kind: string, writtenAs: string, path: string, plain: T): T {
    const note = this.#byKind.get(kind) ?? { kind, writtenAs, places: [], total: 0 };
    note.total += 1;
    if (note.places.length < PLACES_NAMED) note.places.push(path === '' ? 'the whole result' : path);
    this.#byKind.set(kind, note);
    return plain;
  }

  list(): JsonNote[] {
    return [...this.#byKind.values()];
  }
}

/** `above` are the objects around this one, each with its place, so that a cycle can name where it leads. */
function convert(value: unknown, path: string, notes: Notes, above: Map<object, string>): unknown {
  switch (typeof value) {
    case 'bigint':
      return notes.take('a BigInt', 'text', path, String(value));
    case 'number':
      return Number.isFinite(value) ? value : notes.take(String(value), 'text', path, String(value));
    case 'function':
      return notes.take('a function', 'its name', path, `[function ${value.name || 'anonymous'}]`);
    case 'symbol':
      return notes.take('a symbol', 'text', path, String(value));
    case 'object':
      if (value === null) return null;
      if (above.has(value))
        return notes.take('a cycle', 'a text', path, `[the same as ${above.get(value) || 'the whole result'}]`);
      above.set(value, path);
      try {
        return convertObject(value, path, notes, above);
      } finally {
        above.delete(value);
      }
    default:
      return value;
  }
}

function convertObject(value: object, path: string, notes: Notes, above: Map<object, string>): unknown {
  const inner = (part: unknown, key: string | number) => convert(part, placeIn(path, key), notes, above);
  const element = (part: unknown, i: number) =>
    part === undefined ? notes.take('undefined in a list', 'null', placeIn(path, i), null) : inner(part, i);
  if (Array.isArray(value)) return Array.from(value as unknown[], element);
  if (value instanceof Date) {
    const valid = !Number.isNaN(value.getTime());
    return notes.take('a Date', 'ISO text', path, valid ? value.toISOString() : 'Invalid Date');
  }
  if (value instanceof Map)
    return notes.take(
      'a Map',
      'a list of its pairs',
      path,
      [...value].map((pair, i) => inner(pair, i)),
    );
  if (value instanceof Set) return notes.take('a Set', 'a list', path, [...(value as Set<unknown>)].map(element));
  if (value instanceof RegExp) return notes.take('a RegExp', 'text', path, String(value));
  if (value instanceof Error) return notes.take('an Error', 'its name and message', path, errorParts(value, inner));
  if (value instanceof Promise) return notes.take('a promise', 'a text', path, '[promise]');
  if (ArrayBuffer.isView(value)) {
    return notes.take(
      value.constructor.name,
      'base64',
      path,
      Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
    );
  }
  if (value instanceof ArrayBuffer)
    return notes.take('an ArrayBuffer', 'base64', path, Buffer.from(value).toString('base64'));
  if (value instanceof String || value instanceof Number || value instanceof Boolean)
    return convert(value.valueOf(), path, notes, above);
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return convert(toJSON.call(value), path, notes, above);
  const plain: [string, unknown][] = [];
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) notes.take('undefined', 'nothing at all', placeIn(path, key), undefined);
    else plain.push([key, inner(part, key)]);
  }
  return Object.fromEntries(plain);
}

function errorParts(error: Error, inner: (part: unknown, key: string) => unknown): Record<string, unknown> {
  return {
    name: error.name,
    message: error.message,
    ...(error.cause !== undefined && { cause: inner(error.cause, 'cause') }),
  };
}
