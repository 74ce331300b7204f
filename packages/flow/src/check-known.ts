import { HolonError, textOf } from './errors.ts';
import { Problems } from './problems.ts';
import { nearest, suggestion } from './suggest.ts';

/** @throws HolonError `invalid-option` for the keys of `options` that are not `known`, with the nearest that is */
export function checkKnown(options: unknown, known: readonly string[], where: string): void {
  const problems = new Problems();
  for (const problem of unknownKeys(options, known, where)) problems.add(() => problem);
  problems.throwIfAny(where, 'invalid-option');
}

/** What is wrong with each key that is not `known`. @throws HolonError `invalid-option` when there are no keys at all */
export function unknownKeys(options: unknown, known: readonly string[], where: string): string[] {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const hint = typeof options === 'string' && known.includes('name') ? ' A name comes first.' : '';
    throw new HolonError('invalid-option', `${where}: the options are ${textOf(options)}, not an object.${hint}`);
  }
  return Object.keys(options)
    .filter((key) => !known.includes(key))
    .map((key) => `${textOf(key)} is not an option.${suggestion(key, known)}${ownData(key, known)}`);
}

/** Data of the author's own is no option; where a flow can carry it, that is said. */
function ownData(key: string, known: readonly string[]): string {
  return known.includes('meta') && nearest(key, known) === undefined ? ` Data of your own goes into meta: { … }.` : '';
}
