import { type AnyFlow, type FlowOptions, type RetryOptions, context, flow, isHolonError, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, hang, lines, rejection, simulatedEngine } from './test/setting.ts';

/** When each attempt of a body that always fails began. */
async function beginnings(retry: number | RetryOptions): Promise<number[]> {
  const { clock, engine } = simulatedEngine({ random: { next: () => 0.5, id: () => 'run' } });
  const began: number[] = [];
  const failing = flow(
    'failing',
    async () => {
      began.push(clock.elapsed());
      throw new Error(`attempt ${context().attempt}`);
    },
    { retry },
  );
  expect(await rejection(clock.finish(engine.execute(failing, undefined)))).toMatchObject({
    message: `attempt ${began.length}`,
  });
  return began;
}

describe('delays between attempts', () => {
  test.each<[string, number | RetryOptions, number[]]>([
    ['exponential by default', 3, [0, 200, 600, 1_400]],
    ['fixed', { retries: 3, delay: 100, backoff: 'fixed' }, [0, 100, 200, 300]],
    ['linear', { retries: 3, delay: 100, backoff: 'linear' }, [0, 100, 300, 600]],
    ['capped', { retries: 4, delay: 100, maxDelay: 250 }, [0, 100, 300, 550, 800]],
    ['with jitter, which only shortens', { retries: 2, delay: 100, backoff: 'fixed', jitter: 1 }, [0, 50, 100]],
    ['none', { retries: 2, delay: 0 }, [0, 0, 0]],
    ['no retry', 0, [0]],
  ])('%s', async (_name, retry, expected) => {
    expect(await beginnings(retry)).toEqual(expected);
  });
});

test('nothing is retried unless its author asked', async () => {
  const { clock, engine } = simulatedEngine();
  let calls = 0;
  const failing = flow('failing', async () => {
    calls += 1;
    throw new Error('no');
  });
  await rejection(clock.finish(engine.execute(failing, undefined)));
  expect(calls).toBe(1);
});

test('attempts count from 1, and the idempotency key stays', async () => {
  const { clock, engine } = simulatedEngine();
  const seen: [number, string | undefined][] = [];
  const flaky = flow(
    'flaky',
    async () => {
      const { attempt, idempotencyKey } = context();
      await clock.sleep(1);
      seen.push([context().attempt, context().idempotencyKey]);
      if (attempt < 3) throw new Error('no');
      return idempotencyKey;
    },
    { retry: 5 },
  );
  const run = engine.start(flaky, undefined);
  const key = await clock.finish(run.result);
  expect(key).toBe(`${run.id}:flaky`);
  expect(seen).toEqual([
    [1, key],
    [2, key],
    [3, key],
  ]);
});

test('a retried composite is new work: its children have the attempt in their paths', async () => {
  const { clock, engine } = simulatedEngine();
  let left = 2;
  const first = flow('first', async (x: number) => x);
  const second = flow('second', (x: number) => {
    if (left-- > 0) throw new Error('no');
    return context().idempotencyKey?.split(':')[1] ?? x;
  });
  const run = engine.start(
    pipe(
      'all',
      flow('in', (x: number) => x),
      pipe('pay', first, second).with({ retry: 3 }),
    ),
    1 as never,
  );
  const events = collected(run);
  expect(await clock.finish(run.result)).toBe('all/pay@3/second');
  expect(lines(events, 'node.opened')).toEqual([
    'node.opened all',
    'node.opened all/in',
    'node.opened all/pay',
    'node.opened all/pay/first',
    'node.opened all/pay/second',
    'node.opened all/pay@2/first',
    'node.opened all/pay@2/second',
    'node.opened all/pay@3/first',
    'node.opened all/pay@3/second',
  ]);
});

test('plain code under retry has the attempt in its children’s paths, too', async () => {
  const { clock, engine } = simulatedEngine();
  const child = flow('child', async () => undefined);
  const parent = flow(
    'parent',
    async () => {
      await child();
      if (context().attempt === 1) throw new Error('no');
    },
    { retry: 1 },
  );
  const run = engine.start(parent, undefined);
  const events = collected(run);
  await clock.finish(run.result);
  expect(lines(events, 'node.opened')).toEqual([
    'node.opened parent',
    'node.opened parent/child',
    'node.opened parent@2/child',
  ]);
});

test('retryIf decides by the error itself; one that throws, or cancels the run, is no second attempt', async () => {
  const { clock, engine } = simulatedEngine();
  const fatal = new Error('fatal');
  const attempts: string[] = [];
  const failing = (name: string, retryIf: (error: unknown) => boolean) =>
    flow(
      name,
      async () => {
        attempts.push(name);
        throw fatal;
      },
      { retry: { retries: 3, retryIf } },
    );
  expect(
    await rejection(
      clock.finish(
        engine.execute(
          failing('refused', (error) => error !== fatal),
          undefined,
        ),
      ),
    ),
  ).toBe(fatal);
  const broken = failing('broken', () => {
    throw new Error('worse');
  });
  expect(await rejection(clock.finish(engine.execute(broken, undefined)))).toBe(fatal);
  const run = engine.start(
    failing('canceled', () => {
      run.cancel('from retryIf');
      return true;
    }),
    undefined,
  );
  const events = collected(run);
  expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'from retryIf' });
  expect(lines(events, 'node.canceled', 'node.failed', 'node.retrying')).toEqual(['node.canceled canceled']);
  expect(attempts).toEqual(['refused', 'broken', 'canceled']);
});

test('says why it was retried, and why not', async () => {
  const { clock, engine } = simulatedEngine();
  const failing = flow('failing', async () => Promise.reject(new Error('no')), { retry: { retries: 1, delay: 5 } });
  const run = engine.start(failing, undefined);
  const reasons: string[] = [];
  run.on((event) => 'reason' in event && reasons.push(event.reason));
  await clock.finish(run.outcome);
  expect(reasons).toEqual(['attempt 1 of 2 failed: next in 5 ms (exponential)', 'attempt 2 of 2 failed: none left']);
});

test('cancellation is never retried', async () => {
  const { clock, engine } = simulatedEngine();
  let attempts = 0;
  const body = flow(
    'body',
    async () => {
      attempts += 1;
      await clock.sleep(100, context().signal);
    },
    { retry: 5 },
  );
  const run = engine.start(body, undefined);
  await clock.advance(10);
  run.cancel('enough');
  expect(isHolonError(await rejection(clock.finish(run.result)), 'canceled')).toBe(true);
  await clock.advance(100_000);
  expect(attempts).toBe(1);
});

describe('errorRecovery', () => {
  const recovering = (maxRetries = 2) =>
    simulatedEngine({ errorRecovery: { maxRetries, backoff: 'fixed', delay: 100 } });

  test('retries tasks whose author named no policy', async () => {
    const { clock, engine } = recovering();
    const began: number[] = [];
    const failing = flow('failing', async () => {
      began.push(clock.elapsed());
      throw new Error('no');
    });
    await rejection(clock.finish(engine.execute(failing, undefined)));
    expect(began).toEqual([0, 100, 200]);
  });

  test.each([0, 1, 4])('leaves retry: %i to its author', async (retries) => {
    const { clock, engine } = recovering();
    let calls = 0;
    const failing = flow(
      'failing',
      async () => {
        calls += 1;
        throw new Error('no');
      },
      { retry: { retries, delay: 1 } },
    );
    await rejection(clock.finish(engine.execute(failing, undefined)));
    expect(calls).toBe(retries + 1);
  });

  test('acts where a failure begins: neither composites nor plain code multiply it', async () => {
    const { clock, engine } = recovering();
    let calls = 0;
    const failing = flow('failing', async (_x: number) => {
      calls += 1;
      throw new Error('no');
    });
    const code = flow('code', async (x: number) => failing(x));
    const run = engine.start(pipe('p', code), 1);
    const events = collected(run);
    await clock.finish(run.outcome);
    expect(calls).toBe(3);
    expect(lines(events, 'node.retrying')).toEqual(['node.retrying p/code/failing', 'node.retrying p/code/failing']);
  });

  test('retries each of two tasks that throw the same object', async () => {
    const { clock, engine } = recovering(1);
    const shared = new Error('shared');
    const attempts: string[] = [];
    const failing = (name: string) =>
      flow(name, async (_x: number) => {
        attempts.push(name);
        throw shared;
      });
    const left = failing('left');
    const right = failing('right');
    const both = flow('both', async (x: number) => {
      await left(x).catch(() => undefined);
      await right(x).catch(() => undefined);
      return attempts;
    });
    expect(await clock.finish(engine.execute(both, 1))).toEqual(['left', 'left', 'right', 'right']);
  });
});

describe('why nobody tried again', () => {
  const failing = (options: FlowOptions = {}) =>
    flow('failing', async (_x: number) => Promise.reject(new Error('no')), options as { retry?: number });
  const retryIf = () => false;

  test.each<[string, AnyFlow, string, readonly unknown[]]>([
    ['no policy', failing(), 'no-policy', ['no-policy']],
    ['exhausted', failing({ retry: 1 }), 'exhausted', ['exhausted']],
    ['not retryable', failing({ retry: { retries: 1, retryIf } }), 'not-retryable', ['not-retryable']],
    [
      'without a policy above one that gave up',
      pipe('p', failing({ retry: 1 })),
      'exhausted',
      ['exhausted', 'no-policy'],
    ],
    [
      'a policy above one that has none',
      pipe('p', failing()).with({ retry: { retries: 1, retryIf } }),
      'not-retryable',
      ['no-policy', 'not-retryable'],
    ],
    [
      'the outermost of several',
      pipe('p', failing({ retry: 1 })).with({ retry: { retries: 1, retryIf } }),
      'not-retryable',
      ['exhausted', 'not-retryable'],
    ],
  ])('%s', async (_name, root, gaveUp, told) => {
    const { clock, engine } = simulatedEngine();
    const run = engine.start(root, 1);
    const heard: unknown[] = [];
    run.on('node.failed', (event) => heard.push(event.gaveUp));
    expect(await clock.finish(run.outcome)).toMatchObject({ status: 'failed', gaveUp });
    expect(heard).toEqual(told);
  });

  test('of a timeout of the whole run nobody was asked', async () => {
    const { clock, engine } = simulatedEngine();
    const run = engine.start(hang, 1, { timeout: 10 });
    expect(await clock.finish(run.outcome)).toMatchObject({ status: 'failed', gaveUp: undefined });
  });
});
