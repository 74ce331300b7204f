/** The combinators that share work and wait, as runs see them. */
import {
  batch,
  circuitBreaker,
  context,
  debounce,
  flow,
  isHolonError,
  map,
  memoize,
  pipe,
  rateLimit,
  throttle,
  waitFor,
} from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { collected, lines, rejection, simulatedEngine } from './test/setting.ts';

describe('memoize in runs', () => {
  test('shares results and calls under way with all runs of the engine, and shows which were known', async () => {
    const { engine, clock } = simulatedEngine();
    let calls = 0;
    const slow = flow('slow', async (x: number) => {
      calls += 1;
      await clock.sleep(10, context().signal);
      return x * 2;
    });
    const root = map('all', memoize('cached', slow));
    const runs = [engine.start(root, [1, 1, 2]), engine.start(root, [2, 1])];
    const results = await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect([results, calls]).toEqual([
      [
        [2, 2, 4],
        [4, 2],
      ],
      2,
    ]);
    const run = engine.start(root, [1]);
    const events = collected(run);
    expect([await clock.finish(run.result), calls]).toEqual([[2], 2]);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'choice.made', mark: 'all/cached/:known', value: 'true' }),
    );
  });

  test('is synchronous in plain code when what it wraps is, at any limit', async () => {
    const { engine } = simulatedEngine({ maxConcurrency: 1 });
    const fib: (n: number) => number = memoize('fib', (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2)));
    expect(
      await engine.execute(
        flow('code', (n: number) => fib(n) + 1),
        30,
      ),
    ).toBe(832_041);
  });

  test('its time to live goes by the run’s clock', async () => {
    const { engine, clock } = simulatedEngine();
    let calls = 0;
    const fresh = memoize(() => ++calls, { ttl: '1m' });
    expect(await engine.execute(fresh)).toBe(1);
    await clock.advance(59_999);
    expect(await engine.execute(fresh)).toBe(1);
    await clock.advance(1);
    expect(await engine.execute(fresh)).toBe(2);
  });
});

test('debounce waits for quiet over all runs of the engine, and each says so', async () => {
  const { engine, clock } = simulatedEngine();
  const search = debounce(
    'search',
    flow('find', async (text: string) => text.toUpperCase()),
    300,
  );
  const first = engine.start(search, 'h');
  const events = collected(first);
  await clock.advance(200);
  const second = engine.start(search, 'hey');
  await clock.advance(200);
  expect(first.waiting()).toEqual([
    { path: 'search', kind: 'shared-work', reason: 'waiting for the call with the last input', since: 300 },
  ]);
  expect(second.waiting()).toMatchObject([
    { path: 'search', kind: 'timer', reason: 'waiting for 300 ms without another call', since: 200 },
  ]);
  expect(await clock.finish(Promise.all([first.result, second.result]))).toEqual(['HEY', 'HEY']);
  expect(clock.now()).toBe(500);
  expect(lines(events, 'node.waiting', 'node.resumed', 'node.succeeded')).toEqual([
    'node.waiting search',
    'node.resumed search',
    'node.waiting search',
    'node.resumed search',
    'node.succeeded search',
  ]);
});

test('batch gathers the items of several runs, and each gets its own', async () => {
  const { engine, clock } = simulatedEngine();
  const calls: number[][] = [];
  const double = batch(
    'double',
    flow('many', async (xs: number[]) => {
      calls.push(xs);
      return xs.map((x) => x * 2);
    }),
    { size: 5, delay: 50 },
  );
  const runs = [engine.start(map(double), [1, 2, 3]), engine.start(map(double), [4, 5, 6])];
  await clock.advance(0);
  expect(runs[1]!.waiting()).toMatchObject([
    { path: 'map[2]/double', kind: 'shared-work', reason: 'waiting for others, for a batch of up to 5', since: 0 },
    { path: 'map', kind: 'dependency' },
  ]);
  expect(await clock.finish(Promise.all(runs.map(({ result }) => result)))).toEqual([
    [2, 4, 6],
    [8, 10, 12],
  ]);
  expect(calls).toEqual([[1, 2, 3, 4, 5], [6]]);
});

test('throttle calls once in a window over all runs', async () => {
  const { engine, clock } = simulatedEngine();
  let calls = 0;
  const limited = throttle(() => ++calls, '1s');
  expect([await engine.execute(limited), await engine.execute(limited)]).toEqual([1, 1]);
  await clock.advance(1_000);
  expect(await engine.execute(limited)).toBe(2);
});

test('rateLimit holds back over all runs, and says so', async () => {
  const { engine, clock } = simulatedEngine();
  const begun: number[] = [];
  const limited = rateLimit('polite', () => begun.push(clock.now()), { limit: 2, interval: '1s' });
  const runs = Array.from({ length: 4 }, () => engine.start(limited));
  await clock.advance(10);
  expect(runs.map((run) => run.waiting())).toMatchObject([
    [],
    [],
    [{ path: 'polite', kind: 'rate', reason: 'waiting for its turn: 2 in 1 s', since: 0 }],
    [{ path: 'polite', kind: 'rate', reason: 'waiting for its turn: 2 in 1 s, others came earlier', since: 0 }],
  ]);
  runs[2]!.cancel('enough');
  await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
  expect(begun).toEqual([0, 0, 1_000]);
});

test('circuitBreaker is shared by all runs, gives back what canceled ones held, and tells a retry when to come back', async () => {
  const { engine, clock } = simulatedEngine();
  let down = true;
  let calls = 0;
  const ask = flow('ask', async (x: number) => {
    calls += 1;
    await clock.sleep(10, context().signal);
    if (down) throw new Error('down');
    return x;
  });
  const safe = circuitBreaker('safe', ask, { failures: 2, recovery: '1s', probes: 1, successes: 1 });
  for (const x of [1, 2])
    expect(await clock.finish(rejection(engine.execute(safe, x)))).toMatchObject({ message: 'down' });
  expect(await clock.finish(rejection(engine.execute(safe, 3)))).toMatchObject({ code: 'circuit-open', path: 'safe' });
  expect(calls).toBe(2);

  await clock.advance(1_000);
  const probe = engine.start(safe, 4);
  await clock.advance(5);
  expect(await clock.finish(rejection(engine.execute(safe, 5)))).toMatchObject({ code: 'circuit-open' });
  probe.cancel('enough');
  await clock.finish(probe.outcome);
  expect(await clock.finish(rejection(engine.execute(safe, 6)))).toMatchObject({ message: 'down' });

  down = false;
  const patient = safe.with({ retry: { retries: 1, delay: 0 } });
  expect(await clock.finish(engine.execute(patient, 7))).toBe(7);
});

describe('waitFor', () => {
  const approval = waitFor('approval', z.object({ by: z.string() }));

  test('gives the value that is sent; one that doesn’t fit is refused at its sender, and the wait goes on', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(
      pipe('order', approval, ({ by }) => `approved by ${by}`),
      undefined,
    );
    await clock.advance(1_000);
    expect(run.waiting()).toEqual([
      { path: 'order/approval', kind: 'signal', reason: 'waiting for the signal "approval"', since: 0 },
      { path: 'order', kind: 'dependency', reason: 'waiting for order/approval', since: 0 },
    ]);
    const refusal = await rejection((async () => run.signal('approval', { by: 7 }))());
    expect(refusal).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('by:') as string });
    run.signal('approval', { by: 'Ada' });
    expect(await run.result).toBe('approved by Ada');
  });

  test('is refused in work that several calls share, to which nobody could send a value', async () => {
    const { engine, clock } = simulatedEngine();
    const shared = memoize(flow('ask', async () => approval(undefined)));
    expect(await clock.finish(rejection(engine.execute(shared)))).toMatchObject({
      code: 'invalid-flow',
      message: expect.stringContaining('in work that several calls share') as string,
    });
  });

  test('ends when its run is canceled', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(approval);
    await clock.advance(1);
    run.cancel('enough');
    expect(isHolonError(await rejection(run.result), 'canceled')).toBe(true);
    expect(run.waiting()).toEqual([]);
  });

  test('goes on while its run is paused by a debugger, and what follows is held', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(
      pipe('order', waitFor<number>('go'), (x: number) => x + 1),
      undefined,
    );
    await clock.advance(1);
    run.pause();
    run.signal('go', 1);
    await clock.advance(1);
    expect(run.waiting().map(({ path }) => path)).toEqual(['order/task', 'order']);
    run.resume();
    expect(await run.result).toBe(2);
  });
});
