/** How deep a text of a value goes. */
const MAX_DEPTH = 4;

/**
 * A short text of any value, for messages: close to its JSON, at most `max` characters and then an ellipsis. Takes
 * time by `max`, not by the size of the value. Never throws.
 */
export function textOf(value: unknown, max = 120): string {
  if (typeof value === 'string') {
    const quoted = JSON.stringify(value.slice(0, max + 1));
    return quoted.length > max ? `${quoted.slice(0, max)}… (${value.length} characters)` : quoted;
  }
  const writer = new Writer(max);
  try {
    writer.write(value, []);
  } catch {
    return classOf(value);
  }
  return writer.text.length > max ? `${writer.text.slice(0, max)}…${sizeOf(value)}` : writer.text;
}

/** How much there is of what was cut. */
function sizeOf(value: unknown): string {
  return Array.isArray(value) ? ` (${value.length} items)` : '';
}

/** Writes values until there is enough text. */
class Writer {
  text = '';
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get #full(): boolean {
    return this.text.length > this.#max;
  }

  /** @param around the objects that it is in */
  write(value: unknown, around: readonly object[]): void {
    if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, this.#max + 1));
    else if (typeof value === 'function') this.text += functionText(value);
    else if (typeof value === 'object' && value !== null) this.#writeObject(value, around);
    else this.text += String(value);
  }

  #writeObject(value: object, around: readonly object[]): void {
    if (around.includes(value)) this.text += '[circular]';
    else if (around.length >= MAX_DEPTH) this.text += Array.isArray(value) ? '[…]' : '{…}';
    else if (Array.isArray(value))
      this.#writeAll('[', value.length, (i) => this.write(value[i], [...around, value]), ']');
    else if (ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set)
      this.text += `${className(value)}(${'size' in value ? value.size : value.byteLength})`;
    else if (value instanceof Error) this.text += `${value.name}: ${String(value.message).slice(0, this.#max)}`;
    else this.#writeRecord(value, around);
  }

  #writeRecord(value: object, around: readonly object[]): void {
    const { toJSON } = value as { toJSON?: unknown };
    const json: unknown = typeof toJSON === 'function' ? toJSON.call(value) : undefined;
    if (typeof json === 'string' || typeof json === 'number') return this.write(json, around);
    const name = className(value);
    if (name !== '' && name !== 'Object') this.text += `${name} `;
    const keys = Object.keys(value);
    const entry = (i: number): void => {
      this.text += `${JSON.stringify(keys[i]!.slice(0, this.#max))}:`;
      this.write((value as Readonly<Record<string, unknown>>)[keys[i]!], [...around, value]);
    };
    this.#writeAll('{', keys.length, entry, '}');
  }

  #writeAll(open: string, count: number, one: (index: number) => void, close: string): void {
    this.text += open;
    for (let i = 0; i < count && !this.#full; i++) {
      if (i > 0) this.text += ',';
      one(i);
    }
    this.text += close;
  }
}

function functionText(fn: { readonly name: unknown }): string {
  return typeof fn.name === 'string' && fn.name !== '' ? `[function ${fn.name}]` : '[function]';
}

/** The name of its class; empty where it has none. */
function className(value: object): string {
  const name: unknown = (value.constructor as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : '';
}

/** `[object Array]`; a proxy may refuse even that. */
function classOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return '[unreadable]';
  }
}
