import {
  type AnyFlow,
  type FlowOptions,
  type Graph,
  batch,
  branch,
  compose,
  constant,
  context,
  each,
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
  rateLimit,
  reduce,
  repeat,
  result,
  retry,
  sleep,
  split,
  tap,
  timeout,
  toArray,
  validate,
  when,
  withConcurrencyKey,
  withPriority,
} from '@holon/flow';
import fc from 'fast-check';
import type { SimulatedClock } from '../index.ts';

/** Those that wait for a time, which in a direct call is no simulated one, come last. */
const KINDS = [
  'pipe',
  'map',
  'parallel',
  'branch',
  'loop',
  'graph',
  'code',
  'code at once',
  'plain code',
  'each',
  'memoize',
  'chained',
  'answered',
  'compose',
  'filter',
  'reduce',
  'race',
  'fallback',
  'retry',
  'timeout',
  'maybe',
  'result',
  'tap',
  'split',
  'when',
  'match',
  'repeat',
  'concurrency key',
  'priority',
  'batch',
  'rate limit',
  'sleep',
] as const;
const WAITING = 3;

/** A flow as plain data, so that fast-check can make and shrink it. Every flow takes and gives a number. */
export type Tree =
  | {
      readonly kind: 'leaf';
      /** `plain` gives a promise without being an `async` function. */
      readonly how: 'sync' | 'async' | 'plain';
      /** How long it takes; of synchronous ones nothing. */
      readonly ms: number;
      /** How many attempts fail; 9 is all of them. */
      readonly fails: number;
      /** Whether it ends at once when aborted. */
      readonly obedient: boolean;
      readonly policies: Policies;
    }
  | {
      readonly kind: (typeof KINDS)[number];
      readonly children: readonly Tree[];
      readonly policies: Policies;
    };

interface Policies {
  readonly retries: number;
  readonly timeoutMs: number | undefined;
}

export interface World {
  readonly clock: SimulatedClock;
  /** Bodies running that have no open child; but for those begun in line by plain code, which may lack a place. */
  running: number;
  most: number;
}

interface TreeOptions {
  readonly policies?: boolean;
  readonly timeouts?: boolean;
  /** Procedures that wait for a time. */
  readonly waits?: boolean;
  /** Combinators that come to something else when a day has passed, as it may in a debugger. */
  readonly deadlines?: boolean;
  /** Bodies that outlive any grace period when they are aborted. */
  readonly deaf?: boolean;
}

export function trees({
  policies: withPolicies = true,
  timeouts = true,
  waits = true,
  deadlines = true,
  deaf = false,
}: TreeOptions = {}): fc.Arbitrary<Tree> {
  const none = fc.constant<Policies>({ retries: 0, timeoutMs: undefined });
  const some = fc.record<Policies>({
    retries: fc.constantFrom(0, 0, 1, 2),
    timeoutMs: timeouts ? fc.constantFrom(undefined, undefined, 5, 25) : fc.constant(undefined),
  });
  const policies = withPolicies ? some : none;
  const kinds = (waits ? KINDS : KINDS.slice(0, -WAITING)).filter(
    (kind) => deadlines || (kind !== 'race' && kind !== 'timeout'),
  );
  const leaf = fc.record({
    kind: fc.constant('leaf' as const),
    how: fc.constantFrom('sync' as const, 'async' as const, 'plain' as const),
    ms: fc.constantFrom(0, 1, 10, 30, ...(deaf ? [300] : [])),
    fails: fc.constantFrom(0, 0, 0, 0, 1, 9),
    obedient: fc.boolean(),
    policies,
  });
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'large' },
      { weight: 1, arbitrary: leaf },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom(...kinds),
          children: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
          policies,
        }),
      },
    ),
  })).tree;
}

/** The flow that a tree describes. */
export function build(tree: Tree, world: World): AnyFlow {
  let count = 0;
  const make = (part: Tree, inCode = false): AnyFlow => {
    const name = `${part.kind.replaceAll(' ', '-')}${count++}`;
    const { retries, timeoutMs } = part.policies;
    const options: FlowOptions = {
      ...(retries > 0 && { retry: { retries, delay: 3, backoff: 'fixed' } }),
      ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    };
    if (part.kind === 'leaf') return leaf(name, part, world, inCode).with(options);
    const children = part.children.map((child) => make(child, inCode || part.kind.includes('code'))) as unknown as ((
      x: number,
    ) => number | Promise<number>)[];
    return composite(name, part.kind, children, world).with(options);
  };
  return make(tree);
}

function leaf(
  name: string,
  { how, ms, fails, obedient }: Extract<Tree, { kind: 'leaf' }>,
  world: World,
  inCode: boolean,
): AnyFlow {
  const give = (x: number): number => {
    if (context().attempt <= fails) throw new Error(`${name} fails`);
    return (x * 3 + 1) % 1_000;
  };
  if (how === 'sync') return flow(name, give);
  const work = async (x: number): Promise<number> => {
    const counts = how === 'async' || !inCode || context().attempt > 1;
    if (counts) enter(world);
    try {
      await world.clock.sleep(ms, obedient ? context().signal : undefined);
      return give(x);
    } finally {
      if (counts) world.running -= 1;
    }
  };
  return how === 'async' ? flow(name, work) : flow(name, (x: number) => work(x));
}

function enter(world: World): void {
  world.running += 1;
  world.most = Math.max(world.most, world.running);
}

type Child = (x: number) => number | Promise<number>;

const isEven = (x: number): boolean => x % 2 === 0;

/** Fails in the first of several tries. */
const notAtFirst = flow('notAtFirst', (x: number) => {
  if (context().iteration === 0) throw new Error('fails at first');
  return x;
});

function composite(name: string, kind: string, children: Child[], world: World): AnyFlow {
  const [first] = children as [Child];
  const sum = (xs: readonly number[]): number => xs.reduce((a, b) => (a + b) % 1_000, 0);
  switch (kind) {
    case 'pipe':
      return pipe(name, children as ((x: number) => number)[]);
    case 'map':
      return pipe(name, (x: number) => [x, x + 1, x + 2], map('each', first, { concurrency: 2 }), sum);
    case 'each':
      return pipe(
        name,
        (x: number) => [x, x + 1, x + 2],
        each('each', first, { concurrency: 2, into: toArray() }),
        sum,
      );
    case 'chained':
      return (children as unknown as AnyFlow[]).reduce((chain, next) => chain.pipe(next)).with({ name });
    case 'answered':
      return flow({
        name,
        fn: first,
        onError: async (_error, x) => {
          await world.clock.sleep(2, context().signal);
          return x + 1;
        },
      });
    case 'memoize':
      return memoize(name, first, (x) => x % 3);
    case 'batch':
      return pipe(
        name,
        (x: number) => [x, x + 1, x + 2],
        map('each', batch('one', map('many', first), { size: 2, delay: 4 })),
        sum,
      );
    case 'concurrency key':
      return withConcurrencyKey(name, first, name, 1);
    case 'priority':
      return withPriority(name, first, 'high');
    case 'rate limit':
      return rateLimit(name, first, { limit: 2, interval: 7 });
    case 'compose':
      return compose(name, identity<number>('same'), first, validate('sound', Number.isFinite));
    case 'filter':
      return pipe(name, (x: number) => [x, x + 1], filter('kept', pipe(first, isEven), { concurrency: 2 }), sum);
    case 'reduce':
      return pipe(
        name,
        (x: number) => [x, x + 1],
        reduce(
          'folded',
          pipe(([total, x]: [number, number]) => (total + x) % 1_000, first),
          0,
        ),
      );
    case 'race':
      // The others would take a day: they have to be aborted. As tasks they could keep the only place.
      return race(name, [first, sleep<number>('1d'), sleep<number>('1d')]);
    case 'fallback':
      return fallback(name, first, children[1] ?? constant(11));
    case 'retry':
      return retry(name, pipe(notAtFirst, first), 2, 0);
    case 'timeout':
      return timeout(name, first, '1d');
    case 'maybe':
      return pipe(
        name,
        (x: number) => (x % 3 === 0 ? null : x),
        maybe('there', first),
        (x) => x ?? 12,
      );
    case 'result':
      return pipe(
        name,
        (value: number) => ({ ok: true, value }) as const,
        result('tried', first),
        result('again', children[1] ?? first),
        (tried) => (tried.ok ? tried.value : 13),
      );
    case 'tap':
      return tap(name, first);
    case 'split':
      return pipe(
        name,
        split('parts', (x: number): number[] => [x, x + 1], children),
        merge('total', sum),
      );
    case 'when':
      return when(name, pipe(first, isEven), children[1] ?? first, children[2]!);
    case 'match':
      return match(
        name,
        [
          [0, first],
          [(x) => x % 2 === 1, children[1] ?? first],
        ],
        children[2] ?? identity<number>(),
      );
    case 'repeat':
      return repeat(name, first, 2);
    case 'sleep':
      return pipe(name, sleep<number>('pause', 6), first);
    case 'parallel':
      return pipe(name, parallel('all', children), sum as never) as never;
    case 'branch':
      return branch(
        name,
        (x: number) => String(x % children.length),
        Object.fromEntries(children.map((child, i) => [String(i), child])),
      ) as never;
    case 'loop':
      return loop(name, first as (x: number) => number, { while: (_x, done) => done < 3 });
    case 'graph':
      return graph(name, (g: Graph<number>) => {
        const wires = children.map((child) => g.add(child as (x: number) => number, g.input));
        const last = g.add(
          (first as unknown as AnyFlow).with({ name: 'last' }) as (x: number) => number,
          wires.at(-1)!,
        );
        return g.add(
          flow('total', (a: number, b: number) => sum([a, b])),
          wires[0]!,
          last,
        );
      }) as never;
    case 'code':
      return flow(name, async (x: number) => {
        let value = x;
        for (const child of children) value = await child(value);
        return value;
      });
    case 'plain code':
      return flow(name, (x: number) =>
        children.reduce<number | Promise<number>>(
          (value, child) => (typeof value === 'number' ? child(value) : value.then(child)),
          x,
        ),
      );
    default:
      return flow(name, async (x: number) => {
        enter(world);
        await world.clock.sleep(1, context().signal).finally(() => {
          world.running -= 1;
        });
        const results = await Promise.all(children.map(async (child) => child(x)));
        return sum(results);
      });
  }
}
