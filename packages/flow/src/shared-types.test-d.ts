/** Types of the combinators that keep something from call to call, and of streams. Checked by `tsc`, run by nobody. */
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import {
  type Flow,
  type Source,
  batch,
  circuitBreaker,
  debounce,
  each,
  flow,
  memoize,
  pipe,
  rateLimit,
  withConcurrencyKey,
  withPriority,
  throttle,
  toArray,
  waitFor,
} from './index.ts';

interface User {
  readonly name: string;
}

const length = flow((text: string) => text.length);
const fetchUser = flow('fetchUser', async (id: number): Promise<User> => ({ name: `${id}` }));
const add = flow('add', (x: number, y: number) => x + y, { params: ['x', 'y'] });

// memoize and circuitBreaker: synchronous exactly when what they wrap is
expectTypeOf(memoize(length)).toEqualTypeOf<Flow<string, number>>();
expectTypeOf(memoize('users', fetchUser, { ttl: '1m' })).toEqualTypeOf<Flow<number, Promise<User>>>();
expectTypeOf(memoize(add, (x, y) => [x + 1, y])).toEqualTypeOf<
  Flow<readonly [x: number, y: number], number, [x: number, y: number]>
>();
expectTypeOf(circuitBreaker(length, { failures: 3 })).toEqualTypeOf<Flow<string, number>>();
expectTypeOf(circuitBreaker(fetchUser)).toEqualTypeOf<Flow<number, Promise<User>>>();
expectTypeOf(circuitBreaker('safe', fetchUser, { key: (id) => `shard ${id % 2}` })).toEqualTypeOf<
  Flow<number, Promise<User>>
>();
expectTypeOf(pipe(memoize(length), (n) => n + 1)).toEqualTypeOf<Flow<string, number>>();
// @ts-expect-error the key gets a text
memoize(length, (text: number) => text);
// @ts-expect-error not an option
memoize(length, { maxx: 1 });
// @ts-expect-error a key is a text
circuitBreaker(fetchUser, { key: (id) => id });

// debounce, throttle and rateLimit: always a promise
expectTypeOf(debounce(length, '1s')).toEqualTypeOf<Flow<string, Promise<number>>>();
expectTypeOf(throttle(fetchUser, 100)).toEqualTypeOf<Flow<number, Promise<User>>>();
expectTypeOf(rateLimit(add, { limit: 1, interval: '1s', key: ([x]) => `${x}` })(1, 2)).toEqualTypeOf<Promise<number>>();
// @ts-expect-error a time is missing
debounce(length);
// @ts-expect-error no such unit
throttle(length, '1 second');
// @ts-expect-error an interval is missing
rateLimit(length, { limit: 1 });

// batch: one of what its function takes and gives many of
expectTypeOf(batch(async (ids: number[]) => ids.map((id): User => ({ name: `${id}` })))).toEqualTypeOf<
  Flow<number, Promise<User>>
>();
expectTypeOf(batch('lengths', (texts: readonly string[]) => texts.map((text) => text.length))).toEqualTypeOf<
  Flow<string, Promise<number>>
>();
// @ts-expect-error it has to give a list
batch((ids: number[]) => ids.length);

// waitFor: what its schema gives
expectTypeOf(waitFor('go')).toEqualTypeOf<Flow<unknown, Promise<unknown>, [input?: unknown]>>();
expectTypeOf(waitFor('go', z.object({ by: z.string() }))).toEqualTypeOf<
  Flow<unknown, Promise<{ by: string }>, [input?: unknown]>
>();
expectTypeOf(pipe(length, waitFor('go', z.number()), (n) => n + 1)).toEqualTypeOf<Flow<string, Promise<number>>>();

// each: a count, or what its collector makes of the results
expectTypeOf(each(fetchUser)).toEqualTypeOf<Flow<Source<number>, Promise<number>>>();
expectTypeOf(each(fetchUser, { into: toArray() })).toEqualTypeOf<Flow<Source<number>, Promise<User[]>>>();
expectTypeOf(each('n', length, { into: { start: () => 0n, add: (sum, n) => sum + BigInt(n) } })).toEqualTypeOf<
  Flow<Source<string>, Promise<bigint>>
>();
expectTypeOf(
  each(length, {
    from: async function* (file: string, from: number) {
      yield `${file} ${from}`;
    },
    into: toArray(),
    until: (n) => n > 3,
  }),
).toEqualTypeOf<Flow<readonly [file: string, from: number], Promise<number[]>, [file: string, from: number]>>();
expectTypeOf(each(length, { from: () => ['a'] })()).toEqualTypeOf<Promise<number>>();
void each(length)(['a']);
void each(length)(new Set(['a']));
// @ts-expect-error numbers are no texts
void each(length)([1]);
// @ts-expect-error numbers are no texts
each(length, { from: () => [1] });
// @ts-expect-error results are numbers
each(length, { into: { start: () => '', add: (text: string, result: string) => text + result } });

// withConcurrencyKey: always a promise; withPriority: what its child gives
expectTypeOf(withConcurrencyKey(add, ([x]) => `${x}`, 1)(1, 2)).toEqualTypeOf<Promise<number>>();
expectTypeOf(withConcurrencyKey(length, 'db', 1)('a')).toEqualTypeOf<Promise<number>>();
expectTypeOf(withPriority(length, 'high')('a')).toEqualTypeOf<number>();
expectTypeOf(withPriority(add, 2)(1, 2)).toEqualTypeOf<number>();
// @ts-expect-error -- a key is a text
withConcurrencyKey(length, (text) => text.length, 1);
// @ts-expect-error -- no such level
withPriority(length, 'urgent');
