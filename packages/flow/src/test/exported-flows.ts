/** Flows as a package of its own would export them, one of every making: each needs a type that can be named. */
import {
  type EntryInput,
  type Graph,
  type Result,
  type Wire,
  branch,
  combinator,
  compose,
  constant,
  debounce,
  fallback,
  filter,
  flow,
  graph,
  identity,
  loop,
  map,
  match,
  maybe,
  memoize,
  merge,
  parallel,
  pipe,
  race,
  reduce,
  repeat,
  result,
  retry,
  sleep,
  slot,
  split,
  tap,
  throttle,
  timeout,
  validate,
  when,
} from '@holon/flow';
export const f = flow((x: number, y: number) => x + y);
export const fn = flow('fn', async (cents: number, currency: string = 'EUR') => [cents, currency], {
  params: ['cents', 'currency'],
});
export const fl = flow('fl', (items: number[], start: number = 0) => items.length + start);
export const renamed = fn.with({ params: ['cents', 'currency'] });
export const answered = flow({ fn: async (x: number) => x, onError: (_error, x) => `${x}`, name: 'answered' });
export const described = flow((x: number) => x, { name: 'described', tags: ['a'], meta: { owner: 'me' } });
export const piped = f.pipe(async (x) => x).pipe((x) => `${x}`);
export const meta = described.meta;
export const p = parallel({ a: fl.with({ params: ['items'] }), b: async (x: number[]) => x });
export const pl = parallel('pl', [(x: string) => x, (x: string) => x.length]);
export const list: ((x: number) => string)[] = [];
export const ps = parallel(list);
export const pi = pipe(
  f,
  (x) => x,
  async (x) => `${x}`,
);
export const pn = pipe(
  'pn',
  (x: number): number | Promise<number> => x,
  (x) => x,
);
export const m = map('m', (x: number) => x, { concurrency: 2 });
export const b = branch('b', (x: number): 'a' | 'b' => (x > 1 ? 'a' : 'b'), { a: async (x) => x, b: (x) => `${x}` });
export const bo = branch('bo', (x: number) => `${x}`, { a: (x) => x }, { otherwise: 'a' });
export const l = loop('l', (x: number) => x + 1, { max: 3 });
export const g = graph('g', (w: Graph<{ n: number }>) => ({
  x: w.input,
  y: [w.add((o: { n: number }) => o.n, w.input)],
}));
export const nested = pipe(
  p,
  ({ b: given }) => given,
  map((x: number) => x),
);
export const deep = parallel({
  g,
  b: parallel({ c: pipe('p', parallel({ a: (x: { n: number }) => x.n }), (r) => r.a) }),
});
export function own<In, Out>(each: (input: In) => Out) {
  return map('own', each);
}
export function both<In, A, B>(a: (input: In) => A, b: (input: In) => B) {
  return parallel({ a, b });
}
export function all<In, Out>(each: readonly ((input: In) => Out)[]) {
  return parallel('all', each);
}
export function twice<T, Out extends T | Promise<T>>(body: (value: T) => Out) {
  return pipe(body, body as never as (x: Awaited<Out>) => Out);
}
export function either<In, A, B>(yes: (input: In) => A, no: (input: In) => B) {
  return branch('either', (input: In) => input === undefined, { true: yes, false: no });
}
export function again<T>(body: (value: T) => Promise<T>) {
  return loop('again', body, { max: 3 });
}
export function wrapped<Args extends unknown[], Out>(fn: (...args: Args) => Out) {
  return flow('wrapped', fn);
}
export function withAnswer<In, Out, Handled>(fn: (input: In) => Out, onError: (error: unknown) => Handled) {
  return flow({ fn, onError });
}
export function counted<In, Out>(fn: (input: In) => Out) {
  return flow(fn).pipe((value) => [value]);
}
export function named<Args extends unknown[], Out>(fn: (...args: Args) => Out) {
  return flow('named', fn, { params: ['a', 'b'] });
}
export function shaped<R extends readonly Wire<number>[]>(wires: (g: Graph<number>) => R) {
  return graph('shaped', wires);
}
export const nobody = flow((items: number[], start: number = 0) => items.length + start);
export const entry = (input: EntryInput<typeof nobody>) => input;
export const awaited = (value: Result<typeof p>) => value;
export function build(w: Graph<number>) {
  return w.add((x: number) => x, w.input);
}
export const wired = (w: Graph<{ a: number }>) => w.input;
export const waits = debounce(fn, '1s');
export const often = throttle(fn, '1s');
export const remembers = memoize(fn);
export const none = pipe();
export const one = pipe(f);
export const c = compose('c', f, (x) => `${x}`);
export const same = identity<{ readonly a: number }>();
export const five = constant('five', 5);
export const merged = merge(([a, b]: [number, string]) => ({ a, b }));
export const positive = validate((x: number) => x > 0);
export const text = validate((x: unknown): x is string => typeof x === 'string');
export const kept = filter('kept', (x: number) => x > 0, { concurrency: 2 });
export const total = reduce(([sum, x]: [number, number]) => sum + x, 0);
export const fastest = race({ a: async (x: number) => x, b: (x: number) => `${x}` });
export const safe = fallback(fn, constant(undefined));
export const patient = retry('patient', fn, { retries: 3 });
export const quick = timeout(fl.with({ params: ['items'] }), '1s');
export const there = maybe((x: number) => x);
export const tried = result((x: number) => x);
export const seen = tap((x: number) => x);
export const halves = split((x: string) => [x, x.length], [(x) => x, async (x) => x]);
export const whole = split((x: string) => x.split(','), []);
export const big = when(
  (x: number) => x > 1,
  async (x) => x,
);
export const small = when(
  'small',
  (x: number) => x > 1,
  (x) => x,
  (x) => `${x}`,
);
export const thrice = repeat((x: number) => x + 1, 3);
export const nap = pipe((x: number) => x, sleep('1s'));
export const which = match(
  'which',
  [
    [{ n: 1 }, (x: { n: number }) => x],
    [(x) => x.n > 1, async () => 'more'],
  ],
  () => null,
);
export function again2<Args extends unknown[], Out>(work: (...args: Args) => Out) {
  return timeout(retry(work), '1s');
}
export function first<In, A, B>(a: (input: In) => A, b: (input: In) => B) {
  return race([a, b]);
}
export function guarded<In, Out>(work: (input: In) => Out) {
  return maybe(result(work));
}
export const place = slot(f);
export const made = combinator({
  kind: 'own',
  picture: { slots: [place], marks: [], edges: [] },
  run: (input) => input,
});
