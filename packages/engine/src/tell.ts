import { isPromiseLike } from '@holon/flow';

/** Calls a listener. What it throws, at once or as the rejection of what it gives, goes to `failed`, never further. */
export function tell<E>(hear: (event: E) => unknown, event: E, failed: (error: unknown) => void): void {
  try {
    const given = hear(event);
    if (isPromiseLike(given)) given.then(undefined, failed);
  } catch (error) {
    failed(error);
  }
}
