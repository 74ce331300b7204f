/** What {@link Port.shared} gives: state by the object it belongs to, or by a name. */
export class SharedState {
  readonly #ofObjects = new WeakMap<object, unknown>();
  readonly #ofNames = new Map<string, unknown>();

  /** The state under `key`; made by `open` where there is none. */
  of<T>(key: object | string, open: () => T): T {
    return typeof key === 'string' ? found(this.#ofNames, key, open) : found(this.#ofObjects, key, open);
  }
}

function found<K, T>(
  states: { has(key: K): boolean; get(key: K): unknown; set(key: K, state: unknown): unknown },
  key: K,
  open: () => T,
): T {
  if (states.has(key)) return states.get(key) as T;
  const state = open();
  states.set(key, state);
  return state;
}
