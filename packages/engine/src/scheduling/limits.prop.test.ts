import { isHolonError } from '@holon/flow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coreOf } from '../engine.ts';
import { type EngineOptions, type SchedulerOptions, createEngine, seededRandom, simulatedClock } from '../index.ts';
import { type LimitedTree, LimitedWorld, buildLimited, limitedTrees } from '../test/limited-trees.ts';

const runsOfProperty = { numRuns: Number(process.env['FC_RUNS'] ?? 150) };

const schedulers = fc.constantFrom<SchedulerOptions>(
  'fifo',
  'priority',
  'fair',
  'round-robin',
  { policy: 'rate', limit: 2, interval: 20 },
  { policy: 'pick', pick: (waiting) => waiting.length - 1 },
);

function setting(tree: LimitedTree, options: EngineOptions) {
  const clock = simulatedClock();
  const world = new LimitedWorld(clock);
  const engine = createEngine({ clock, random: seededRandom(1), gracePeriod: 100, ...options });
  return { clock, world, engine, root: buildLimited(tree, world) };
}

/** What something comes to, in words that can be compared. */
async function comesTo(work: () => Promise<unknown>): Promise<string> {
  try {
    return `value ${JSON.stringify(await work())}`;
  } catch (error) {
    return `failure ${isHolonError(error) ? error.code : String((error as Error).message)}`;
  }
}

function failing(tree: LimitedTree): number {
  if (tree.kind === 'leaf') return tree.fails > tree.retries ? 1 : 0;
  return tree.children.reduce((sum, child) => sum + failing(child), 0);
}

describe('any flow with any limits, at any limit of the engine and under any policy', () => {
  test('comes to an end, the same as without; no limit is ever exceeded; nothing is left', async () => {
    await fc.assert(
      fc.asyncProperty(
        limitedTrees(),
        fc.integer({ min: 1, max: 4 }),
        schedulers,
        fc.boolean(),
        async (tree, maxConcurrency, scheduler, pressed) => {
          let pressure = pressed;
          const resources = { cpuMs: () => 0, memoryBytes: () => (pressure ? 2 : 0), cores: () => 1 };
          const { clock, world, engine, root } = setting(tree, {
            maxConcurrency,
            scheduler,
            resources,
            resourceLimits: { memory: 1 },
          });
          const free = setting(tree, {});
          const expected = await free.clock.finish(comesTo(() => free.engine.execute(free.root, 1)));
          if (pressed) {
            const toggle = (): void => {
              pressure = !pressure;
              clock.setTimer(toggle, 70, { background: true });
            };
            clock.setTimer(toggle, 70, { background: true });
          }
          const runs = [1, 2, 3].map(() => engine.start(root, 1));
          const ends = await clock.finish(Promise.all(runs.map((run) => comesTo(() => run.result))));
          expect(world.broken).toEqual([]);
          expect(world.most).toBeLessThanOrEqual(maxConcurrency);
          for (const end of ends) {
            if (failing(tree) > 1) expect(end.split(' ')[0]).toBe(expected.split(' ')[0]);
            else expect(end).toBe(expected);
          }
          const { slots } = coreOf(engine);
          expect(slots.inUse).toBe(0);
          expect([...slots.waiting()]).toEqual([]);
          expect(slots.held).toBe(0);
        },
      ),
      runsOfProperty,
    );
  });

  test('canceled at any event has one outcome, and leaves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        limitedTrees(),
        fc.integer({ min: 1, max: 3 }),
        schedulers,
        fc.nat(40),
        async (tree, maxConcurrency, scheduler, at) => {
          const { clock, world, engine, root } = setting(tree, { maxConcurrency, scheduler });
          const runs = [1, 2].map(() => engine.start(root, 1));
          runs[0]!.on((event) => {
            if (event.seq === at + 1) runs[0]!.cancel('enough');
          });
          await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
          expect(world.broken).toEqual([]);
          const { slots } = coreOf(engine);
          expect([slots.inUse, slots.held, [...slots.waiting()]]).toEqual([0, 0, []]);
        },
      ),
      runsOfProperty,
    );
  });
});
