import { context, flow, isHolonError, map, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, hang, lines, rejection, settled, simulatedEngine } from './test/setting.ts';

describe('timeout', () => {
  test('aborts the signal with the timeout, and fails the attempt with it', async () => {
    const { clock, engine } = simulatedEngine();
    let reason: unknown;
    const slow = flow(
      'slow',
      async () => {
        const { signal } = context();
        await clock.sleep(1_000, signal).catch((error: unknown) => {
          reason = error;
          throw error;
        });
      },
      { timeout: 100 },
    );
    const error = await rejection(clock.finish(engine.execute(slow, undefined)));
    expect(clock.elapsed()).toBe(100);
    expect(isHolonError(error, 'timeout')).toBe(true);
    expect(error).toMatchObject({ message: 'timed out after 100 ms', path: 'slow' });
    expect(reason).toBe(error);
  });

  test('is for each attempt, and does not count the delay between', async () => {
    const { clock, engine } = simulatedEngine();
    const began: number[] = [];
    const slow = flow(
      'slow',
      async () => {
        began.push(clock.elapsed());
        await clock.sleep(1_000, context().signal);
      },
      { timeout: 100, retry: { retries: 2, delay: 500, backoff: 'fixed' } },
    );
    await rejection(clock.finish(engine.execute(slow, undefined)));
    expect(began).toEqual([0, 600, 1_200]);
  });

  test('starts when the body has its place, not while it is queued', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    const work = flow('work', async (x: number) => clock.sleep(80, context().signal).then(() => x), { timeout: 100 });
    await expect(clock.finish(engine.execute(map(work), [1, 2, 3]))).resolves.toEqual([1, 2, 3]);
    expect(clock.elapsed()).toBe(240);
  });

  test('of a composite cancels its children, waits for them, then fails with timeout', async () => {
    const { clock, engine } = simulatedEngine();
    const cleanup = flow('cleanup', async (x: number) => {
      await clock.sleep(1_000, context().signal).catch(() => clock.sleep(30));
      return x;
    });
    const run = engine.start(map('m', cleanup, { timeout: 100 }), [1, 2]);
    const events = collected(run);
    const error = await rejection(clock.finish(run.result));
    expect(isHolonError(error, 'timeout')).toBe(true);
    expect(clock.elapsed()).toBe(130);
    expect(lines(events, 'node.canceled', 'node.failed', 'run.failed')).toEqual([
      'node.canceled m[0]/cleanup',
      'node.canceled m[1]/cleanup',
      'node.failed m',
      'run.failed m',
    ]);
  });

  test('a body that ends in time leaves no timer behind', async () => {
    const { clock, engine } = simulatedEngine();
    const quick = flow('quick', async () => clock.sleep(5), { timeout: 10_000 });
    await clock.finish(engine.execute(quick, undefined));
    const never = rejection(clock.finish(new Promise(() => undefined)));
    await never;
    expect(clock.elapsed()).toBe(5);
  });
});

describe('late results', () => {
  test('what an aborted body gives is dropped and recorded, and the next attempt counts', async () => {
    const { clock, engine } = simulatedEngine({ gracePeriod: 1_000 });
    const deaf = flow(
      'deaf',
      async () => {
        const { attempt } = context();
        await clock.sleep(attempt === 1 ? 300 : 10);
        return `from attempt ${attempt}`;
      },
      { timeout: 100, retry: { retries: 1, delay: 1 } },
    );
    const run = engine.start(deaf, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe('from attempt 2');
    expect(lines(events)).toEqual([
      'run.created',
      'run.started',
      'node.opened deaf',
      'node.started deaf',
      'node.late deaf',
      'node.retrying deaf',
      'node.started deaf',
      'node.succeeded deaf',
      'run.succeeded',
    ]);
  });

  test('past the grace period the body is abandoned; what it gives after that is dropped and recorded', async () => {
    const { clock, engine } = simulatedEngine({ gracePeriod: 50 });
    const deaf = flow(
      'deaf',
      async () => {
        await clock.sleep(500);
        return 'too late';
      },
      { timeout: 100 },
    );
    const last = flow('last', async () => clock.sleep(1_000).then(() => 'kept'));
    const both = flow('both', async () => {
      const tried = await deaf().catch((error: unknown) => (isHolonError(error, 'timeout') ? clock.elapsed() : error));
      return [tried, await last()];
    });
    const run = engine.start(both, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toEqual([150, 'kept']);
    expect(lines(events, 'node.abandoned', 'node.failed', 'node.late', 'node.succeeded')).toEqual([
      'node.abandoned both/deaf',
      'node.failed both/deaf',
      'node.late both/deaf',
      'node.succeeded both/last',
      'node.succeeded both',
    ]);
  });

  test('an abandoned body gives up its place on the executor', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1, gracePeriod: 50 });
    const deaf = flow('deaf', () => new Promise(() => undefined), { timeout: 100 });
    await rejection(clock.finish(engine.execute(deaf, undefined)));
    const next = flow('next', async () => clock.elapsed());
    expect(await clock.finish(engine.execute(next, undefined))).toBe(150);
  });

  test('the grace period of a body begins when its children have ended', async () => {
    const { clock, engine } = simulatedEngine({ gracePeriod: 50 });
    const child = flow('child', async () => clock.sleep(10_000));
    const parent = flow(
      'parent',
      async () => {
        await child().catch(() => undefined);
        await clock.sleep(20);
      },
      { timeout: 100 },
    );
    const run = engine.start(parent, undefined);
    const events = collected(run);
    await rejection(clock.finish(run.result));
    expect(lines(events, 'node.abandoned')).toEqual(['node.abandoned parent/child']);
    expect(clock.elapsed()).toBe(170);
  });

  test('what a body tells after its end is dropped: progress and own events, but not its log', async () => {
    const { clock, engine } = simulatedEngine({ gracePeriod: 10 });
    const deaf = flow(
      'deaf',
      async () => {
        const { progress, emit, log } = context();
        await clock.sleep(50);
        progress(0.5);
        emit('late', 1);
        log.info('still here');
      },
      { timeout: 10, retry: { retries: 1, delay: 0 } },
    );
    const run = engine.start(
      pipe(
        'p',
        flow('catch', async () => deaf().catch(() => clock.sleep(100))),
      ),
      undefined as never,
    );
    const events = collected(run);
    await clock.finish(run.result);
    expect(lines(events, 'node.progressed', 'node.emitted', 'node.logged')).toEqual([
      'node.logged p/catch/deaf',
      'node.logged p/catch/deaf',
    ]);
  });
});

describe('bodies that misbehave', () => {
  test('a thenable that settles twice counts once', async () => {
    const { engine, clock } = simulatedEngine();
    const twice = flow('twice', () => ({
      // oxlint-disable-next-line no-thenable -- users have them
      then(resolve: (value: string) => void, reject: (error: unknown) => void) {
        resolve('once');
        resolve('twice');
        reject(new Error('no'));
      },
    }));
    const run = engine.start(twice, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe('once');
    expect(lines(events, 'node.late')).toEqual([]);
  });

  test('a thenable whose then throws fails the attempt and gives its place back', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const bad = flow('bad', () => ({
      // oxlint-disable-next-line no-thenable -- users have them
      then() {
        throw new Error('broken then');
      },
    }));
    expect(await rejection(clock.finish(engine.execute(bad as never, undefined as never)))).toMatchObject({
      message: 'broken then',
    });
    const next = flow('next', async () => 1);
    expect(await clock.finish(engine.execute(next, undefined))).toBe(1);
  });

  test('one canceled by a listener that hears of its start is aborted, and what it gives is dropped', async () => {
    const { engine } = simulatedEngine();
    let reason: unknown;
    const body = flow('body', async () => {
      const { signal } = context();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      reason = signal.reason;
      return 'too late';
    });
    const run = engine.start(body, undefined);
    run.on(({ type }) => {
      if (type === 'node.started') run.cancel('no');
    });
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'no' });
    expect(isHolonError(reason, 'canceled')).toBe(true);
  });
});

test('hang, of the tests themselves, ends when aborted', async () => {
  const { engine } = simulatedEngine();
  const run = engine.start(hang, undefined);
  await settled();
  run.cancel();
  expect((await run.outcome).status).toBe('canceled');
});
