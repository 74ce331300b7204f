/** `.items[3].name`: the place of a part, from that of what it is in; with quotes where a key is not a plain name. */
export function placeIn(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
