import { HolonError, textOf } from '../errors.ts';
import { isPromiseLike } from '../port.ts';

/**
 * What a value looks like: the same value; or a record or array of which each field that is named fits; or a function
 * that says so, also for a field.
 */
export type Pattern<T> = ((value: T) => boolean) | (T extends object ? { readonly [K in keyof T]?: Pattern<T[K]> } : T);

/** @throws HolonError `invalid-flow` for a function that gives a promise, which would fit always */
export function fits(pattern: unknown, value: unknown, where: string): boolean {
  if (typeof pattern === 'function') {
    const answer: unknown = (pattern as (value: unknown) => unknown)(value);
    if (!isPromiseLike(answer)) return Boolean(answer);
    answer.then(undefined, () => undefined);
    throw new HolonError('invalid-flow', `${where}: a pattern's function gave a promise; they are synchronous.`);
  }
  if (!hasFields(pattern)) return Object.is(pattern, value);
  if (typeof value !== 'object' || value === null || Array.isArray(pattern) !== Array.isArray(value)) return false;
  return Object.entries(pattern).every(([key, inner]) => fits(inner, (value as Record<string, unknown>)[key], where));
}

/** A pattern for people: `{ kind: "book", count: … }`. */
export function patternText(pattern: unknown): string {
  const text = typeof pattern === 'function' ? pattern.name || '…' : partText(pattern);
  return text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text;
}

const MAX_CHARS = 60;

/** A function in it has the name of its field, if any: no more to say than that there is one. */
function partText(part: unknown): string {
  if (typeof part === 'function') return '…';
  if (Array.isArray(part)) return `[${part.map(partText).join(', ')}]`;
  if (!hasFields(part)) return textOf(part);
  const fields = Object.entries(part).map(([key, inner]) => `${key}: ${partText(inner)}`);
  return `{ ${fields.join(', ')} }`;
}

/** An array, or an object without a class of its own: any other is itself, or is not. */
function hasFields(pattern: unknown): pattern is object {
  if (typeof pattern !== 'object' || pattern === null) return false;
  const prototype: unknown = Object.getPrototypeOf(pattern);
  return Array.isArray(pattern) || prototype === Object.prototype || prototype === null;
}
