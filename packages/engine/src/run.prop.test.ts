import { isDeepStrictEqual } from 'node:util';
import { type AnyFlow, isHolonError } from '@holon/flow';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  type InstanceStatus,
  type InstanceTotals,
  type NodeMetrics,
  type RunEvent,
  type RunState,
  type SimulatedClock,
  type Trace,
  createEngine,
  emptyRunState,
  encodeRunState,
  fold,
  seededRandom,
  simulatedClock,
} from './index.ts';
import { coreOf } from './engine.ts';
import { RunHandle } from './run-handle.ts';
import { snapshotOf } from './snapshot.ts';
import { collected } from './test/setting.ts';
import { faultsOf } from './test/story.ts';
import { type Tree, type World, build, trees } from './test/trees.ts';

const runsOfProperty = { numRuns: Number(process.env['FC_RUNS'] ?? 150) };

// Bounds a hang; a busy machine takes a while, and a long search longer.
vi.setConfig({ testTimeout: 60_000 + runsOfProperty.numRuns * 100 });

/** What something comes to, in words that can be compared. */
async function comesTo(work: () => unknown): Promise<string> {
  try {
    return `value ${JSON.stringify(await work())}`;
  } catch (error) {
    return `failure ${isHolonError(error) ? error.code : String((error as Error).message)}`;
  }
}

interface Setting {
  readonly world: World;
  readonly clock: SimulatedClock;
  readonly root: AnyFlow;
  readonly engine: ReturnType<typeof createEngine>;
}

function setting(
  tree: Tree,
  options: {
    readonly maxConcurrency?: number;
    readonly seed?: number;
    readonly shuffled?: boolean;
    readonly monitoring?: boolean;
  } = {},
): Setting {
  const clock = simulatedClock();
  const { maxConcurrency = 4, seed = 1, shuffled = false, monitoring } = options;
  const random = seededRandom(seed);
  const world: World = { clock, running: 0, most: 0 };
  const pick = shuffled ? (settled: readonly unknown[]) => Math.floor(random.next() * settled.length) : undefined;
  const engine = createEngine({ clock, random, maxConcurrency, pick, monitoring, gracePeriod: 100 });
  return { world, clock, engine, root: build(tree, world) };
}

/** How many leaves fail. */
function failing(tree: Tree): number {
  if (tree.kind === 'leaf') return tree.fails > 0 ? 1 : 0;
  return tree.children.reduce((sum, child) => sum + failing(child), 0);
}

function hasAny(tree: Tree, kinds: readonly string[]): boolean {
  if (tree.kind === 'leaf') return false;
  return kinds.some((kind) => tree.kind.includes(kind)) || tree.children.some((child) => hasAny(child, kinds));
}

function depthOf(tree: Tree): number {
  return tree.kind === 'leaf' ? 0 : 1 + Math.max(...tree.children.map(depthOf));
}

/** Counts the tree by its depth, and the kinds that are in it. */
function note(tree: Tree, shapes: Map<string, number>): void {
  const add = (shape: string): void => void shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  add(`depth ${depthOf(tree)}`);
  const walk = (part: Tree): void => {
    add(part.kind === 'leaf' ? `${part.how} leaf` : part.kind);
    if (part.kind !== 'leaf') part.children.forEach(walk);
  };
  walk(tree);
}

/** Every event stands where it may, and as often: see `docs/events.md`. */
function expectWhole(events: readonly RunEvent[]): void {
  expect(faultsOf(events)).toEqual([]);
}

/** Events as text, without what differs from one making of the same flow to the next. */
function stripped(events: readonly RunEvent[]): string {
  return JSON.stringify(events, (key, value: unknown) => (key === 'stack' || key === 'origin' ? undefined : value));
}

/** Counters that the engine keeps say what its events say. */
function expectMetrics(metrics: InstanceTotals, { instances, counts }: RunState): void {
  const open = [...instances.values()];
  const doing = (what: InstanceStatus): number => open.filter(({ status }) => status === what).length;
  const cameTo = (what: 'succeeded' | 'failed' | 'canceled'): number =>
    [...counts.values()].reduce((sum, count) => sum + count[what], 0);
  expect(metrics).toMatchObject({
    running: doing('running'),
    queued: doing('queued'),
    held: doing('held'),
    retrying: doing('retrying'),
    waiting: doing('waiting'),
    succeeded: cameTo('succeeded'),
    failed: cameTo('failed'),
    canceled: cameTo('canceled'),
  });
}

/** A trace says of each instance what the fold of all of them says, and its phases stand one behind the other. */
function expectTrace(trace: Trace, whole: RunState): void {
  expect(trace).toMatchObject({ runId: whole.runId, flow: whole.flow, status: whole.status, endedAt: whole.endedAt });
  expect(trace.spans.map(({ path, status, parent }) => [path, status, parent])).toEqual(
    [...whole.instances.values()].map(({ path, status, parent }) => [path, status, parent]),
  );
  for (const { phases, openedAt, endedAt, ...span } of trace.spans) {
    let at = openedAt;
    for (const { from, until } of phases) {
      expect(from).toBeGreaterThanOrEqual(at);
      expect(until).toBeGreaterThanOrEqual(from);
      at = until!;
    }
    expect(at).toBeLessThanOrEqual(endedAt!);
    const lengths = phases.reduce((sum, { from, until }) => sum + until! - from, 0);
    const sums = span.queuedMs + span.runningMs + span.waitingMs + span.retryingMs + span.heldMs;
    expect(sums).toBe(lengths);
  }
}

/** Every attempt that began was timed, once. */
function expectLatency(nodes: ReadonlyMap<string, NodeMetrics>, events: readonly RunEvent[]): void {
  const began = new Map<string, number>();
  const idOf = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'node.opened') idOf.set(event.path, event.id);
    if (event.type !== 'node.started') continue;
    const id = idOf.get(event.path)!;
    began.set(id, (began.get(id) ?? 0) + 1);
  }
  for (const [id, { latency }] of nodes) expect([id, latency?.run?.count]).toEqual([id, began.get(id)]);
}

describe('any flow', () => {
  test('comes to the same when called directly and when run, at any limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        trees({ policies: false, waits: false }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (tree, maxConcurrency, shuffled) => {
          const direct = setting(tree);
          const expected = await direct.clock.finish(comesTo(() => direct.root(1)));
          const { engine, clock, root } = setting(tree, { maxConcurrency, shuffled });
          const actual = await clock.finish(comesTo(() => engine.execute(root, 1)));
          // Which of several failures comes first is up to who gets a place first.
          if (failing(tree) > 1) expect(actual.split(' ')[0]).toBe(expected.split(' ')[0]);
          else expect(actual).toBe(expected);
        },
      ),
      runsOfProperty,
    );
  });

  test('takes as long as it does when called directly, where there is room for all', async () => {
    const shapes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(trees({ policies: false, waits: false }), async (tree) => {
        // Called directly, what plain code has called is not aborted with it, and who has won a race waits for no loser.
        fc.pre(!hasAny(tree, ['code', 'race', 'timeout']));
        note(tree, shapes);
        const direct = setting(tree);
        const expected = await direct.clock.finish(comesTo(() => direct.root(1)));
        const { engine, clock, root } = setting(tree, { maxConcurrency: 1_000 });
        const actual = await clock.finish(comesTo(() => engine.execute(root, 1)));
        expect(actual.split(' ')[0]).toBe(expected.split(' ')[0]);
        // Of what happens at the same moment as a failure, which came first is up to how many microtasks it took.
        if (failing(tree) === 0) expect(clock.elapsed()).toBe(direct.clock.elapsed());
      }),
      runsOfProperty,
    );
    // What the property has been about: depths and kinds, most frequent first.
    process.stdout.write(
      `${[...shapes]
        .toSorted(([, a], [, b]) => b - a)
        .map(([shape, count]) => `${shape} ${count}`)
        .join(', ')}\n`,
    );
  });

  test('never has more bodies without an open child running than places, and never deadlocks', async () => {
    await fc.assert(
      fc.asyncProperty(
        trees(),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (tree, maxConcurrency, shuffled) => {
          const { engine, clock, root, world } = setting(tree, { maxConcurrency, shuffled });
          const runs = [engine.start(root, 1), engine.start(root, 2)];
          await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
          expect(world.most).toBeLessThanOrEqual(maxConcurrency);
          // Work that they have left is over once its own grace period is.
          await clock.advance(1_000);
          expect(coreOf(engine).slots.inUse).toBe(0);
          expect(coreOf(engine).runs.isEmpty).toBe(true);
        },
      ),
      runsOfProperty,
    );
  });

  test('tells a whole story, and all that it says of itself at any moment is the fold of it so far', async () => {
    await fc.assert(
      fc.asyncProperty(trees({ deaf: true }), fc.integer({ min: 1, max: 4 }), async (tree, maxConcurrency) => {
        const { engine, clock, root } = setting(tree, { maxConcurrency, monitoring: true });
        const core = coreOf(engine).prepare(root, 1, { labels: { tenant: 'a' }, trace: true });
        const run = new RunHandle(core);
        const events: RunEvent[] = [];
        const folded = emptyRunState();
        const differences: unknown[] = [];
        const whole = emptyRunState();
        core.log.on((event) => events.push(event));
        const append = core.log.append.bind(core.log);
        core.log.append = (event) => {
          append(event);
          fold(whole, event, { keep: 'all' });
          const live = snapshotOf(core).state;
          const told = encodeRunState(fold(folded, event));
          if (!isDeepStrictEqual(live, told)) differences.push({ event, live, told });
          if (event.seq % 4 === 0) expectMetrics(run.metrics(), folded);
        };
        core.begin();
        await clock.finish(core.outcome);
        expect(differences).toEqual([]);
        expectWhole(events);
        expect(core.log.watched, 'no listener has thrown').toBe(true);
        expect(run.state).toEqual(folded);
        expectMetrics(run.metrics(), folded);
        expectTrace(run.trace!, whole);
        expectLatency(run.metrics().nodes, events);
        const { runs, instances, nodes } = engine.metrics();
        // Shared work is a run of its own.
        if (Object.values(runs).reduce((sum, count) => sum + count) > 1) return;
        expectMetrics(instances, folded);
        expect(nodes).toEqual(run.metrics().nodes);
      }),
      runsOfProperty,
    );
  });

  test('is not changed by listeners that throw, anywhere and at any event', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await fc.assert(
      fc.asyncProperty(trees({ deaf: true }), fc.integer({ min: 1, max: 60 }), async (tree, moment) => {
        const story = async (withBad: boolean): Promise<string> => {
          const { engine, clock, root } = setting(tree, { maxConcurrency: 2, shuffled: true });
          let told = 0;
          const bad = (): void => {
            told += 1;
            if (told >= moment) throw new Error('bad');
          };
          if (withBad) engine.on('*', bad);
          const run = engine.start(root, 1, withBad ? { trace: bad } : {});
          if (withBad) run.on(bad);
          const events = collected(run);
          if (withBad) run.on('node.started', bad);
          await clock.finish(run.outcome);
          return stripped(events);
        };
        expect(await story(true)).toBe(await story(false));
      }),
      runsOfProperty,
    );
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
  });

  test('canceled at any event has one outcome and nothing left open', async () => {
    await fc.assert(
      fc.asyncProperty(
        trees({ deaf: true }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(60),
        async (tree, maxConcurrency, at) => {
          const { engine, clock, root } = setting(tree, { maxConcurrency });
          const run = engine.start(root, 1);
          const events: RunEvent[] = [];
          run.on((event) => {
            events.push(event);
            if (event.seq === at + 1) run.cancel('enough');
          });
          const { status } = await clock.finish(run.outcome);
          expectWhole(events);
          if (events.some(({ type }) => type === 'run.canceling')) expect(status).toBe('canceled');
          // Nothing begins later on, and no timer is left that would make it.
          await clock.advance(100_000);
          expect(coreOf(engine).slots.inUse).toBe(0);
          expect(coreOf(engine).runs.isEmpty).toBe(true);
          expect(events.at(-1)!.type).toMatch(/^run\./);
        },
      ),
      runsOfProperty,
    );
  });

  test('paused and resumed at any events comes to the same', async () => {
    await fc.assert(
      fc.asyncProperty(trees({ timeouts: false }), fc.array(fc.nat(40), { maxLength: 5 }), async (tree, moments) => {
        const plain = setting(tree);
        const expected = await plain.clock.finish(comesTo(() => plain.engine.execute(plain.root, 1)));
        const { engine, clock, root } = setting(tree);
        const run = engine.start(root, 1);
        const events: RunEvent[] = [];
        run.on((event) => {
          events.push(event);
          if (!moments.includes(event.seq)) return;
          run.pause();
          clock.setTimer(() => run.resume(), 17);
        });
        const actual = await clock.finish(comesTo(() => run.result));
        if (failing(tree) > 1) expect(actual.split(' ')[0]).toBe(expected.split(' ')[0]);
        else expect(actual).toBe(expected);
        expectWhole(events);
      }),
      runsOfProperty,
    );
  });

  test('tells the same story for the same seed', async () => {
    await fc.assert(
      fc.asyncProperty(trees(), fc.integer(), async (tree, seed) => {
        const story = async (): Promise<RunEvent[]> => {
          const { engine, clock, root } = setting(tree, { seed, shuffled: true, maxConcurrency: 2 });
          const run = engine.start(root, 1);
          const events: RunEvent[] = [];
          run.on((event) => events.push(event));
          await clock.finish(run.outcome);
          return events;
        };
        expect(stripped(await story())).toBe(stripped(await story()));
      }),
      runsOfProperty,
    );
  });
});
