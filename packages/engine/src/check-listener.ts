import { HolonError, suggestion, textOf } from '@holon/flow';

/** @throws HolonError `invalid-option` when nothing of that type could ever be heard */
export function checkEventType(type: unknown, known: readonly string[]): void {
  if (typeof type === 'string' && known.includes(type)) return;
  throw new HolonError(
    'invalid-option',
    `on: ${textOf(type)} is not a type of event.${suggestion(String(type), known)}`,
  );
}

/** @throws HolonError `invalid-option` */
export function checkListener(hear: unknown): void {
  if (typeof hear === 'function') return;
  throw new HolonError('invalid-option', `on: ${textOf(hear)} is not a function that listens.`);
}
