/** A value as JSON has it. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** Policies as plain data, under the names they have in a definition: `{ timeoutMs: 10000 }`. */
export type PolicyData = { readonly [name: string]: Plain };

/** Options are not nested deeper; what is, has an end here. */
const MAX_DEPTH = 4;

/** Whatever policies a definition has, as data: what is not given (undefined or null) is left out, a function is its name. */
export function policyData(policies: object): PolicyData {
  return recordOf(policies, 0);
}

function plainOf(value: unknown, depth: number): Plain {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'function') return `ƒ ${value.name}`.trimEnd();
  if (typeof value !== 'object' || value === null) return String(value);
  if (depth >= MAX_DEPTH) return '…';
  return Array.isArray(value) ? value.map((item) => plainOf(item, depth + 1)) : recordOf(value, depth + 1);
}

function recordOf(record: object, depth: number): PolicyData {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, plainOf(value, depth)]));
}
