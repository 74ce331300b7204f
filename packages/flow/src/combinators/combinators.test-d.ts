/** Types of the plain combinators, both ways: what is inferred, and what is refused, at the right place. Checked by `tsc`. */
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import {
  type EntryInput,
  type Fallible,
  type Flow,
  type Maybe,
  compose,
  constant,
  fallback,
  filter,
  flow,
  identity,
  loop,
  match,
  maybe,
  merge,
  parallel,
  pipe,
  race,
  reduce,
  repeat,
  result,
  retry,
  sleep,
  split,
  tap,
  timeout,
  validate,
  when,
} from '../index.ts';

interface User {
  readonly name: string;
}
const length = flow((text: string) => text.length);
const half = (x: number) => x / 2;
const fetchUser = flow('fetchUser', async (id: number): Promise<User> => ({ name: `${id}` }));
const add = flow((x: number, y: number) => x + y);
const money = flow('money', (cents: number, currency: string = 'EUR') => `${cents} ${currency}`, {
  params: ['cents', 'currency'],
});

// pipe and compose of none and of one
expectTypeOf(pipe()).toEqualTypeOf<Flow<unknown, unknown>>();
expectTypeOf(pipe<number>()).toEqualTypeOf<Flow<number, number>>();
expectTypeOf(pipe('named')).toEqualTypeOf<Flow<unknown, unknown>>();
expectTypeOf(pipe(add)).toEqualTypeOf<Flow<readonly [x: number, y: number], number, [x: number, y: number]>>();
expectTypeOf(compose(fetchUser)).toEqualTypeOf<Flow<number, Promise<User>>>();
expectTypeOf(compose(length, half, (x) => `${x}`)).toEqualTypeOf<Flow<string, string>>();
compose(
  length,
  // @ts-expect-error the step before gives a number
  length,
);

// identity, constant
expectTypeOf(identity<number>()).toEqualTypeOf<Flow<number, number>>();
expectTypeOf(pipe(length, identity<number>(), half)(' ')).toEqualTypeOf<number>();
expectTypeOf(constant(5)(length)).toEqualTypeOf<number>();
expectTypeOf(constant('five', 5)()).toEqualTypeOf<number>();
expectTypeOf(pipe(length, constant(null))('a')).toEqualTypeOf<null>();
// @ts-expect-error a number is no text
identity<string>()(5);

// merge: synchronous is told from promised
expectTypeOf(merge(([a, b]: [number, string]) => ({ a, b }))).toEqualTypeOf<
  Flow<[number, string], { a: number; b: string }>
>();
expectTypeOf(merge(async (given: { n: number }) => given.n)({ n: 1 })).toEqualTypeOf<Promise<number>>();
pipe(
  parallel({ n: length }),
  // @ts-expect-error n is a number
  merge((given: { n: string }) => given.n),
);

// validate: as synchronous as its predicate, a guard narrows, a schema parses
expectTypeOf(validate((x: number) => x > 0)).toEqualTypeOf<Flow<number, number>>();
expectTypeOf(validate('named', async (x: number) => x > 0, 'no')(1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(validate((x: number | null): x is number => x !== null)).toEqualTypeOf<Flow<number | null, number>>();
expectTypeOf(validate(z.object({ n: z.coerce.number() }), 'no')({ n: '5' })).toEqualTypeOf<{ n: number }>();
expectTypeOf(
  pipe(
    length,
    validate((n) => n > 1),
  ).name,
).toEqualTypeOf<string>();
pipe(
  length,
  // @ts-expect-error the step before gives a number
  validate((text: string) => text !== ''),
);
validate(
  (x: number) => x > 0,
  // @ts-expect-error a message is a text
  5,
);

// filter and reduce
expectTypeOf(filter((x: number) => x > 1)).toEqualTypeOf<Flow<readonly number[], Promise<number[]>>>();
expectTypeOf(filter('named', (x: number | null): x is number => x !== null, { concurrency: 2 })).toEqualTypeOf<
  Flow<readonly (number | null)[], Promise<number[]>>
>();
expectTypeOf(reduce(([sum, text]: [number, string]) => sum + text.length, 0)).toEqualTypeOf<
  Flow<readonly string[], Promise<number>>
>();
expectTypeOf(
  reduce('named', async ([seen, text]: readonly [readonly string[], string]) => [...seen, text], []),
).toEqualTypeOf<Flow<readonly string[], Promise<string[]>>>();
expectTypeOf(
  reduce<number, number>(
    flow(([sum, x]) => sum + x),
    0,
  )([1]),
).toEqualTypeOf<Promise<number>>();
// @ts-expect-error the sum is a number
reduce(([sum, x]: [number, number]) => sum + x, '');
// @ts-expect-error it gives a text where a number goes in
reduce(([sum, x]: [number, number]) => `${sum + x}`, 0);
// @ts-expect-error the answer is true or false
filter((x: number) => `${x}`);
filter(
  (x: number) => x > 1,
  // @ts-expect-error not an option
  { paralel: 2 },
);

// race and fallback: either's result
expectTypeOf(race([fetchUser, (id: number) => id])).toEqualTypeOf<Flow<number, Promise<User | number>>>();
expectTypeOf(race('named', { a: fetchUser, b: half })).toEqualTypeOf<Flow<number, Promise<User | number>>>();
expectTypeOf(fallback(fetchUser, (id) => id)).toEqualTypeOf<Flow<number, Promise<User | number>>>();
expectTypeOf(fallback('named', add, constant(0))(1, 2)).toEqualTypeOf<Promise<number>>();
expectTypeOf(fallback(fetchUser, constant(undefined))(1)).toEqualTypeOf<Promise<User | undefined>>();
fallback(
  fetchUser,
  // @ts-expect-error the input is a number
  length,
);
fallback(
  'named',
  fetchUser,
  // @ts-expect-error the input is a number
  (text: string) => text,
);
// @ts-expect-error a text is no input of both
void race([fetchUser, half])('a');

// retry and timeout: what they wrap, promised
expectTypeOf(retry(fetchUser)).toEqualTypeOf<Flow<number, Promise<User>>>();
expectTypeOf(retry('named', add, 3, '1s')(1, 2)).toEqualTypeOf<Promise<number>>();
expectTypeOf(retry('named', half, { retries: 3, jitter: 1 })(1)).toEqualTypeOf<Promise<number>>();
expectTypeOf<EntryInput<ReturnType<typeof retriedMoney>>>().toEqualTypeOf<
  readonly [cents: number, currency?: string | undefined]
>();
const retriedMoney = () => retry(money, 1);
expectTypeOf(timeout(add, 50)(1, 2)).toEqualTypeOf<Promise<number>>();
expectTypeOf(timeout('named', fetchUser, '1s')).toEqualTypeOf<Flow<number, Promise<User>>>();
// within a pipe they are told what they get
expectTypeOf(
  pipe(
    length,
    retry(async (n) => n.toFixed()),
    timeout((text) => text.length, 5),
    fallback(
      (n) => n,
      (n) => `${n}`,
    ),
  ),
).toEqualTypeOf<Flow<string, Promise<number | string>>>();
// @ts-expect-error not a duration
timeout(add, 'soon');
retry(
  half,
  // @ts-expect-error retries are missing
  { delay: '1s' },
);
// @ts-expect-error not a function
retry(5);

// maybe and result
expectTypeOf(maybe(half)).toEqualTypeOf<Flow<Maybe<number>, Promise<Maybe<number>>>>();
expectTypeOf(pipe(maybe(half), maybe('named', fetchUser))(null)).toEqualTypeOf<Promise<Maybe<User>>>();
expectTypeOf(result(half)).toEqualTypeOf<Flow<Fallible<number>, Promise<Fallible<number>>>>();
expectTypeOf(pipe(result(half), result('named', fetchUser))({ ok: true, value: 1 })).toEqualTypeOf<
  Promise<Fallible<User>>
>();
pipe(
  maybe(half),
  // @ts-expect-error there may be none
  half,
);
// @ts-expect-error a number is neither value nor error
void result(half)(5);

// tap
expectTypeOf(tap((x: number) => x.toFixed())).toEqualTypeOf<Flow<number, Promise<number>>>();
expectTypeOf(
  pipe(
    length,
    tap('named', async (n: number) => `${n}`),
    half,
  )('a'),
).toEqualTypeOf<Promise<number>>();
expectTypeOf(
  pipe(
    length,
    tap((n) => n.toFixed()),
    half,
  )('a'),
).toEqualTypeOf<Promise<number>>();
expectTypeOf(tap<number>(() => undefined)).toEqualTypeOf<Flow<number, Promise<number>>>();

// split
const parts = split((line: string) => [line, line.length, true], [length, (n) => `${n}`]);
expectTypeOf(parts).toEqualTypeOf<Flow<string, Promise<[number, string, boolean]>>>();
expectTypeOf(split('named', async (line: string) => line.split(','), [length])('a')).toEqualTypeOf<
  Promise<(number | string)[]>
>();
expectTypeOf(split((x: number) => [x, x] as const, [undefined, fetchUser])(1)).toEqualTypeOf<Promise<[number, User]>>();
split(
  (line: string) => [line, line.length],
  [
    length,
    // @ts-expect-error the part is a number
    length,
  ],
);

// when
expectTypeOf(when((x: number) => x > 1, fetchUser)).toEqualTypeOf<Flow<number, Promise<User | number>>>();
expectTypeOf(
  when(
    async (x: number) => x > 1,
    (x) => x + 1,
    (x) => `${x}`,
  ),
).toEqualTypeOf<Flow<number, Promise<number | string>>>();
expectTypeOf(when('named', (x: number) => x > 1, fetchUser, constant(5))(1)).toEqualTypeOf<Promise<User | number>>();
when(
  (x: number) => x > 1,
  half,
  // @ts-expect-error the input is a number
  length,
);
when(
  'named',
  (x: number) => x > 1,
  half,
  // @ts-expect-error the input is a number
  length,
);
// @ts-expect-error the answer is true or false
when((x: number) => `${x}`, half);

// repeat and sleep
expectTypeOf(repeat(half, 3)).toEqualTypeOf<Flow<number, Promise<number>>>();
expectTypeOf(repeat('named', async (x: number) => x, 3)(1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(sleep<number>('1s')).toEqualTypeOf<Flow<number, Promise<number>>>();
expectTypeOf(pipe(length, sleep('pause', 5), half)('a')).toEqualTypeOf<Promise<number>>();
// @ts-expect-error what it gives is not what it takes
repeat((x: number) => `${x}`, 3);

// match
interface Order {
  readonly kind: 'book' | 'ebook';
  readonly count: number;
  readonly to?: { readonly city: string } | undefined;
}
const email = flow((order: Order) => `mail ${order.count}`);
const ship = match('ship', [
  [{ kind: 'ebook' }, email],
  [{ count: (n) => n > 100, to: { city: 'Rome' } }, async (order: Order) => order.count],
]);
expectTypeOf(ship).toEqualTypeOf<Flow<Order, Promise<string | number>>>();
const sorted = match([[(order: Order) => order.count > 1, (order) => order.kind]], (order) => order.count);
expectTypeOf(sorted).toEqualTypeOf<Flow<Order, Promise<'book' | 'ebook' | number>>>();
expectTypeOf(match([['a', (text: string) => text.length]], constant(0))('a')).toEqualTypeOf<Promise<number>>();
// @ts-expect-error there is no such kind: did you mean ebook?
match([[{ kind: 'ebok' }, email]]);
match(
  [[{ kind: 'ebook' }, email]],
  // @ts-expect-error the input is an order
  length,
);
match([
  // @ts-expect-error the flows take different things
  [{ kind: 'ebook' }, length],
  [{ kind: 'book' }, email],
]);

// what they make is a flow like any other
expectTypeOf(retry(half).with({ name: 'named', timeout: '1s' })(1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(
  loop(
    'l',
    tap((x: number) => x),
    { max: 2 },
  )(1),
).toEqualTypeOf<Promise<number>>();
