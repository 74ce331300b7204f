import { placeIn } from '../output/place-in.ts';

/** The first place where two values differ. */
export interface Difference {
  /** `.items[3].price`; empty for the values themselves. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
  /** Said when the values alone don't show it: another class, a key that is missing. */
  readonly why: string | undefined;
}

/**
 * Compares two values exactly: every key, every element, in depth. Numbers as `Object.is` does, but
 * 0 is -0; a key whose value is undefined is as good as none, since JSON can't say either. A plain
 * record equals an object of a class with the same parts; Map, Set, Date, RegExp, Error, buffers only
 * equal their own kind. Maps and sets are compared in their order.
 *
 * @returns undefined when they are equal
 */
export function firstDifference(expected: unknown, actual: unknown): Difference | undefined {
  return compare(expected, actual, '', []);
}

type Above = readonly (readonly [object, object])[];

function compare(expected: unknown, actual: unknown, path: string, above: Above): Difference | undefined {
  if (Object.is(expected, actual) || (expected === 0 && actual === 0)) return undefined;
  const differs = (why?: string): Difference => ({ path, expected, actual, why });
  if (typeof expected !== 'object' || typeof actual !== 'object' || expected === null || actual === null)
    return differs();
  // Inside a cycle: equal as long as nothing else differs.
  if (above.some(([left, right]) => left === expected && right === actual)) return undefined;
  const around: Above = [...above, [expected, actual]];
  const kind = kindOf(expected);
  if (kind !== kindOf(actual)) return differs(`expected ${kind}, got ${kindOf(actual)}`);
  if (expected instanceof Date && actual instanceof Date)
    return Object.is(expected.getTime(), actual.getTime()) ? undefined : differs();
  if (expected instanceof RegExp) return String(expected) === String(actual) ? undefined : differs();
  if (expected instanceof Error && actual instanceof Error) {
    return expected.name === actual.name && expected.message === actual.message ? undefined : differs();
  }
  if (expected instanceof Map && actual instanceof Map) return compareLists([...expected], [...actual], path, around);
  if (expected instanceof Set && actual instanceof Set) return compareLists([...expected], [...actual], path, around);
  if (ArrayBuffer.isView(expected) && ArrayBuffer.isView(actual))
    return compareLists([...bytesOf(expected)], [...bytesOf(actual)], path, around);
  if (Array.isArray(expected) && Array.isArray(actual)) return compareLists(expected, actual, path, around);
  return compareRecords(expected as Record<string, unknown>, actual as Record<string, unknown>, path, around);
}

function compareLists(
  expected: readonly unknown[],
  actual: readonly unknown[],
  path: string,
  above: Above,
): Difference | undefined {
  const shared = Math.min(expected.length, actual.length);
  for (let i = 0; i < shared; i++) {
    const difference = compare(expected[i], actual[i], placeIn(path, i), above);
    if (difference !== undefined) return difference;
  }
  if (expected.length === actual.length) return undefined;
  return {
    path: placeIn(path, shared),
    expected: expected[shared],
    actual: actual[shared],
    why: `expected ${expected.length} elements, got ${actual.length}`,
  };
}

function compareRecords(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  path: string,
  above: Above,
): Difference | undefined {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const left = Object.hasOwn(expected, key) ? expected[key] : undefined;
    const right = Object.hasOwn(actual, key) ? actual[key] : undefined;
    const at = placeIn(path, key);
    if (left !== undefined && right === undefined)
      return { path: at, expected: left, actual: right, why: 'the key is missing' };
    if (left === undefined && right !== undefined)
      return { path: at, expected: left, actual: right, why: 'the key is not expected' };
    const difference = compare(left, right, at, above);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** What has to be the same before parts can be compared. */
function kindOf(value: object): string {
  if (Array.isArray(value)) return 'an array';
  for (const [kind, article] of [
    [Map, 'a'],
    [Set, 'a'],
    [Date, 'a'],
    [RegExp, 'a'],
    [Error, 'an'],
    [Promise, 'a'],
  ] as const) {
    if (value instanceof kind) return `${article} ${kind.name}`;
  }
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  return typeof value === 'function' ? 'a function' : 'an object';
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
