import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type StepKind, type Stop, createEngine, seededRandom, simulatedClock } from '../index.ts';
import { type World, build, trees } from '../test/trees.ts';
import { openDebugSession } from './open-session.ts';

// Bounds a hang; a busy machine takes a while.
vi.setConfig({ testTimeout: 60_000 });

const runsOfProperty = { numRuns: Number(process.env['FC_RUNS'] ?? 150) };

const commands = fc.constantFrom<'continue' | StepKind>('continue', 'over', 'into', 'out');

test('with any breakpoints and any commands, a run that is kept going ends, as it does undebugged', async () => {
  await fc.assert(
    fc.asyncProperty(
      trees({ timeouts: false, deadlines: false }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.record({ node: fc.nat(20), exit: fc.boolean() }), { maxLength: 5 }),
      fc.infiniteStream(fc.record({ command: commands, which: fc.nat(5) })),
      fc.boolean(),
      async (tree, maxConcurrency, breakpoints, script, paused) => {
        const clock = simulatedClock();
        const world: World = { clock, running: 0, most: 0 };
        const root = build(tree, world);
        const engine = createEngine({ clock, random: seededRandom(1), maxConcurrency, gracePeriod: 100 });
        const plain = await clock.finish(engine.start(root, 1).outcome);

        const session = openDebugSession(root, { engine });
        const nodes = session.picture.nodes.filter(({ shape }) => shape === 'task' || shape === 'composite');
        session.setBreakpoints(
          breakpoints.map(({ node, exit }) => ({
            node: nodes[node % nodes.length]!.id,
            phase: exit ? 'exit' : 'entry',
          })),
        );
        let told: Stop | undefined;
        session.on('stopped', ({ run, stop }) => {
          expect(run.stops.map(({ path }) => path)).toContain(stop.path);
          expect(run.state.instances.get(stop.path)?.status).toBe('held');
          told = stop;
        });
        const run = session.start(1, { paused });
        let ended = false;
        void run.run.outcome.then(() => {
          ended = true;
        });
        // Enough for every node to stop at entry and exit, in each iteration and attempt.
        for (let left = 20_000; !ended; left--) {
          expect(left, 'commands that are enough').toBeGreaterThan(0);
          told = undefined;
          const { command, which } = script.next().value;
          // Shared work stops as a run of its own, while this one waits for it.
          const standing = session.runs.find(({ stops }) => stops.length > 0) ?? run;
          const { stops } = standing;
          for (const stop of stops) expect(standing.state.instances.get(stop.path)?.status).toBe('held');
          if (stops.length === 0 || command === 'continue') standing.continue();
          else expect(standing.step(command, stops[which % stops.length]!.path)).toBe(true);
          // Until something stands, or it has ended: time passes by itself.
          for (
            let waited = 0;
            told === undefined && !ended && (standing === run || standing.state.endedAt === undefined);
            waited++
          ) {
            expect(waited, `a stop or the end after ${command}`).toBeLessThan(1_000);
            await clock.advance(50);
          }
        }
        const { status } = await run.run.outcome;
        expect(status).toBe(plain.status);
        expect(world.most).toBeLessThanOrEqual(maxConcurrency);
        if (plain.status === 'succeeded') expect(await run.run.result).toBe(plain.value);
      },
    ),
    runsOfProperty,
  );
});
