import { HolonError, textOf } from './errors.ts';
import { suggestion } from './suggest.ts';

/** @throws HolonError `invalid-option` for the first key of `options` that is not `known`, with the nearest that is */
export function checkKnown(options: unknown, known: readonly string[], where: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new HolonError('invalid-option', `${where}: the options are ${textOf(options)}, not an object.`);
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new HolonError('invalid-option', `${where}: "${key}" is not an option.${suggestion(key, known)}`);
    }
  }
}
