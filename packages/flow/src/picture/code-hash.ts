import { shortDigest } from './sha256.ts';

/** By function: many flows may be made of one. */
const known = new WeakMap<object, string | undefined>();

/**
 * A digest of a function's own text, for telling that a body has changed. Advisory: a loader that strips
 * types or compiles gives the same function another text, and what a function calls is not in it. Undefined
 * where there is no text to be had, as of bound functions.
 */
export function codeHash(body: (...args: never[]) => unknown): string | undefined {
  if (!known.has(body)) known.set(body, hashOf(body));
  return known.get(body);
}

function hashOf(body: (...args: never[]) => unknown): string | undefined {
  const text = Function.prototype.toString.call(body);
  return /\{\s*\[native code\]\s*\}$/u.test(text) ? undefined : shortDigest(text);
}
