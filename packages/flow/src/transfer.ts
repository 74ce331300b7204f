import { HolonError, textOf } from './errors.ts';

const TRANSFERS = Symbol.for('holon.transfers.v1');

/** What goes along with a value instead of being copied; one table, however many copies of the package are loaded. */
const transfers: WeakMap<object, readonly object[]> = ((
  globalThis as { [TRANSFERS]?: WeakMap<object, readonly object[]> }
)[TRANSFERS] ??= new WeakMap());

/**
 * Marks a value to hand over its buffers when it goes to another thread, as the input of an isolated flow or as its
 * result, instead of having them copied. Whoever hands a buffer over is left with an empty one: so only do it when
 * nobody else holds it. Where nothing goes to another thread, nothing happens. An input is copied all the same where
 * another attempt could need it again.
 *
 * @param value the input, one of several arguments, or the result
 * @param buffers what to hand over, where `value` is not itself a buffer or a view of one
 * @returns `value`
 * @throws HolonError `invalid-option` when nothing can be handed over
 *
 * @example
 * const brighten = flow('brighten', async (pixels: Uint8Array) => pixels.map((value) => value + 10), { isolation: 'thread' });
 * await brighten(transfer(new Uint8Array([1, 2]))); // new Uint8Array([11, 12])
 */
export function transfer<T extends object>(value: T, buffers?: readonly object[]): T {
  const list = buffers ?? ownBuffer(value);
  if (!list.every((each) => typeof each === 'object' && each !== null)) {
    throw new HolonError('invalid-option', `transfer: ${textOf(buffers)} is not a list of buffers.`);
  }
  transfers.set(value, list);
  return value;
}

function ownBuffer(value: object): readonly object[] {
  if (value instanceof ArrayBuffer) return [value];
  if (ArrayBuffer.isView(value)) return [value.buffer];
  throw new HolonError(
    'invalid-option',
    `transfer: ${textOf(value)} is neither a buffer nor a view of one: list the buffers in it, as transfer(image, [image.pixels.buffer]).`,
  );
}

/** @internal What goes along with a value, where {@link transfer} said so. */
export function transfersOf(value: unknown): readonly object[] | undefined {
  return typeof value === 'object' && value !== null ? transfers.get(value) : undefined;
}
