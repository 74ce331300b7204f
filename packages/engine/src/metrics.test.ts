import { flow, map, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { MAX_NODES } from './monitor.ts';
import { hang, settled, simulatedEngine } from './test/setting.ts';

const failing = flow('failing', async () => {
  throw new Error('no');
});
const inc = flow('inc', (x: number) => x + 1);

describe('engine.metrics()', () => {
  test('counts runs, instances and places, of what is there and of what has been', async () => {
    const { engine } = simulatedEngine({ maxConcurrency: 2 });
    const each = map('each', hang);
    const runs = [
      engine.start(pipe('p', inc, inc), 1),
      engine.start(failing, undefined),
      engine.start(each, [1, 2, 3]),
      engine.start(inc, 1, { paused: true }),
    ];
    await settled();
    const created = engine.start(inc, 1);
    expect(engine.metrics()).toMatchObject({
      runs: { created: 1, running: 1, paused: 1, canceling: 0, succeeded: 1, failed: 1, canceled: 0 },
      instances: { running: 3, queued: 1, held: 1, retrying: 0, succeeded: 3, failed: 1, canceled: 0 },
      slots: { inUse: 2, limit: 2 },
      otherNodes: { opened: 0 },
    });
    expect([...engine.metrics().nodes]).toEqual([
      ['p', { opened: 1, succeeded: 1, failed: 0, canceled: 0, latency: undefined }],
      ['p/inc', { opened: 1, succeeded: 1, failed: 0, canceled: 0, latency: undefined }],
      ['p/inc~2', { opened: 1, succeeded: 1, failed: 0, canceled: 0, latency: undefined }],
      ['failing', { opened: 1, succeeded: 0, failed: 1, canceled: 0, latency: undefined }],
      ['each', { opened: 1, succeeded: 0, failed: 0, canceled: 0, latency: undefined }],
      ['each/hang', { opened: 3, succeeded: 0, failed: 0, canceled: 0, latency: undefined }],
      ['inc', { opened: 1, succeeded: 0, failed: 0, canceled: 0, latency: undefined }],
    ]);
    runs[2]!.cancel();
    runs[3]!.resume();
    await Promise.all([...runs, created].map(({ outcome }) => outcome));
    expect(engine.metrics()).toMatchObject({
      runs: { created: 0, running: 0, paused: 0, canceling: 0, succeeded: 3, failed: 1, canceled: 1 },
      instances: { running: 0, queued: 0, held: 0, retrying: 0, succeeded: 5, failed: 1, canceled: 4 },
      slots: { inUse: 0, limit: 2 },
    });
    expect(engine.metrics().nodes.get('each/hang')).toMatchObject({ opened: 3, canceled: 3 });
  });

  test('what it gave does not change afterwards', async () => {
    const { engine } = simulatedEngine();
    await engine.execute(inc, 1);
    const before = engine.metrics();
    await engine.execute(inc, 1);
    expect(before.nodes.get('inc')).toMatchObject({ succeeded: 1 });
    expect(before.runs.succeeded).toBe(1);
    expect(engine.metrics().nodes.get('inc')).toMatchObject({ succeeded: 2 });
  });

  test('nodes beyond so many are counted in one row', async () => {
    const { engine } = simulatedEngine();
    for (let i = 0; i < MAX_NODES + 3; i++) await engine.execute(flow(`f${i}`, (x: number) => x) as typeof inc, i);
    const { nodes, otherNodes, instances } = engine.metrics();
    expect([nodes.size, nodes.has('f0'), nodes.has(`f${MAX_NODES}`)]).toEqual([MAX_NODES, true, false]);
    expect(otherNodes).toEqual({ opened: 3, succeeded: 3, failed: 0, canceled: 0 });
    expect(instances.succeeded).toBe(MAX_NODES + 3);
  });
});

describe('with monitoring', () => {
  const about = (ms: number) => expect.closeTo(ms, -Math.log10(2 * Math.max(ms * 0.01, 1e-9)));

  test('tells queue time and run time apart, in the run and in the engine', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1, monitoring: true });
    const slow = flow('slow', async (ms: number) => clock.sleep(ms));
    const run = engine.start(map('each', slow), [100, 200, 300]);
    await clock.finish(run.outcome);
    const latency = {
      queue: { count: 3, meanMs: 400 / 3, p50Ms: about(100), p95Ms: about(300), p99Ms: about(300), maxMs: 300 },
      run: { count: 3, meanMs: 200, p50Ms: about(200), p95Ms: about(300), p99Ms: about(300), maxMs: 300 },
    };
    expect(run.metrics().nodes.get('each/slow')?.latency).toEqual(latency);
    expect(engine.metrics().nodes.get('each/slow')?.latency).toEqual(latency);
    // A composite needs no place.
    expect(run.metrics().nodes.get('each')?.latency).toMatchObject({ queue: undefined, run: { maxMs: 600 } });
  });

  test('times each attempt, without the delay before the next', async () => {
    const { engine, clock } = simulatedEngine({ monitoring: true });
    const flaky = flow(
      'flaky',
      async () => {
        await clock.sleep(10);
        throw new Error('no');
      },
      { retry: { retries: 2, delay: 1_000, backoff: 'fixed' } },
    );
    const run = engine.start(flaky, undefined);
    await clock.finish(run.outcome);
    expect(run.metrics().nodes.get('flaky')?.latency).toMatchObject({
      queue: { count: 3, maxMs: 0 },
      run: { count: 3, meanMs: 10, maxMs: 10 },
    });
  });

  test('what a pause holds at its exit, or never began, is not counted as running', async () => {
    const { engine, clock } = simulatedEngine({ monitoring: true, maxConcurrency: 1 });
    const slow = flow('slow', async (ms: number) => clock.sleep(ms));
    const run = engine.start(parallel('all', { slow, waiting: hang }), 10 as never);
    await clock.advance(5);
    run.cancel();
    await clock.finish(run.outcome);
    expect(run.metrics().nodes.get('all/waiting')).toMatchObject({
      canceled: 1,
      latency: undefined,
    });
    const answered = simulatedEngine({
      monitoring: true,
      answers: () => ({ kind: 'value', value: 1, source: 'mock' }),
    });
    await answered.engine.execute(inc, 1);
    expect(answered.engine.metrics().nodes.get('inc')).toMatchObject({ succeeded: 1, latency: undefined });
  });

  test('adds up over runs', async () => {
    const { engine, clock } = simulatedEngine({ monitoring: true });
    const slow = flow('slow', async (ms: number) => clock.sleep(ms));
    await clock.finish(Promise.all([10, 30].map((ms) => engine.execute(slow, ms))));
    expect(engine.metrics().nodes.get('slow')?.latency?.run).toMatchObject({ count: 2, meanMs: 20, maxMs: 30 });
  });
});
