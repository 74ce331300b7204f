/** Someone who waits for a key. */
interface Waiter {
  readonly limit: number;
  readonly wake: () => void;
}

interface Key {
  holders: number;
  readonly waiters: Set<Waiter>;
}

/** The concurrency keys of direct calls: how many hold each, and who waits, first come, first served. An engine has its own. */
export class DirectKeys {
  readonly #keys = new Map<string, Key>();

  /** Takes it if fewer than `limit` hold it and nobody waits. */
  take(name: string, limit: number): boolean {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = { holders: 0, waiters: new Set() };
      this.#keys.set(name, key);
    }
    if (key.waiters.size > 0 || key.holders >= limit) return false;
    key.holders += 1;
    return true;
  }

  /** Waits, and takes it as `wake` is called. Gives what leaves the line. */
  join(name: string, limit: number, wake: () => void): () => void {
    const key = this.#keys.get(name)!;
    const waiter = { limit, wake };
    key.waiters.add(waiter);
    return () => {
      if (key.waiters.delete(waiter)) this.#pass(name, key);
    };
  }

  give(name: string): void {
    const key = this.#keys.get(name)!;
    key.holders -= 1;
    this.#pass(name, key);
  }

  #pass(name: string, key: Key): void {
    for (const waiter of key.waiters) {
      if (key.holders >= waiter.limit) return;
      key.waiters.delete(waiter);
      key.holders += 1;
      waiter.wake();
    }
    if (key.holders === 0) this.#keys.delete(name);
  }
}
