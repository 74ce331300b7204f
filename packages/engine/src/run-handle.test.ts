import { inspect } from 'node:util';
import { type AnyFlow, combinator, flow, isHolonError, map, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { emptyRunState } from './index.ts';
import { collected, hang, lines, rejection, settled, simulatedEngine } from './test/setting.ts';

describe('a run', () => {
  test('begins in the next microtask: who listens by then misses nothing', async () => {
    const { engine } = simulatedEngine();
    let began = false;
    const run = engine.start(
      flow('body', () => {
        began = true;
      }),
      undefined as never,
    );
    expect([began, run.status]).toEqual([false, 'created']);
    const events = collected(run);
    await run.outcome;
    expect(events[0]).toMatchObject({ seq: 1, type: 'run.created', runId: run.id });
  });

  test('goes from created over running and paused to its end', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(
      pipe(
        'p',
        flow('wait', async () => clock.sleep(10)),
        flow('after', async () => 'done'),
      ),
      undefined as never,
    );
    const seen = [run.status];
    await settled();
    seen.push(run.status);
    run.pause('a break');
    seen.push(run.status);
    await clock.advance(1_000);
    run.resume();
    seen.push(run.status);
    expect(await run.result).toBe('done');
    seen.push(run.status);
    expect(seen).toEqual(['created', 'running', 'paused', 'running', 'succeeded']);
  });

  test('paused lets what is in flight go on, and starts nothing new', async () => {
    const { engine, clock } = simulatedEngine();
    let after = 0;
    const run = engine.start(
      pipe(
        'p',
        flow('wait', async () => clock.sleep(10)),
        flow('after', () => after++),
      ),
      undefined as never,
    );
    const events = collected(run);
    await settled();
    run.pause('a break');
    run.pause('another');
    await clock.advance(1_000);
    expect(after).toBe(0);
    expect(lines(events).slice(-3)).toEqual(['node.succeeded p/wait', 'node.opened p/after', 'node.held p/after']);
    run.resume();
    run.resume();
    await run.outcome;
    expect(after).toBe(1);
    expect(lines(events, 'run.paused', 'run.resumed')).toEqual(['run.paused', 'run.resumed']);
  });

  test('started paused holds its first node, not the composite around it', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(
      pipe(
        'p',
        flow('first', () => 1),
      ),
      undefined as never,
      { paused: true },
    );
    await settled();
    expect(run.waiting()).toMatchObject([
      { path: 'p/first', kind: 'debugger', reason: 'started paused', since: 0 },
      { path: 'p', kind: 'dependency' },
    ]);
    run.resume();
    expect(await run.result).toBe(1);
  });

  test('paused and resumed before it has begun is not paused', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(
      flow('body', () => 1),
      undefined as never,
      { paused: true },
    );
    run.resume();
    expect(await run.result).toBe(1);
  });

  test('fails with timeout when it takes too long, after its nodes were canceled', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(pipe('p', hang), undefined as never, { timeout: '5s' });
    const events = collected(run);
    const error = await rejection(clock.finish(run.result));
    expect(isHolonError(error, 'timeout')).toBe(true);
    expect(clock.elapsed()).toBe(5_000);
    expect(lines(events).slice(-4)).toEqual([
      'run.canceling',
      'node.canceled p/hang',
      'node.canceled p',
      'run.failed p',
    ]);
    expect(await run.outcome).toMatchObject({ status: 'failed', path: 'p', attempt: 1 });
  });

  test('canceled before its time is up stays canceled', async () => {
    const { engine, clock } = simulatedEngine({ gracePeriod: 1_000 });
    const run = engine.start(
      flow('deaf', () => new Promise(() => undefined)),
      undefined as never,
      { timeout: 100 },
    );
    await clock.advance(50);
    run.cancel('enough');
    expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'enough' });
  });

  test('is canceled by its signal, now or later, and leaves no listener on it', async () => {
    const { engine } = simulatedEngine();
    const cause = new Error('too late');
    const aborted = engine.start(hang, 1, { signal: AbortSignal.abort(cause) });
    expect(await aborted.outcome).toEqual({ status: 'canceled', reason: 'too late', cause });
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await engine.execute(flow('quick', () => 1) as AnyFlow, undefined, { signal });
    expect(listeners).toBe(0);
  });

  test('whose result nobody awaits rejects nothing unhandled', async () => {
    const { engine } = simulatedEngine();
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    try {
      const failing = flow('failing', async () => Promise.reject(new Error('no')));
      const run = engine.start(
        flow('parent', async () => void failing()),
        undefined as never,
      );
      const failed = engine.start(failing, undefined);
      await Promise.all([run.outcome, failed.outcome]);
      await settled();
      await settled();
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  test('names where a failure began, though several fail at once', async () => {
    const { engine, clock } = simulatedEngine();
    const moment = clock.sleep(5);
    const failing = (name: string) => flow(name, async () => moment.then(() => Promise.reject(new Error(name))));
    const run = engine.start(pipe('p', parallel('all', { a: failing('x'), b: failing('y') })), undefined as never);
    const events = collected(run);
    const outcome = await clock.finish(run.outcome);
    expect(outcome).toMatchObject({ status: 'failed', path: 'p/all/a', attempt: 1, error: { message: 'x' } });
    expect(events.filter(({ type }) => type === 'node.failed')).toMatchObject([
      { path: 'p/all/a', reason: 'no retry was asked for' },
      { path: 'p/all', reason: 'failed in p/all/a' },
      { path: 'p', reason: 'failed in p/all/a' },
    ]);
    // The first of them aborts the other, which had failed as well and not been heard.
    expect(events.filter(({ type }) => type === 'node.canceled')).toMatchObject([{ path: 'p/all/b' }]);
  });
});

test('state says how a run stands, without any listener, and does not change afterwards', async () => {
  const { engine, clock } = simulatedEngine();
  const slow = flow('slow', async (ms: number) => clock.sleep(ms));
  const run = engine.start(map('each', slow), [10], { labels: { tenant: 'a' } });
  const created = run.state;
  await settled();
  const running = run.state;
  await clock.finish(run.outcome);
  expect(created).toEqual(emptyRunState());
  expect(running).toMatchObject({ runId: run.id, flow: 'each', labels: { tenant: 'a' }, status: 'running' });
  expect([...running.instances.keys()]).toEqual(['each', 'each[0]/slow']);
  expect(run.state).toMatchObject({ status: 'succeeded', endedAt: 10, instances: new Map() });
  expect(run.state.counts.get('each/slow')).toMatchObject({ succeeded: 1 });
  expect(run.labels).toEqual({ tenant: 'a' });
});

test('a run shown by console.log says which it is and how it stands', async () => {
  const { engine } = simulatedEngine();
  const run = engine.start(
    flow('quick', () => 1),
    undefined as never,
  );
  expect(inspect(run)).toBe(`Run { id: '${run.id}', flow: 'quick', status: 'created' }`);
  await run.outcome;
  expect(inspect({ run })).toContain("status: 'succeeded'");
});

describe('waiting() and metrics()', () => {
  test('say who waits for what, in the order they will go on, without any listener', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const nap = combinator<AnyFlow>({
      kind: 'nap',
      picture: { slots: [], marks: [], edges: [] },
      alwaysPromise: true,
      run: async (_input, port) => port.sleep(300),
    });
    const failing = flow(
      'failing',
      () => {
        throw new Error('no');
      },
      { retry: { retries: 1, delay: 500 } },
    );
    const run = engine.start(parallel('all', { failing, nap: nap as never, work: map('m', hang) }), [1, 2, 3] as never);
    await clock.advance(10);
    const full = 'waiting for one of 1 places: all are taken (maxConcurrency)';
    expect(run.waiting()).toEqual([
      { path: 'all/work[1]/hang', kind: 'slot', limit: 1, reason: full, since: 0 },
      { path: 'all/work[2]/hang', kind: 'slot', limit: 1, reason: full, since: 0 },
      { path: 'all/nap', kind: 'timer', reason: 'sleeping for 300 ms', since: 0, until: 300 },
      {
        path: 'all/failing',
        kind: 'retry',
        reason: 'attempt 1 of 2 failed: next in 500 ms (exponential)',
        since: 0,
        until: 500,
      },
      { path: 'all/work', kind: 'dependency', reason: 'waiting for all/work[0]/hang and 2 more', since: 0 },
      { path: 'all', kind: 'dependency', reason: 'waiting for all/failing and 2 more', since: 0 },
    ]);
    expect(run.metrics()).toMatchObject({
      running: 3,
      queued: 2,
      held: 0,
      retrying: 1,
      waiting: 1,
      succeeded: 0,
      failed: 0,
      canceled: 0,
    });
    run.cancel();
    await run.outcome;
    expect(run.waiting()).toEqual([]);
    expect(run.metrics()).toMatchObject({
      running: 0,
      queued: 0,
      held: 0,
      retrying: 0,
      waiting: 0,
      succeeded: 0,
      failed: 0,
      canceled: 7,
    });
  });
});
