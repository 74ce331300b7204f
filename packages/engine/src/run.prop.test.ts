import { isDeepStrictEqual } from 'node:util';
import { type AnyFlow, isHolonError } from '@holon/flow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type RunEvent,
  type SimulatedClock,
  createEngine,
  emptyRunState,
  encodeRunState,
  fold,
  seededRandom,
  simulatedClock,
} from './index.ts';
import { coreOf } from './engine.ts';
import { snapshotOf } from './snapshot.ts';
import { type Tree, type World, build, trees } from './test/trees.ts';

const runsOfProperty = { numRuns: Number(process.env['FC_RUNS'] ?? 150) };

const finals = new Set(['node.succeeded', 'node.failed', 'node.canceled']);

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
  options: { readonly maxConcurrency?: number; readonly seed?: number; readonly shuffled?: boolean } = {},
): Setting {
  const clock = simulatedClock();
  const { maxConcurrency = 4, seed = 1, shuffled = false } = options;
  const random = seededRandom(seed);
  const world: World = { clock, running: 0, most: 0 };
  const pick = shuffled ? (settled: readonly unknown[]) => Math.floor(random.next() * settled.length) : undefined;
  const engine = createEngine({ clock, random, maxConcurrency, pick, gracePeriod: 100 });
  return { world, clock, engine, root: build(tree, world) };
}

/** How many leaves fail. */
function failing(tree: Tree): number {
  if (tree.kind === 'leaf') return tree.fails > 0 ? 1 : 0;
  return tree.children.reduce((sum, child) => sum + failing(child), 0);
}

/** Every instance opened has exactly one final event, the last of its own but for a late result; and the run has one end. */
function expectWhole(events: readonly RunEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const open = new Set<string>();
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type === 'node.opened') {
      expect(open.has(event.path) || ended.has(event.path), `opened twice: ${event.path}`).toBe(false);
      if (event.parent !== undefined) expect(open.has(event.parent), `parent of ${event.path} is open`).toBe(true);
      open.add(event.path);
    } else if (finals.has(event.type)) {
      const { path } = event as RunEvent & { path: string };
      expect(open.delete(path), `${event.type} ${path} while open`).toBe(true);
      ended.add(path);
    } else if (
      'path' in event &&
      event.type.startsWith('node.') &&
      !['node.late', 'node.logged'].includes(event.type)
    ) {
      expect(open.has(event.path), `${event.type} ${event.path} while open`).toBe(true);
    }
  }
  expect([...open]).toEqual([]);
  const ends = events.filter(({ type }) => ['run.succeeded', 'run.failed', 'run.canceled'].includes(type));
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toBe(ends[0]);
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

  test('tells a whole story, and its state at any moment is the fold of it so far', async () => {
    await fc.assert(
      fc.asyncProperty(trees({ deaf: true }), fc.integer({ min: 1, max: 4 }), async (tree, maxConcurrency) => {
        const { engine, clock, root } = setting(tree, { maxConcurrency });
        const core = coreOf(engine).prepare(root, 1, {});
        const events: RunEvent[] = [];
        const folded = emptyRunState();
        const differences: unknown[] = [];
        core.log.on((event) => events.push(event));
        const append = core.log.append.bind(core.log);
        core.log.append = (event) => {
          append(event);
          const live = snapshotOf(core).state;
          const told = encodeRunState(fold(folded, event));
          if (!isDeepStrictEqual(live, told)) differences.push({ event, live, told });
        };
        core.begin();
        await clock.finish(core.outcome);
        expect(differences).toEqual([]);
        expectWhole(events);
        expect(core.log.watched, 'no listener has thrown').toBe(true);
        expect(snapshotOf(core).state).toEqual(encodeRunState(folded));
      }),
      runsOfProperty,
    );
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
        const strip = (events: RunEvent[]) =>
          JSON.stringify(events, (key, value: unknown) => (key === 'stack' || key === 'origin' ? undefined : value));
        expect(strip(await story())).toBe(strip(await story()));
      }),
      runsOfProperty,
    );
  });
});
