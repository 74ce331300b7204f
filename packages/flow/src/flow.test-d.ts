/** What `flow()`, `.pipe` and `.with` infer and refuse. Checked by `tsc`, run by nobody. */
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { type EntryInput, type Flow, type FlowMeta, flow, map, pipe } from './index.ts';

const length = flow((text: string) => text.length);
const later = flow('later', async (x: number) => `${x}`);
const order = z.object({ id: z.string(), count: z.number().default(1) });

// an input schema says what the parameter is, and what a caller may leave out
const counted = flow('counted', (given) => given.count, { input: order });
expectTypeOf(counted).toEqualTypeOf<Flow<{ id: string; count?: number | undefined }, number>>();
expectTypeOf(flow((given) => given.id, { input: order, name: 'named' })({ id: 'a' })).toEqualTypeOf<string>();
expectTypeOf(flow((items) => items.length, { input: z.array(z.string()) })(['a'])).toEqualTypeOf<number>();
expectTypeOf(flow((x) => x + 1, { input: z.coerce.number() })('5')).toEqualTypeOf<number>();
expectTypeOf(flow(() => 1, { input: z.undefined() })()).toEqualTypeOf<number>();
expectTypeOf<EntryInput<typeof counted>>().toEqualTypeOf<{ id: string; count?: number | undefined }>();
// @ts-expect-error the id is missing
counted({ count: 1 });
// @ts-expect-error the schema gives a text, the parameter is a number
flow((given: { n: number }) => given.n, { input: z.object({ n: z.string() }) });

// an output schema says what comes out, as a promise where the body gives one
expectTypeOf(flow((x: number) => `${x}`, { output: z.string().transform(Number) })(1)).toEqualTypeOf<number>();
expectTypeOf(flow(async () => JSON.parse('{}'), { output: order })()).toEqualTypeOf<
  Promise<{ id: string; count: number }>
>();
expectTypeOf(flow((): unknown => 1, { output: z.number() })()).toEqualTypeOf<number>();
const narrowed = flow((x: number) => (x > 1 ? x : undefined), { output: z.number() });
expectTypeOf(narrowed(1)).toEqualTypeOf<number>();
// @ts-expect-error no result of the body could pass
flow((x: number) => x, { output: z.string() });
flow('handwritten', (x: number) => x, {
  output: { '~standard': { version: 1, vendor: 'mine', validate: (value) => ({ value }) } },
});

// the object form
const divided = flow({
  fn: ([x, y]: [number, number]) => x / y,
  onError: () => 0,
  meta: { name: 'divided', pure: true },
});
expectTypeOf(divided).toEqualTypeOf<Flow<[number, number], number>>();
expectTypeOf(flow({ name: 'plain', fn: async (x: number) => x, retry: 2 })).toEqualTypeOf<
  Flow<number, Promise<number>>
>();
const named = flow({ fn: (x: number, y: number = 1) => x + y, params: ['x', 'y'] });
expectTypeOf<EntryInput<typeof named>>().toEqualTypeOf<readonly [x: number, y?: number | undefined]>();
expectTypeOf(flow({ fn: (given) => given.count, input: order })).toEqualTypeOf<
  Flow<{ id: string; count?: number | undefined }, number>
>();
expectTypeOf(flow({ fn: length, timeout: '1s' })).toEqualTypeOf<Flow<string, number, [text: string]>>();
// @ts-expect-error not an option
flow({ fn: (x: number) => x, onEror: () => 0 });
// @ts-expect-error the function is missing
flow({ onError: () => 0 });
// @ts-expect-error not a function
flow(5);
// @ts-expect-error onError stands beside the function
flow((x: number) => x, { onError: () => 0 });

// onError: what it gives is what the flow may give, and it knows the input
expectTypeOf(flow({ fn: (x: number) => x, onError: () => 'none' as const })(1)).toEqualTypeOf<number | 'none'>();
const saved = flow({ fn: async (x: number) => x, onError: (error: Error, x) => `${error.message} ${x}` });
expectTypeOf(saved(1)).toEqualTypeOf<Promise<number | string>>();
expectTypeOf(flow({ fn: (x: number) => x, onError: async () => 'late' })(1)).toEqualTypeOf<
  number | string | Promise<number | string>
>();
flow({
  fn: (x: number, y: string) => x + y.length,
  onError: (error, input) => {
    expectTypeOf(error).toEqualTypeOf<unknown>();
    expectTypeOf(input).toEqualTypeOf<readonly [x: number, y: string]>();
    return 0;
  },
});
flow({
  input: order,
  fn: (given) => given.count,
  onError: (_error, input) => {
    expectTypeOf(input).toEqualTypeOf<{ id: string; count: number }>();
    return 0;
  },
});

// .pipe: as pipe(this, next)
expectTypeOf(length.pipe(later)).toEqualTypeOf<Flow<string, Promise<string>, [text: string]>>();
expectTypeOf(length.pipe((count) => count > 1)).toEqualTypeOf<Flow<string, boolean, [text: string]>>();
expectTypeOf(
  later
    .pipe((text) => text.length)
    .pipe((count) => [count])
    .pipe(map((x: number) => x)),
).toEqualTypeOf<Flow<number, Promise<number[]>, [x: number]>>();
const add = flow((x: number, y: number) => x + y);
expectTypeOf(add.pipe(later)).toEqualTypeOf<
  Flow<readonly [x: number, y: number], Promise<string>, [x: number, y: number]>
>();
const perhaps = flow((x: number): number | Promise<number> => x);
expectTypeOf(perhaps.pipe((x) => `${x}`)(1)).toEqualTypeOf<string | Promise<string>>();
expectTypeOf(counted.pipe((count) => count)({ id: 'a' })).toEqualTypeOf<number>();
expectTypeOf(pipe(length, later).pipe(length)('a')).toEqualTypeOf<Promise<number>>();
// @ts-expect-error the step before gives a number
length.pipe(length);
// @ts-expect-error a step is a function
length.pipe(5);
// @ts-expect-error the step before gives a promise of a text, which is awaited
later.pipe((x: number) => x);

// what is known of a flow stays known in a helper
function wrapped<In, Out>(fn: (input: In) => Out) {
  const made = flow('wrapped', fn);
  expectTypeOf(made).toEqualTypeOf<Flow<In, Out>>();
  return made.pipe((value) => [value]);
}
expectTypeOf(wrapped((x: number) => `${x}`)(1)).toEqualTypeOf<string[]>();
expectTypeOf(wrapped(async (x: number) => `${x}`)(1)).toEqualTypeOf<Promise<string[]>>();

// flows of one kind are assignable to wider ones
const wider: Flow<number, number | string> = flow((_x: number) => 1 as const);
const list: readonly Flow<string, unknown>[] = [length, length.pipe(later), length.with({ timeout: '1s' })];
expectTypeOf([wider, list]).not.toBeAny();

// meta
expectTypeOf(length.meta).toEqualTypeOf<FlowMeta>();
flow((x: number) => x, {
  name: 'described',
  description: 'does nothing',
  tags: ['a'],
  version: 2,
  performance: { pure: true },
  types: { input: (value): value is number => typeof value === 'number' },
  meta: { owner: 'me' },
});
length.with({ name: 'other', meta: { anything: 5 }, version: '2' });
// @ts-expect-error data of one's own goes into meta
flow((x: number) => x, { owner: 'me' });
// @ts-expect-error a predicate takes any value
flow((x: number) => x, { types: { input: (value: number) => value > 1 } });
// @ts-expect-error a version is a text or a number
length.with({ version: true });

// `this` is nobody's
// @ts-expect-error it would be called without its object
flow('method', function (this: { base: number }, x: number) {
  return this.base + x;
});
// @ts-expect-error a class is no function
flow('Date', class {});

// a generator function is a function
expectTypeOf(
  flow(function* (n: number) {
    yield n;
  })(1),
).toEqualTypeOf<Generator<number, void, unknown>>();
