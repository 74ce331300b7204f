import { context, flow, isHolonError, map, pipe } from '@holon/flow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coreOf } from './engine.ts';
import { type Clock, type Random, createEngine, seededRandom, simulatedClock } from './index.ts';
import { collected, hang, lines, rejection, settled, simulatedEngine } from './test/setting.ts';
import { build, trees } from './test/trees.ts';

const BROKEN = new Error('the clock is broken');

/** A port of which one method throws when it is called for the `nth` time, and from then on if `forGood`. */
function breaking<P extends object>(port: P, method: keyof P, nth: number, forGood: boolean): P {
  let calls = 0;
  const original = port[method] as (...args: unknown[]) => unknown;
  return {
    ...port,
    [method]: (...args: unknown[]) => {
      calls += 1;
      if (calls === nth || (forGood && calls > nth)) throw BROKEN;
      return original(...args);
    },
  };
}

describe('a run in which what can’t fail has failed', () => {
  test('by chance, at a retry: ends as failed with internal, and its place goes to others', async () => {
    const random: Random = { ...seededRandom(1), next: () => ({} as { missing: () => number }).missing() };
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1, random });
    const flaky = flow('flaky', async () => Promise.reject(new Error('no')), { retry: { retries: 1, jitter: 1 } });
    let aborted = false;
    const waiting = flow('waiting', async () => {
      context().signal.addEventListener('abort', () => {
        aborted = true;
      });
      await map('both', flaky)([1]);
    });
    const run = engine.start(waiting, undefined);
    const events = collected(run);
    const error = await rejection(clock.finish(run.result));
    expect(isHolonError(error, 'internal')).toBe(true);
    expect(error).toMatchObject({
      message: expect.stringContaining('please report this as a bug') as string,
      cause: expect.any(TypeError) as TypeError,
      path: 'waiting',
    });
    expect(aborted).toBe(true);
    expect(lines(events).at(-1)).toBe('run.failed waiting');
    expect(run.status).toBe('failed');
    const quick = flow('quick', async () => 1);
    expect(await clock.finish(engine.execute(quick, undefined))).toBe(1);
    await engine.close();
  });

  test('by the time, as it begins, goes on, is paused or canceled', async () => {
    for (const nth of [1, 2, 3]) {
      const healthy = simulatedClock();
      const engine = createEngine({ clock: breaking<Clock>(healthy, 'now', nth, false), random: seededRandom(1) });
      const run = engine.start(pipe('p', hang), undefined);
      collected(run);
      await settled();
      run.pause();
      run.cancel();
      const outcome = await healthy.finish(run.outcome);
      expect(outcome).toMatchObject({ status: 'failed', error: { code: 'internal', cause: BROKEN } });
    }
  });

  test('by the timers all runs share: all of them end', async () => {
    const healthy = simulatedClock();
    const engine = createEngine({ clock: breaking<Clock>(healthy, 'elapsed', 3, true), random: seededRandom(1) });
    const timed = hang.with({ timeout: 10 });
    const runs = [engine.start(timed, 1), engine.start(hang, 2)];
    for (const run of runs)
      expect(await healthy.finish(run.outcome)).toMatchObject({ status: 'failed', error: { code: 'internal' } });
  });
});

test('whatever breaks, whenever: every run ends, no place is lost, nothing is told after the end', async () => {
  const ports = fc.constantFrom<keyof Clock>('now', 'elapsed', 'setTimer', 'clearTimer', 'defer');
  await fc.assert(
    fc.asyncProperty(
      trees({ deaf: true }),
      ports,
      fc.integer({ min: 1, max: 60 }),
      fc.boolean(),
      fc.boolean(),
      async (tree, method, nth, forGood, shuffled) => {
        const healthy = simulatedClock();
        const engine = createEngine({
          clock: breaking<Clock>(healthy, method, nth, forGood),
          random: seededRandom(1),
          maxConcurrency: 2,
          gracePeriod: 100,
          pick: shuffled ? (all) => all.length - 1 : undefined,
        });
        const root = build(tree, { clock: healthy, running: 0, most: 0 });
        const runs = [engine.start(root, 1), engine.start(root, 2)];
        const events = runs.map(collected);
        await healthy.finish(Promise.all(runs.map(({ outcome }) => outcome)));
        await healthy.advance(10_000);
        for (const told of events) {
          expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1));
          expect(told.filter(({ type }) => /^run\.(?:succeeded|failed|canceled)$/.test(type))).toHaveLength(1);
          expect(told.at(-1)!.type).toMatch(/^run\./);
        }
        expect(coreOf(engine).slots.inUse).toBe(0);
        expect(coreOf(engine).runs.isEmpty).toBe(true);
      },
    ),
    { numRuns: Number(process.env['FC_RUNS'] ?? 150) },
  );
});
