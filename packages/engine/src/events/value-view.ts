import { toWireError } from '@holon/flow';

/**
 * A bounded, serialisable look at any value: what events carry and screens show. What was cut is
 * always said: `total` is how many there are, the list holds the first of them.
 */
export type ValueView =
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** As text where JSON has no number for it: `NaN`, `Infinity`, `-0`. */
  | { readonly kind: 'number'; readonly value: number | string }
  | { readonly kind: 'bigint'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string; readonly total: number }
  | { readonly kind: 'array'; readonly items: readonly ValueView[]; readonly total: number }
  /** `type` is the class name for anything but plain objects. */
  | {
      readonly kind: 'object';
      readonly type: string | undefined;
      readonly entries: readonly (readonly [string, ValueView])[];
      readonly total: number;
    }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [ValueView, ValueView])[]; readonly total: number }
  | { readonly kind: 'set'; readonly items: readonly ValueView[]; readonly total: number }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string | undefined }
  /** Dates, functions, symbols, regular expressions, buffers: named, with a text. */
  | { readonly kind: 'other'; readonly type: string; readonly text: string }
  /** Too deep, too much, or already shown further up (a cycle). */
  | { readonly kind: 'cut'; readonly reason: 'depth' | 'size' | 'cycle' };

export interface ViewLimits {
  readonly depth: number;
  /** Entries shown of one array, object, map or set. */
  readonly entries: number;
  /** Characters shown of one string. */
  readonly chars: number;
  /** Values in the whole view. */
  readonly values: number;
}

/** What events carry: enough for a glance. */
export const PREVIEW_LIMITS: ViewLimits = { depth: 4, entries: 20, chars: 300, values: 150 };
/** What is kept for opening in full. */
export const FULL_LIMITS: ViewLimits = { depth: 32, entries: 5_000, chars: 200_000, values: 50_000 };

/** Looks at a value without changing it; getters that throw and proxies that misbehave are shown as such. Never throws. */
export function viewOf(value: unknown, limits: ViewLimits = PREVIEW_LIMITS): ValueView {
  const budget = { left: limits.values };
  return view(value, limits.depth, limits, budget, []);
}

interface Budget {
  left: number;
}

function view(value: unknown, depth: number, limits: ViewLimits, budget: Budget, above: readonly object[]): ValueView {
  budget.left -= 1;
  switch (typeof value) {
    case 'undefined':
      return { kind: 'undefined' };
    case 'boolean':
      return { kind: 'boolean', value };
    case 'number':
      return {
        kind: 'number',
        value: Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value),
      };
    case 'bigint':
      return { kind: 'bigint', value: String(value) };
    case 'string':
      return { kind: 'string', value: value.slice(0, limits.chars), total: value.length };
    case 'symbol':
      return { kind: 'other', type: 'symbol', text: String(value) };
    case 'function':
      return { kind: 'other', type: 'function', text: functionName(value) };
    case 'object':
      if (value === null) return { kind: 'null' };
      if (above.includes(value)) return { kind: 'cut', reason: 'cycle' };
      if (depth <= 0) return { kind: 'cut', reason: 'depth' };
      if (budget.left <= 0) return { kind: 'cut', reason: 'size' };
      try {
        return viewObject(value, depth - 1, limits, budget, [...above, value]);
      } catch (error) {
        return { kind: 'other', type: 'unreadable', text: toWireError(error).message };
      }
  }
}

/** A class may have a static `name` that is anything. */
function functionName(value: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : 'anonymous';
}

function viewObject(
  value: object,
  depth: number,
  limits: ViewLimits,
  budget: Budget,
  above: readonly object[],
): ValueView {
  const inner = (part: unknown) => view(part, depth, limits, budget, above);
  const room = () => budget.left > 0;
  if (Array.isArray(value)) {
    const items: ValueView[] = [];
    for (let i = 0; i < value.length && i < limits.entries && room(); i++) items.push(inner(value[i]));
    return { kind: 'array', items, total: value.length };
  }
  if (value instanceof Error) {
    return {
      kind: 'error',
      name: String(value.name),
      message: String(value.message).slice(0, limits.chars),
      stack: value.stack?.slice(0, limits.chars),
    };
  }
  if (value instanceof Map) {
    const entries: [ValueView, ValueView][] = [];
    for (const [key, part] of value) {
      if (entries.length >= limits.entries || !room()) break;
      entries.push([inner(key), inner(part)]);
    }
    return { kind: 'map', entries, total: value.size };
  }
  if (value instanceof Set) {
    const items: ValueView[] = [];
    for (const part of value) {
      if (items.length >= limits.entries || !room()) break;
      items.push(inner(part));
    }
    return { kind: 'set', items, total: value.size };
  }
  if (value instanceof Date)
    return { kind: 'other', type: 'Date', text: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString() };
  if (value instanceof RegExp) return { kind: 'other', type: 'RegExp', text: String(value) };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return { kind: 'other', type: value.constructor.name, text: `${value.byteLength} bytes` };
  }
  const keys = Object.keys(value);
  const entries: [string, ValueView][] = [];
  for (const key of keys) {
    if (entries.length >= limits.entries || !room()) break;
    entries.push([key, inner((value as Record<string, unknown>)[key])]);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = prototype === Object.prototype || prototype === null;
  const type = plain
    ? undefined
    : String((value as { constructor?: { name?: unknown } }).constructor?.name ?? 'object');
  return { kind: 'object', type, entries, total: keys.length };
}
