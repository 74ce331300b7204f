/** Types both ways: what is inferred, and what is refused, at the right place. Checked by `tsc`, run by nobody. */
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import {
  type AnyFlow,
  type EntryInput,
  type Flow,
  type Graph,
  type NeedsParams,
  type Result,
  type Wire,
  branch,
  flow,
  graph,
  loop,
  map,
  parallel,
  pipe,
} from './index.ts';

interface User {
  readonly name: string;
}

const length = flow((text: string) => text.length);
const fetchUser = flow('fetchUser', async (id: number): Promise<User> => ({ name: `${id}` }));
const add = flow((x: number, y: number) => x + y);

// flow: the function it wraps
expectTypeOf(length).toEqualTypeOf<Flow<string, number>>();
expectTypeOf(length('a')).toEqualTypeOf<number>();
expectTypeOf(fetchUser(1)).toEqualTypeOf<Promise<User>>();
expectTypeOf(add(1, 2)).toEqualTypeOf<number>();
expectTypeOf(length.with({ timeout: '1s' })).toEqualTypeOf<Flow<string, number>>();
// @ts-expect-error a number is no string
length(1);
// @ts-expect-error an argument is missing
add(1);
// @ts-expect-error not an option
flow(() => 1, { timeot: '1s' });
// @ts-expect-error not a duration
flow(() => 1, { timeout: 'soon' });

// schemas fit the function
const orderSchema = z.object({ id: z.string(), count: z.number().default(1) });
const ofOrder = flow('ofOrder', (given: { id: string; count: number }) => given.id, {
  input: orderSchema,
  output: z.string(),
});
expectTypeOf(ofOrder).toEqualTypeOf<Flow<{ id: string; count?: number | undefined }, string>>();
flow(async (x: number) => (x > 1 ? 'a' : 'b'), { input: z.coerce.number(), output: z.string().min(1) });
flow((x: number, y: number) => x + y, { input: z.tuple([z.number(), z.number()]), params: ['x', 'y'] });
flow((x: number, y: number = 1) => x + y, { input: z.number() });
flow(() => JSON.parse('1'), { input: z.undefined(), output: orderSchema });
flow(
  (): never => {
    throw new Error('never');
  },
  { output: z.number() },
);
// @ts-expect-error the schema gives a text, the parameter is a number
flow((given: { n: number }) => given.n, { input: z.object({ n: z.string() }) });
// @ts-expect-error the schema gives a number, the parameter is a text
length.with({ input: z.number() });
const less = flow(async (x: number) => ({ x, y: x }), { output: z.object({ x: z.number() }) });
expectTypeOf(less(1)).toEqualTypeOf<Promise<{ x: number }>>();
// @ts-expect-error several parameters are checked as a list
flow((x: number, y: number) => x + y, { input: z.number() });
// @ts-expect-error the graph takes a number
graph('wrong', (g: Graph<number>) => g.input, { input: z.string() });

// what an entry takes, what it comes to
expectTypeOf<EntryInput<typeof length>>().toEqualTypeOf<string>();
expectTypeOf<EntryInput<typeof add>>().toEqualTypeOf<readonly [x: number, y: number]>();
expectTypeOf<Result<typeof fetchUser>>().toEqualTypeOf<User>();

// an entry takes a list from two required parameters on, or from two names on
const money = flow('money', (cents: number, currency: string = 'EUR') => `${cents} ${currency}`);
expectTypeOf<EntryInput<typeof money>>().toEqualTypeOf<number>();
expectTypeOf(money(5, 'USD')).toEqualTypeOf<string>();
const total = flow((...amounts: number[]) => amounts.length);
expectTypeOf<EntryInput<typeof total>>().toEqualTypeOf<number>();
const greeting = flow((name: string = 'you') => name);
expectTypeOf<EntryInput<typeof greeting>>().toEqualTypeOf<string | undefined>();
const emptied = flow((items: number[] = []) => items.length);
expectTypeOf<EntryInput<typeof emptied>>().toEqualTypeOf<number[] | undefined>();
const between = flow((low: number, high: number, step: number = 1) => low + high + step);
expectTypeOf<EntryInput<typeof between>>().toEqualTypeOf<readonly [number, number]>();
const spread = flow((low: number, high: number, ...more: number[]) => low + high + more.length);
expectTypeOf<EntryInput<typeof spread>>().toEqualTypeOf<readonly [number, number]>();
const named2 = flow('money', (cents: number, currency: string = 'EUR') => `${cents} ${currency}`, {
  params: ['cents', 'currency'],
});
expectTypeOf<EntryInput<typeof named2>>().toEqualTypeOf<readonly [cents: number, currency?: string | undefined]>();
const named1 = flow((cents: number, currency: string = 'EUR') => `${cents} ${currency}`, { params: ['cents'] });
expectTypeOf<EntryInput<typeof named1>>().toEqualTypeOf<number>();
const renamed = named2.with({ timeout: '1s' });
expectTypeOf<EntryInput<typeof renamed>>().toEqualTypeOf<readonly [cents: number, currency?: string | undefined]>();
const namedLater = money.with({ params: ['cents', 'currency'] });
expectTypeOf<EntryInput<typeof namedLater>>().toEqualTypeOf<readonly [cents: number, currency?: string | undefined]>();
expectTypeOf<EntryInput<(a: number, b: number) => void>>().toEqualTypeOf<readonly [a: number, b: number]>();
// an array before optional parameters could be either: nobody can give it until `params` says so
const sumFrom = (items: number[], start = 0) => items.length + start;
const sum0 = flow(sumFrom);
expectTypeOf<EntryInput<typeof sum0>>().toEqualTypeOf<NeedsParams>();
const sum1 = flow(sumFrom, { params: ['items'] });
expectTypeOf<EntryInput<typeof sum1>>().toEqualTypeOf<number[]>();
// a composite that hands on what it is given takes what its first step takes
const paid = pipe(named2, (text) => text.length);
expectTypeOf<EntryInput<typeof paid>>().toEqualTypeOf<readonly [cents: number, currency?: string | undefined]>();
const paidAlone = pipe(money, (text) => text.length);
expectTypeOf<EntryInput<typeof paidAlone>>().toEqualTypeOf<number>();

// pipe: each step's parameter comes from the step before; synchronous is told from promised
const shout = pipe(
  (text: string) => text.trim(),
  (text) => text.length,
  (count) => count > 3,
);
expectTypeOf(shout).toEqualTypeOf<Flow<string, boolean>>();
const named = pipe('named', add, fetchUser, (user) => user.name);
expectTypeOf(named).toEqualTypeOf<Flow<readonly [x: number, y: number], Promise<string>, [x: number, y: number]>>();
const maybeLater = pipe(
  (x: number): number | Promise<number> => x,
  (x) => x + 1,
);
expectTypeOf(maybeLater(1)).toEqualTypeOf<number | Promise<number>>();
const eight = pipe(
  (x: number) => x,
  (x) => x,
  (x) => x,
  (x) => x,
  async (x) => x,
  (x) => x,
  (x) => x,
  (x) => `${x}`,
);
expectTypeOf(eight(1)).toEqualTypeOf<Promise<string>>();
const up = (x: number) => x + 1;
const sixteen = pipe(up, up, up, up, up, up, up, up, up, up, up, up, up, up, up, (x) => `${x}`);
expectTypeOf(sixteen).toEqualTypeOf<Flow<number, string>>();
const sixteenNamed = pipe('named', up, up, up, up, up, up, up, up, up, up, up, up, up, up, up, async (x) => `${x}`);
expectTypeOf(sixteenNamed(1)).toEqualTypeOf<Promise<string>>();
// @ts-expect-error the step before gives a number
pipe('named', up, up, up, up, up, up, up, up, up, up, up, up, up, up, up, length);
const steps: ((x: number) => number)[] = [];
expectTypeOf(pipe(steps)).toEqualTypeOf<Flow<number, number>>();
const laterSteps: ((x: number) => Promise<number>)[] = [];
expectTypeOf(pipe('later', laterSteps)).toEqualTypeOf<Flow<number, Promise<number>>>();
pipe(
  (text: string) => text.length,
  // @ts-expect-error the step before gives a number
  (text: string) => text.trim(),
);
pipe(
  'named',
  (text: string) => text.length,
  (count) => count + 1,
  // @ts-expect-error the step before gives a number
  length,
);
// @ts-expect-error a step is a function
pipe(length, 5);

// map
expectTypeOf(map(fetchUser)).toEqualTypeOf<Flow<readonly number[], Promise<User[]>>>();
expectTypeOf(map('lengths', length)([])).toEqualTypeOf<Promise<number[]>>();
// @ts-expect-error items are numbers
void map(fetchUser)(['a']);
// @ts-expect-error not an option
map(fetchUser, { parallel: 3 });

// parallel: a record or a tuple; the input is what every branch can take
const profile = parallel({ user: fetchUser, half: (x: number) => x / 2 });
expectTypeOf(profile(1)).toEqualTypeOf<Promise<{ user: User; half: number }>>();
const both = parallel('both', [length, (text: string) => text.trim()]);
expectTypeOf(both('a')).toEqualTypeOf<Promise<[number, string]>>();
const narrow = parallel({ a: (given: { x: number }) => given.x, b: (given: { y: string }) => given.y });
expectTypeOf(narrow).parameter(0).toEqualTypeOf<{ x: number } & { y: string }>();
// @ts-expect-error both parts are needed
void narrow({ x: 1 });
const list: ((x: number) => string)[] = [];
expectTypeOf(parallel(list)(1)).toEqualTypeOf<Promise<string[]>>();
pipe(
  profile,
  // @ts-expect-error half is a number
  (given: { half: string }) => given.half,
);

// branch
const sign = branch('sign', (x: number) => x < 0, { true: () => 'minus' as const, false: (x) => x });
expectTypeOf(sign(1)).toEqualTypeOf<number | 'minus'>();
const allLater = branch('later', (x: number) => x < 0, { true: fetchUser, false: async () => 5 });
expectTypeOf(allLater(1)).toEqualTypeOf<Promise<User | 5 | number>>();
const someLater = branch('some', (x: number) => x < 0, { true: fetchUser, false: () => 'now' });
expectTypeOf(someLater(1)).toEqualTypeOf<User | string | Promise<User | string>>();
// @ts-expect-error the case takes a string
branch('wrong', (x: number) => x < 0, { true: length, false: () => 1 });
// @ts-expect-error no such case
branch('wrong', (x: number) => x < 0, { true: () => 1 }, { otherwise: 'never' });

// branch is exhaustive where `choose` gives one of several literals
const sizeOf = (x: number): 'big' | 'small' => (x > 2 ? 'big' : 'small');
const sized = branch('sized', sizeOf, { big: (x) => x + 1, small: (x) => `${x}` });
expectTypeOf(sized).toEqualTypeOf<Flow<number, number | string>>();
branch('digits', (x: number): 1 | 2 => (x > 1 ? 1 : 2), { 1: (x) => x, 2: (x) => x });
// @ts-expect-error no case for small
branch('missing', sizeOf, { big: (x) => x });
// @ts-expect-error no case for small, and none for medium either
branch('missing', (x: number) => (x > 2 ? 'big' : x > 1 ? 'medium' : 'small'), { big: (x) => x });
// @ts-expect-error no case for false
branch('missing', (x: number) => x > 2, { true: (x) => x });
branch('extra', sizeOf, {
  big: (x) => x,
  small: (x) => x,
  // @ts-expect-error choose never gives it
  smal: (x: number) => x,
});
branch('wrong', sizeOf, {
  big: (x) => x,
  // @ts-expect-error the input is a number
  small: length,
});
branch('any', (x: number) => `${x}`, { 1: (x) => x, 2: (x) => x });
branch('one', (_x: number) => 'yes', { yes: (x) => x, no: (x) => x });
branch('otherwise', sizeOf, { big: (x) => x, rest: (x) => x }, { otherwise: 'rest' });

// loop
const count = loop('count', (x: number) => x + 1, { while: (x) => x < 5 });
expectTypeOf(count).toEqualTypeOf<Flow<number, number>>();
const countLater = loop('count', async (x: number) => x + 1, { until: (x, done) => x > done });
expectTypeOf(countLater(1)).toEqualTypeOf<Promise<number>>();
// @ts-expect-error what it gives is not what it takes
loop('wrong', (x: number) => `${x}`, { max: 3 });
// @ts-expect-error the value is a number
loop('wrong', (x: number) => x, { while: (x: string) => x === '' });

// graph
const checkout = graph('checkout', (g: Graph<{ id: number; words: string[] }>) => {
  const user = g.add(
    fetchUser,
    g.input.map((given) => given.id),
  );
  expectTypeOf(user).toEqualTypeOf<Wire<User>>();
  const sum = g.add(
    add,
    g.input.map((given) => given.id),
    user.map((given) => given.name.length),
  );
  const joined = g.add((given: { user: User; sum: number }) => [given], { user, sum });
  const pair = g.add((given: readonly [User, number]) => given[0], [user, sum]);
  return { joined, list: [sum, pair] };
});
expectTypeOf(checkout).parameter(0).toEqualTypeOf<{ id: number; words: string[] }>();
expectTypeOf<Result<typeof checkout>['list']>().toEqualTypeOf<[number, User]>();
expectTypeOf(graph('one', (g: Graph<number>) => g.add(fetchUser, g.input))(1)).toEqualTypeOf<Promise<User>>();
graph('wrong', (g: Graph<{ id: number; word: string }>) => {
  const user = g.add(
    fetchUser,
    // @ts-expect-error a word is no id
    g.input.map((given) => given.word),
  );
  g.add(
    add,
    g.input.map((given) => given.id),
    // @ts-expect-error a user is no number
    user,
  );
  g.add(
    // @ts-expect-error a wire is missing
    add,
    g.input.map((given) => given.id),
  );
  // @ts-expect-error a constant is no wire
  g.add(length, 'text');
  g.add((given: { user: User }) => given, {
    // @ts-expect-error a number where a user belongs
    user: g.input.map((given) => given.id),
  });
  return user;
});

// a record of wires: refused at the field, also where the node is made in the call
graph('fields', (g: Graph<{ id: number; word: string }>) => {
  const id = g.input.map((given) => given.id);
  const word = g.input.map((given) => given.word);
  const join = (given: { id: number; word: string }) => given.word + given.id;
  expectTypeOf(g.add(flow(join), { id, word })).toEqualTypeOf<Wire<string>>();
  expectTypeOf(g.add((given) => given.length, word)).toEqualTypeOf<Wire<number>>();
  // @ts-expect-error the field is a number
  g.add(join, { id: word, word });
  // @ts-expect-error the field is a number
  g.add(flow(join), { id: word, word });
  // @ts-expect-error the field is a number
  g.add(pipe(join, length), { id: word, word });
  // @ts-expect-error a field is missing
  g.add(flow(join), { id });
  return { id, list: [word] };
});
// @ts-expect-error a constant is no wire
graph('wrong', (g: Graph<number>) => ({ x: 3, y: g.input }));
// @ts-expect-error nothing is returned
graph('wrong', (g: Graph<number>) => {
  g.add(fetchUser, g.input);
});

// a step without parameters that gives a literal, where the pipe is itself an argument
expectTypeOf([0].map(() => pipe('named', () => 1))).toEqualTypeOf<Flow<void, number, []>[]>();
// @ts-expect-error a step is a function, after a name as well
pipe('named', 5);

// where parameters are not known, an entry takes anything
expectTypeOf<EntryInput<AnyFlow>>().toEqualTypeOf<unknown>();
