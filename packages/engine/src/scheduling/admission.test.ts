import { context, flow, isHolonError } from '@holon/flow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coreOf } from '../engine.ts';
import { type AdmissionOptions, createEngine } from '../index.ts';
import { collected, hang, lines, rejection, simulatedEngine } from '../test/setting.ts';
import { decideAdmission } from './admission.ts';

describe('decideAdmission', () => {
  test.each([
    [{ maxRuns: 2, maxWaiting: 1, open: 0, waiting: 0 }, 'admit'],
    [{ maxRuns: 2, maxWaiting: 1, open: 1, waiting: 0 }, 'admit'],
    [{ maxRuns: 2, maxWaiting: 1, open: 2, waiting: 0 }, 'wait'],
    [{ maxRuns: 2, maxWaiting: 1, open: 1, waiting: 1 }, 'reject'],
    [{ maxRuns: 2, maxWaiting: 1, open: 2, waiting: 1 }, 'reject'],
    [{ maxRuns: 2, maxWaiting: 0, open: 2, waiting: 0 }, 'reject'],
    [{ maxRuns: 2, maxWaiting: Infinity, open: 2, waiting: 1e9 }, 'wait'],
  ])('%o: %s', (facts, kind) => {
    expect(decideAdmission(facts).kind).toBe(kind);
  });
});

describe('admission', () => {
  const work = (sleep: (ms: number) => Promise<void>) => flow('work', async (ms: number) => sleep(ms).then(() => ms));

  test('lets in as many as it may; the others wait, say so, and follow', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 2 } });
    const runs = [10, 20, 30].map((ms) => engine.start(work(clock.sleep), ms));
    const events = collected(runs[2]!);
    await clock.advance(5);
    expect(runs.map(({ status }) => status)).toEqual(['running', 'running', 'created']);
    expect(runs[2]!.waiting()).toEqual([
      {
        path: 'work',
        kind: 'admission',
        limit: 2,
        reason: 'waiting to be admitted: 2 of 2 runs are open (admission.maxRuns)',
        since: 0,
      },
    ]);
    expect(await clock.finish(runs[2]!.result)).toBe(30);
    expect(events.map(({ type, at }) => `${type} ${at}`)[0]).toBe('run.created 10');
  });

  test('refuses what finds as many waiting as may, cheaply and at once; who executes hears it as a rejection', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1, maxWaiting: 1 } });
    const first = engine.start(work(clock.sleep), 10);
    const second = engine.start(work(clock.sleep), 10);
    let refusal: unknown;
    try {
      engine.start(work(clock.sleep), 10);
    } catch (error) {
      refusal = error;
    }
    expect(isHolonError(refusal, 'queue-full') && refusal.message).toBe(
      'This engine takes no further run: 1 of 1 runs are open and 1 wait, of 1 (admission.maxWaiting). Start it later.',
    );
    expect(isHolonError(await rejection(engine.execute(work(clock.sleep), 10)), 'queue-full')).toBe(true);
    await clock.finish(Promise.all([first.result, second.result]));
    expect(await clock.finish(engine.execute(work(clock.sleep), 10))).toBe(10);
  });

  test('a caller’s mistake is one, room or not', () => {
    const { engine } = simulatedEngine({ admission: { maxRuns: 1, maxWaiting: 0 } });
    engine.start(hang, 1);
    expect(() => engine.execute('no flow' as never)).toThrow('is not a flow');
  });

  test('with “wait”, all wait', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1, whenFull: 'wait' } });
    const runs = Array.from({ length: 5_000 }, () => engine.execute(work(clock.sleep), 1));
    await clock.finish(Promise.all(runs));
    expect(clock.now()).toBe(5_000);
  });

  test('who waits may be canceled, by its handle, its signal or the engine’s end, and never begins', async () => {
    const begun: string[] = [];
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1 } });
    const named = flow('named', async (name: string) => {
      begun.push(name);
      await clock.sleep(100);
    });
    const controller = new AbortController();
    const first = engine.start(named, 'first');
    const byHand = engine.start(named, 'by hand');
    const bySignal = engine.start(named, 'by signal', { signal: controller.signal });
    const atTheEnd = engine.start(named, 'at the end');
    await clock.advance(5);
    byHand.cancel('not needed');
    controller.abort(new Error('left'));
    expect(await byHand.outcome).toEqual({ status: 'canceled', reason: 'not needed' });
    expect(await bySignal.outcome).toMatchObject({ status: 'canceled', reason: 'left' });
    expect(byHand.waiting()).toEqual([]);
    const closed = engine.close();
    await clock.finish(closed);
    expect([first.status, atTheEnd.status]).toEqual(['canceled', 'canceled']);
    expect(begun).toEqual(['first']);
  });

  test('its timeout begins with the run', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1 }, resourceLimits: { timeout: 50 } });
    const runs = [40, 40, 60].map((ms) => engine.start(work(clock.sleep), ms));
    const outcomes = await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
    expect(outcomes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'failed']);
  });

  test('goes by the scheduler', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1 }, scheduler: 'priority' });
    const begun: string[] = [];
    const named = flow('named', async (name: string) => {
      begun.push(name);
      await clock.sleep(1);
    });
    const runs = (['normal', 'low', 'critical', 'high'] as const).map((priority) =>
      engine.execute(named, priority, { priority }),
    );
    await clock.finish(Promise.all(runs));
    expect(begun).toEqual(['normal', 'critical', 'high', 'low']);
  });

  test('a run that a body starts is in at once: it may be what the body waits for', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1, maxWaiting: 0 } });
    const inner = flow('inner', async (x: number) => {
      await clock.sleep(1);
      return x + 1;
    });
    const outer = flow('outer', async (x: number) => {
      await clock.sleep(1);
      return engine.execute(inner, x);
    });
    expect(await clock.finish(engine.execute(outer, 1))).toBe(2);
  });

  test('never lets in more than it may, and everyone in the end, whoever is canceled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.record({ afterMs: fc.nat(10), ms: fc.nat(20), cancelAfter: fc.option(fc.nat(30)) }), {
          maxLength: 20,
        }),
        async (maxRuns, arrivals) => {
          const { engine, clock } = simulatedEngine({ admission: { maxRuns, whenFull: 'wait' } });
          let open = 0;
          const watched = flow('watched', async (ms: number) => {
            open += 1;
            expect(open).toBeLessThanOrEqual(maxRuns);
            try {
              await clock.sleep(ms, context().signal);
            } finally {
              open -= 1;
            }
          });
          const outcomes: Promise<{ readonly status: string }>[] = [];
          for (const { afterMs, ms, cancelAfter } of arrivals) {
            await clock.advance(afterMs);
            const run = engine.start(watched, ms);
            if (cancelAfter !== null) clock.setTimer(() => run.cancel(), cancelAfter);
            outcomes.push(run.outcome);
          }
          const ends = await clock.finish(Promise.all(outcomes));
          for (const { status } of ends) expect(['succeeded', 'canceled']).toContain(status);
          expect(coreOf(engine).runs.isEmpty).toBe(true);
        },
      ),
      { numRuns: Number(process.env['FC_RUNS'] ?? 150) },
    );
  });

  test.each<[unknown, string]>([
    [{}, 'admission.maxRuns: undefined is not a whole number from 1.'],
    [{ maxRuns: 1, maxWaiting: -1 }, 'admission.maxWaiting: -1 is not a whole number from 0.'],
    [{ maxRuns: 1, whenFull: 'drop' }, 'admission.whenFull: "drop" is no answer.'],
    [
      { maxRuns: 1, whenFull: 'wait', maxWaiting: 5 },
      'admission.maxWaiting: 5 bounds nothing where whenFull is "wait"',
    ],
    [{ maxRuns: 1, max: 5 }, 'admission: "max" is not an option.'],
  ])('refuses %o', (admission, message) => {
    expect(() => createEngine({ admission: admission as AdmissionOptions })).toThrow(message);
  });

  test('events of a run that waited are whole', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 1 } });
    engine.start(work(clock.sleep), 10);
    const run = engine.start(work(clock.sleep), 10);
    const events = collected(run);
    await clock.finish(run.outcome);
    expect(lines(events)).toEqual([
      'run.created',
      'run.started',
      'node.opened work',
      'node.started work',
      'node.succeeded work',
      'run.succeeded',
    ]);
  });
});
