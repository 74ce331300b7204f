import { flow, map, pipe } from '@holon/flow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EngineOptions, createEngine, systemResources } from '../index.ts';
import { collected, lines, simulatedEngine } from '../test/setting.ts';
import { decidePressure } from './pressure.ts';

describe('decidePressure', () => {
  test.each([
    [{ cpu: undefined, memoryBytes: 100 }, { cpu: 1, memoryBytes: 100 }, undefined],
    [{ cpu: undefined, memoryBytes: 100 }, { cpu: 1, memoryBytes: 101 }, 'memory'],
    [{ cpu: 0.5, memoryBytes: undefined }, { cpu: 0.5, memoryBytes: 1e9 }, undefined],
    [{ cpu: 0.5, memoryBytes: undefined }, { cpu: 0.51, memoryBytes: 0 }, 'cpu'],
  ])('of %o, %o: %s', (limits, load, kind) => {
    expect(decidePressure(limits, load)?.kind).toBe(kind);
  });

  test('says how much is used, of how much', () => {
    expect(decidePressure({ cpu: undefined, memoryBytes: 5e8 }, { cpu: 0, memoryBytes: 612e6 })?.reason).toBe(
      'held back: this process uses 612 MB of memory, of 500 MB (resourceLimits.memory)',
    );
    expect(decidePressure({ cpu: 0.8, memoryBytes: undefined }, { cpu: 0.93, memoryBytes: 0 })?.reason).toBe(
      'held back: this process uses 93 % of the cores, of 80 % (resourceLimits.cpu)',
    );
  });
});

/** An engine that is under pressure while `used` says so, of a limit of 100 bytes. */
function pressed(used: () => number, options: EngineOptions = {}) {
  const resources = { cpuMs: () => 0, memoryBytes: used, cores: () => 1 };
  return simulatedEngine({ resources, resourceLimits: { memory: 100 }, ...options });
}

describe('under pressure', () => {
  test('what has not begun is held back, says why, and goes on when it is over though nothing ends meanwhile', async () => {
    let used = 0;
    const { engine, clock } = pressed(() => used);
    const begun: number[] = [];
    const work = flow('work', async (ms: number) => {
      begun.push(clock.now());
      await clock.sleep(ms);
    });
    const first = engine.start(work, 10_000);
    await clock.advance(1_000);
    used = 200;
    const second = engine.start(work, 1);
    await clock.advance(1_000);
    expect(second.waiting()).toEqual([
      {
        path: 'work',
        kind: 'memory',
        limit: 100,
        reason: 'held back: this process uses 200 B of memory, of 100 B (resourceLimits.memory)',
        since: 1_000,
      },
    ]);
    used = 50;
    await clock.finish(second.result);
    expect(begun).toEqual([0, 2_100]);
    await clock.finish(first.result);
  });

  test('when nothing runs, one thing runs: the work goes on one by one', async () => {
    const { engine, clock } = pressed(() => 200);
    let running = 0;
    let most = 0;
    const work = flow('work', async (x: number) => {
      most = Math.max(most, ++running);
      await clock.sleep(10);
      running -= 1;
      return x;
    });
    expect(await clock.finish(engine.execute(map(work), [1, 2, 3, 4]))).toEqual([1, 2, 3, 4]);
    expect([most, clock.now()]).toEqual([1, 40]);
  });

  test('what has begun goes on: a body whose child has ended is not held back', async () => {
    let used = 0;
    const { engine, clock } = pressed(() => used);
    const inner = flow('inner', async () => clock.sleep(500));
    const outer = flow('outer', async () => {
      await inner();
      used = 200;
      await clock.sleep(200);
      await inner();
    });
    const long = flow('long', async () => clock.sleep(5_000));
    const runs = [engine.start(long), engine.start(outer)];
    await clock.advance(800);
    // Its second child is new work, and another body runs.
    expect(runs[1]!.waiting().map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'outer/inner[2] memory',
      'outer dependency',
    ]);
    used = 0;
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(clock.now()).toBe(5_000);
  });

  test('the share of the cores is measured over a time', async () => {
    let cpuMs = 0;
    const resources = { cpuMs: () => cpuMs, memoryBytes: () => 0, cores: () => 4 };
    const { engine, clock } = simulatedEngine({ resources, resourceLimits: { cpu: 0.5 } });
    const long = engine.start(flow('long', async () => clock.sleep(10_000)));
    const quick = flow('quick', async () => clock.now());
    // Three of four cores for a second.
    await clock.advance(1_000);
    cpuMs += 3_000;
    const held = engine.start(quick);
    await clock.advance(50);
    expect(held.waiting()[0]).toMatchObject({
      kind: 'cpu',
      limit: 0.5,
      reason: 'held back: this process uses 75 % of the cores, of 50 % (resourceLimits.cpu)',
    });
    // One of four.
    cpuMs += 100;
    expect(await clock.finish(held.result)).toBe(1_100);
    await clock.finish(long.result);
  });

  test('its measuring keeps no simulation going, nor a process', async () => {
    const { engine, clock } = pressed(() => 200);
    engine.start(flow('never', () => new Promise<never>(() => undefined)));
    const held = engine.start(flow('held', () => 1));
    await expect(clock.finish(held.result)).rejects.toThrow('nothing is due');
  });

  test('composites are not held back: they are no work of their own', async () => {
    const { engine, clock } = pressed(() => 200);
    const step = flow('step', async (x: number) => clock.sleep(10).then(() => x + 1));
    const run = engine.start(pipe('all', pipe('inner', step, step)), 1);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe(3);
    expect(lines(events, 'node.queued')).toEqual([]);
  });

  test('nothing begins while the limit is exceeded and something runs, whatever the load does, and everything ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ afterMs: fc.nat(300), used: fc.constantFrom(0, 50, 150, 1e9) }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (loads, durations, maxConcurrency) => {
          let used = 0;
          let since = 0;
          const { engine, clock } = pressed(() => used, { maxConcurrency });
          let at = 0;
          for (const load of loads) {
            at += load.afterMs;
            clock.setTimer(() => {
              if (used > 100 !== load.used > 100) since = clock.elapsed();
              used = load.used;
            }, at);
          }
          let running = 0;
          const work = flow('work', async (ms: number) => {
            // A measurement holds for a tenth of a second.
            if (used > 100 && clock.elapsed() - since > 100) expect(running).toBe(0);
            running += 1;
            await clock.sleep(ms);
            running -= 1;
          });
          await clock.finish(engine.execute(map(work), durations));
        },
      ),
      { numRuns: Number(process.env['FC_RUNS'] ?? 150) },
    );
  });
});

test('an engine tells when new work comes to be held back, and when it no longer is', async () => {
  let used = 200;
  const { engine, clock } = pressed(() => used);
  const told: string[] = [];
  engine.on('*', (event) => {
    if (event.type === 'engine.pressed') told.push(`${event.at} ${event.reason}`);
    if (event.type === 'engine.relieved') told.push(`${event.at} ${event.type}`);
  });
  const work = flow('work', async (ms: number) => clock.sleep(ms));
  const runs = [engine.start(work, 1_000), engine.start(work, 1)];
  await clock.advance(500);
  used = 0;
  await clock.finish(Promise.all(runs.map(({ result }) => result)));
  expect(told).toEqual([
    '0 held back: this process uses 200 B of memory, of 100 B (resourceLimits.memory)',
    '600 engine.relieved',
  ]);
});

describe('the machine', () => {
  test('tells what this process uses', () => {
    const before = systemResources.cpuMs();
    let sum = 0;
    for (let i = 0; i < 2e6; i++) sum += Math.sqrt(i);
    expect(sum).toBeGreaterThan(0);
    expect(systemResources.cpuMs()).toBeGreaterThan(before);
    expect(systemResources.memoryBytes()).toBeGreaterThan(1e6);
    expect(systemResources.cores()).toBeGreaterThanOrEqual(1);
  });

  test.each([
    [{ cpu: 0 }, 'createEngine: resourceLimits.cpu: 0 is not a share above 0 and up to 1.'],
    [{ cpu: 80 }, 'resourceLimits.cpu: 80 is not a share'],
    [{ memory: '512' }, 'resourceLimits.memory: "512" is not a size.'],
    [{ timeout: -1 }, 'resourceLimits.timeout: -1 is not a duration'],
    [{ mem: 1 }, 'resourceLimits: "mem" is not an option.'],
  ])('%o is refused', (resourceLimits, message) => {
    expect(() => createEngine({ resourceLimits: resourceLimits as never })).toThrow(message);
  });
});
