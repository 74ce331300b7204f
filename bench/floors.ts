/** What a careful person would write by hand. */
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Timed, timed } from './row.ts';
import { type Body, step } from './step.ts';

interface Store {
  readonly input: number;
}

const storage = new AsyncLocalStorage<Store>();

/** One `AsyncLocalStorage.run` for each body, with a store of its own: the least that `context()` could be made of. */
function withStorage(body: Body): Body {
  // No rest parameter: that would cost a little.
  return (x, y, z) => storage.run({ input: x }, body, x, y!, z!);
}

/** Proves that each body of `around` finds a store of its own, then gives it to be measured. */
export async function provenStorage(
  around: (call: Body) => () => Promise<number>,
  count: number,
  expected: unknown,
  body: Body = step,
): Promise<Timed> {
  const seen = new Set<Store>();
  await around(
    withStorage(async (x, ...more) => {
      const store = storage.getStore()!;
      assert.equal(store.input, x);
      await Promise.resolve();
      assert.equal(storage.getStore(), store);
      seen.add(store);
      return body(x, ...more);
    }),
  )();
  assert.equal(seen.size, count);
  return timed(count, expected, around(withStorage(body)));
}
