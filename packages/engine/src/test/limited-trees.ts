import { type AnyFlow, type FlowOptions, context, flow, loop, map, parallel, pipe } from '@holon/flow';
import fc from 'fast-check';
import type { SimulatedClock } from '../index.ts';

/** A flow with limits on any of its nodes, as plain data. Every flow takes and gives a number. */
export type LimitedTree = {
  readonly limits: Limits;
  readonly retries: number;
} & (
  | { readonly kind: 'leaf'; readonly ms: number; readonly fails: number }
  | {
      readonly kind: 'pipe' | 'parallel' | 'map' | 'loop' | 'code' | 'code at once';
      readonly children: readonly LimitedTree[];
    }
);

interface Limits {
  readonly key: keyof typeof KEY_LIMITS | undefined;
  readonly maxConcurrency: number | undefined;
  readonly rate: { readonly limit: number; readonly interval: number } | undefined;
  readonly priority: number | undefined;
}

/** How many may hold each key at once. */
const KEY_LIMITS = { a: 1, b: 1, c: 2 } as const;

export function limitedTrees(): fc.Arbitrary<LimitedTree> {
  const limits = fc.record<Limits>({
    key: fc.constantFrom(undefined, undefined, 'a', 'b', 'c'),
    maxConcurrency: fc.constantFrom(undefined, undefined, undefined, 1, 2),
    rate: fc.constantFrom(undefined, undefined, undefined, undefined, { limit: 2, interval: 50 }),
    priority: fc.constantFrom(undefined, undefined, -1, 2),
  });
  const retries = fc.constantFrom(0, 0, 1);
  return fc.letrec<{ tree: LimitedTree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, depthSize: 'large' },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('leaf' as const),
          ms: fc.constantFrom(0, 1, 10, 30),
          fails: fc.constantFrom(0, 0, 0, 1),
          limits,
          retries,
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom('pipe', 'parallel', 'map', 'loop', 'code', 'code at once'),
          children: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
          limits,
          retries,
        }),
      },
    ),
  })).tree;
}

/** Watches the bodies of limited trees. */
export class LimitedWorld {
  readonly clock: SimulatedClock;
  running = 0;
  most = 0;
  /** What was ever more than it may be, in words. */
  readonly broken: string[] = [];
  /** By name of a node. */
  readonly limits = new Map<string, Limits>();
  /** By key: who holds it and runs something, and how many bodies. */
  readonly #active = new Map<string, Map<string, number>>();

  constructor(clock: SimulatedClock) {
    this.clock = clock;
  }

  /** A stretch of a body in which it has no open child. */
  async busy(ms: number): Promise<void> {
    const holds = this.#holds();
    this.#count(holds, 1);
    try {
      await this.clock.sleep(ms, context().signal);
    } finally {
      this.#count(holds, -1);
    }
  }

  #count(holds: ReadonlyMap<string, { readonly holder: string; readonly limit: number }>, by: 1 | -1): void {
    this.running += by;
    this.most = Math.max(this.most, this.running);
    for (const [key, { holder, limit }] of holds) {
      const active = this.#active.get(key) ?? new Map<string, number>();
      this.#active.set(key, active);
      const count = (active.get(holder) ?? 0) + by;
      if (count === 0) active.delete(holder);
      else active.set(holder, count);
      if (active.size > limit) this.broken.push(`${active.size} run under ${key}, of ${limit}: ${[...active.keys()]}`);
    }
  }

  /** Which keys the running body is under, and the outermost instance that holds each. */
  #holds(): Map<string, { holder: string; limit: number }> {
    const { path, runId } = context();
    const holds = new Map<string, { holder: string; limit: number }>();
    const segments = path!.split('/');
    for (const [i, segment] of segments.entries()) {
      const name = /^[^[@]+/.exec(segment)![0];
      const { key, maxConcurrency } = this.limits.get(name) ?? {};
      // An index stands with the caller: it tells the callee's instances apart, and not the caller's own.
      const holder = `${runId} ${segments.slice(0, i).join('/')}/${name}`;
      if (key !== undefined && !holds.has(key)) holds.set(key, { holder, limit: KEY_LIMITS[key] });
      if (maxConcurrency !== undefined && !holds.has(name)) holds.set(name, { holder, limit: maxConcurrency });
    }
    return holds;
  }
}

/** The flow that a tree describes. */
export function buildLimited(tree: LimitedTree, world: LimitedWorld): AnyFlow {
  let count = 0;
  const make = (part: LimitedTree): AnyFlow => {
    const name = `${part.kind.replaceAll(' ', '-')}${count++}`;
    const { key, maxConcurrency, rate, priority } = part.limits;
    world.limits.set(name, part.limits);
    const options: FlowOptions = {
      maxConcurrency,
      rate,
      priority,
      ...(part.retries > 0 && { retry: { retries: part.retries, delay: 3, backoff: 'fixed' } }),
      ...(key !== undefined && { concurrencyKey: { key, limit: KEY_LIMITS[key] } }),
    };
    if (part.kind === 'leaf') return leaf(name, part, world).with(options);
    return composite(name, part.kind, part.children.map(make) as never, world).with(options);
  };
  return make(tree);
}

type Numeric = (x: number) => number | Promise<number>;

function leaf(name: string, { ms, fails }: Extract<LimitedTree, { kind: 'leaf' }>, world: LimitedWorld): AnyFlow {
  return flow(name, async (x: number) => {
    await world.busy(ms);
    if (context().attempt <= fails) throw new Error(`${name} fails`);
    return (x * 3 + 1) % 1_000;
  });
}

function composite(name: string, kind: string, children: readonly Numeric[], world: LimitedWorld): AnyFlow {
  const [first] = children as [Numeric];
  const sum = (xs: readonly number[]): number => xs.reduce((a, b) => (a + b) % 1_000, 0);
  switch (kind) {
    case 'pipe':
      return pipe(name, children as ((x: number) => number)[]);
    case 'parallel':
      return pipe(name, parallel('all', children), sum as never) as never;
    case 'map':
      return pipe(name, (x: number) => [x, x + 1, x + 2], map('each', first, { concurrency: 2 }), sum);
    case 'loop':
      return loop(name, first as (x: number) => number, { while: (_x, done) => done < 3 });
    case 'code':
      return flow(name, async (x: number) => {
        let value = x;
        await world.busy(1);
        for (const child of children) value = await child(value);
        await world.busy(1);
        return value;
      });
    default:
      return flow(name, async (x: number) => {
        await world.busy(1);
        return sum(await Promise.all(children.map(async (child) => child(x))));
      });
  }
}
