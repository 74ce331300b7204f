/**
 * The path of a key through which a value from outside could reach the prototype of other objects once
 * someone copies or merges it: `__proto__`, or `constructor` that holds a `prototype`. No recursion.
 */
export function unsafeKeyIn(value: unknown): string | undefined {
  const pending: (readonly [part: object, path: string])[] = [];
  const look = (part: unknown, path: string): void => {
    if (typeof part === 'object' && part !== null) pending.push([part, path]);
  };
  look(value, '');
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [part, path] = next;
    for (const [key, inner] of Object.entries(part)) {
      const innerPath = path === '' ? key : `${path}.${key}`;
      if (key === '__proto__' || (key === 'constructor' && holdsPrototype(inner))) return innerPath;
      look(inner, innerPath);
    }
  }
  return undefined;
}

function holdsPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
