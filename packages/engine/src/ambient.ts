import { AsyncLocalStorage } from 'node:async_hooks';
import { type AmbientCell, ambientSlot } from '@holon/flow';

/** Follows a body across its awaits: the attempt it belongs to. */
const cells = new AsyncLocalStorage<AmbientCell>();

/** Another copy of the engine may be loaded and have filled the slot before. */
const slot = ambientSlot();
const before = slot.current;
slot.current = () => cells.getStore() ?? before?.();

/** Runs `body`, and all that it awaits, as part of `cell`. */
export function within<T>(cell: AmbientCell, body: () => T): T {
  return cells.run(cell, body);
}

/** Runs `work` as part of no body: what outlives a call must not keep the caller's cell. */
export function outside<T>(work: () => T): T {
  return cells.exit(work);
}
