import { HolonError, textOf } from '@holon/flow';

/** What can't be copied in a value: where it stands (`.user.save`, `[3]`, empty for the value itself), and what it is. */
export interface Uncloneable {
  readonly path: string;
  readonly what: string;
}

/**
 * Finds what keeps a value from being copied to another thread. Undefined when nothing does. Looks at each object
 * once, as `structuredClone` does, and takes no stack.
 */
export function findUncloneable(value: unknown): Uncloneable | undefined {
  const seen = new Set<object>();
  const pending: { readonly value: unknown; readonly path: string }[] = [{ value, path: '' }];
  /** Those whose parts have been looked at, and are all right or have been found to be not. */
  const containers: { readonly value: object; readonly path: string }[] = [];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value: each, path } = next;
    if (each === UNREADABLE) return { path, what: 'a getter that throws' };
    if (typeof each === 'function' || typeof each === 'symbol') return { path, what: whatIs(each) };
    if (typeof each !== 'object' || each === null || seen.has(each)) continue;
    seen.add(each);
    const parts = partsOf(each, path);
    if (parts === undefined) {
      if (!isCloneable(each)) return { path, what: whatIs(each) };
      continue;
    }
    containers.push({ value: each, path });
    pending.push(...parts.toReversed());
  }
  // The parts are all right: what is left is an object whose reading throws, from the inside out.
  const culprit = containers.toReversed().find((container) => !isCloneable(container.value));
  return culprit && { path: culprit.path, what: whatIs(culprit.value) };
}

/** What is copied one by one, with where it stands; undefined for what is copied as a whole, or not at all. */
function partsOf(value: object, path: string): { readonly value: unknown; readonly path: string }[] | undefined {
  try {
    if (Array.isArray(value)) return value.map((item: unknown, i) => ({ value: item, path: `${path}[${i}]` }));
    if (value instanceof Map)
      return [...value].flatMap(([key, item]: [unknown, unknown]) => [
        { value: key, path: `${path}.keys()` },
        { value: item, path: `${path}.get(${textOf(key, 40)})` },
      ]);
    if (value instanceof Set) return [...value].map((item: unknown) => ({ value: item, path: `${path}.values()` }));
    if (Object.prototype.toString.call(value) !== '[object Object]') return undefined;
    return Object.keys(value).map((key) => ({ value: read(value, key), path: path + accessOf(key) }));
  } catch {
    // A proxy that does not say what it has.
    return undefined;
  }
}

const UNREADABLE = Symbol('unreadable');

function read(value: object, key: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[key];
  } catch {
    return UNREADABLE;
  }
}

function accessOf(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function isCloneable(value: object): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

function whatIs(value: object | symbol): string {
  if (typeof value === 'function') return `the function ${value.name || '(without a name)'}`;
  if (typeof value === 'symbol') return String(value);
  let name: unknown;
  try {
    name = value.constructor?.name;
  } catch {
    // A proxy may refuse even that.
  }
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `a ${name}` : 'an object that can not be read';
}

/** @param what what is copied: `the result` @param thrown what copying it failed with */
export function notCloneable(what: string, value: unknown, thrown: unknown): HolonError {
  const found = findUncloneable(value);
  const culprit =
    found === undefined ? 'it' : `${found.path === '' ? 'it' : `what is at ${found.path} in it`} is ${found.what}`;
  return new HolonError(
    'not-cloneable',
    `${what} can't be copied to another thread: ${culprit}. Give plain data, as structuredClone takes it.`,
    { cause: thrown, ...(found !== undefined && { details: { path: found.path } }) },
  );
}
