import { type AnyFlow, combinator, context, flow, isHolonError, loop, map, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, hang, lines, rejection, settled, simulatedEngine } from './test/setting.ts';

const finals = ['node.succeeded', 'node.failed', 'node.canceled'] as const;

/** Cancels a run of `flow` after `ms` and gives what became of its nodes. */
async function canceled(body: AnyFlow, input: unknown, ms: number, maxConcurrency = 64): Promise<string[]> {
  const { clock, engine } = simulatedEngine({ maxConcurrency });
  const run = engine.start(body, input as never);
  const events = collected(run);
  await clock.advance(ms);
  run.cancel('enough');
  expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'enough' });
  expect(run.status).toBe('canceled');
  expect(lines(events).at(-1)).toBe('run.canceled');
  return lines(events, ...finals);
}

describe('cancel', () => {
  test('before it has begun', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(hang, undefined);
    const events = collected(run);
    run.cancel('enough');
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'enough' });
    expect(lines(events)).toEqual(['run.created', 'node.opened hang', 'node.canceled hang', 'run.canceled']);
  });

  test('while it runs', async () => {
    expect(await canceled(hang, undefined, 0)).toEqual(['node.canceled hang']);
  });

  test('while some are queued', async () => {
    expect(await canceled(map('m', hang), [1, 2, 3], 0, 1)).toEqual([
      'node.canceled m[1]/hang',
      'node.canceled m[2]/hang',
      'node.canceled m[0]/hang',
      'node.canceled m',
    ]);
  });

  test('between two attempts', async () => {
    const failing = flow('failing', async () => Promise.reject(new Error('no')), {
      retry: { retries: 9, delay: 1_000 },
    });
    expect(await canceled(failing, undefined, 500)).toEqual(['node.canceled failing']);
  });

  test('while a procedure sleeps', async () => {
    const nap = combinator<AnyFlow>({
      kind: 'nap',
      picture: { slots: [], marks: [], edges: [] },
      alwaysPromise: true,
      run: async (_input, port) => port.sleep(1_000),
    });
    expect(await canceled(nap, undefined, 500)).toEqual(['node.canceled nap']);
  });

  test('deep down, innermost first', async () => {
    const inner = pipe(
      'inner',
      hang,
      flow('never', (x: unknown) => x),
    );
    const outer = parallel('outer', { one: inner, two: loop('again', hang, { max: 2 }) });
    expect(await canceled(outer, 0, 0)).toEqual([
      'node.canceled outer/one/hang',
      'node.canceled outer/one',
      'node.canceled outer/two[0]/hang',
      'node.canceled outer/two',
      'node.canceled outer',
    ]);
  });

  test('while held at the gate: what is held ends, though the run is paused', async () => {
    const { engine } = simulatedEngine();
    const held = pipe('p', hang);
    const run = engine.start(held, undefined, { paused: true });
    const events = collected(run);
    await settled();
    expect(run.status).toBe('paused');
    run.cancel('enough');
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'enough' });
    expect(lines(events)).toEqual([
      'run.created',
      'run.paused',
      'run.started',
      'node.opened p',
      'node.started p',
      'node.opened p/hang',
      'node.held p/hang',
      'run.canceling',
      'node.canceled p/hang',
      'node.canceled p',
      'run.canceled',
    ]);
  });

  test('of plain code: its open children first', async () => {
    const parent = flow('parent', async () => Promise.all([hang(1), hang(2)]));
    expect(await canceled(parent, undefined, 0, 1)).toEqual([
      'node.canceled parent/hang[2]',
      'node.canceled parent/hang',
      'node.canceled parent',
    ]);
  });

  test('a body that ignores it is abandoned after the grace period', async () => {
    const { clock, engine } = simulatedEngine({ gracePeriod: '2s' });
    const run = engine.start(
      flow('deaf', () => new Promise(() => undefined)),
      undefined as never,
    );
    const events = collected(run);
    await settled();
    run.cancel('enough');
    await clock.advance(1_999);
    expect(run.status).toBe('canceling');
    await clock.advance(1);
    expect(run.status).toBe('canceled');
    expect(lines(events).slice(-3)).toEqual(['node.abandoned deaf', 'node.canceled deaf', 'run.canceled']);
  });

  test('the first reason counts, and once it has ended nothing does', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(hang, undefined);
    await settled();
    run.cancel('first');
    run.cancel('second');
    run.pause();
    run.resume();
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'first' });
    const events = collected(run);
    run.cancel('third');
    run.pause();
    run.resume();
    expect(run.status).toBe('canceled');
    expect(events).toEqual([]);
  });

  test('a value that comes after it is dropped', async () => {
    const { clock, engine } = simulatedEngine();
    const run = engine.start(
      flow('finishing', async () => clock.sleep(100).then(() => 'done')),
      undefined as never,
    );
    const events = collected(run);
    await clock.advance(10);
    run.cancel('enough');
    expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'enough' });
    expect(lines(events, 'node.late', ...finals)).toEqual(['node.late finishing', 'node.canceled finishing']);
  });

  test('execute rejects with canceled, which names the reason', async () => {
    const { clock, engine } = simulatedEngine();
    const controller = new AbortController();
    const result = rejection(engine.execute(hang, undefined, { signal: controller.signal }));
    controller.abort(new Error('the caller left'));
    const error = await clock.finish(result);
    expect(isHolonError(error, 'canceled')).toBe(true);
    expect(error).toMatchObject({ message: 'The run was canceled: the caller left' });
  });

  test('what a signal was aborted with is the cause, wherever the cancellation is told', async () => {
    const { engine } = simulatedEngine();
    const controller = new AbortController();
    let told: unknown;
    const body = flow('body', async () => hang(1));
    const noting = flow('noting', async () => {
      const { signal } = context();
      signal.addEventListener('abort', () => {
        told = (signal.reason as Error).cause;
      });
      await body();
    });
    const run = engine.start(noting, undefined, { signal: controller.signal });
    await settled();
    const why = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    controller.abort(why);
    const error = await rejection(run.result);
    expect(isHolonError(error, 'canceled')).toBe(true);
    expect((error as Error).cause).toBe(why);
    expect(told).toBe(why);
    expect(await run.outcome).toEqual({ status: 'canceled', reason: why.message, cause: why });
  });

  test('a signal aborted with what is no Error names it', async () => {
    const { engine } = simulatedEngine();
    for (const [given, reason] of [
      ['stop it', 'stop it'],
      [{ code: 7 }, '{"code":7}'],
    ] as const) {
      const run = engine.start(hang, 1, { signal: AbortSignal.abort(given) });
      expect(await run.outcome).toEqual({ status: 'canceled', reason, cause: given });
    }
  });
});

describe.each([
  'run.created',
  'run.started',
  'node.opened',
  'node.queued',
  'node.started',
  'node.retrying',
  'node.answered',
  'node.held',
  'node.released',
  'run.paused',
  'run.resumed',
  'node.discovered',
  'node.succeeded',
  'node.failed',
] as const)('canceled by a listener that hears %s', (type) => {
  test('each instance ends once, and nothing begins afterwards', async () => {
    const { clock, engine } = simulatedEngine({
      maxConcurrency: 1,
      answers: ({ id }) => (id.endsWith('mocked') ? { kind: 'value', value: 1, source: 'a mock' } : undefined),
    });
    let began = 0;
    const leaf = flow('leaf', async () => {
      began += 1;
      await clock.sleep(5, context().signal);
    });
    const mocked = flow('mocked', async () => 0);
    const flaky = flow(
      'flaky',
      async () => {
        if (context().attempt === 1) throw new Error('no');
      },
      { retry: { retries: 1, delay: 1 } },
    );
    const failing = flow('failing', async () => {
      throw new Error('no');
    });
    const parent = flow('parent', async () => {
      await Promise.all([leaf(), leaf()]);
      await mocked();
      await flaky();
      await failing().catch(() => undefined);
      await leaf();
    });
    const run = engine.start(
      pipe(
        'p',
        parent,
        flow('after', () => undefined),
      ),
      undefined as never,
      { paused: true },
    );
    const events = collected(run);
    let beganBefore = -1;
    run.on((event) => {
      if (event.type !== type || beganBefore >= 0) return;
      beganBefore = began;
      run.cancel('from a listener');
    });
    await settled();
    run.resume();
    expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'from a listener' });
    expect(beganBefore).toBeGreaterThanOrEqual(0);
    expect(began).toBe(beganBefore);
    const opened = lines(events, 'node.opened').map((line) => line.split(' ')[1]);
    const ended = lines(events, ...finals).map((line) => line.split(' ')[1]);
    expect(new Set(ended)).toEqual(new Set(opened));
    expect(ended).toHaveLength(opened.length);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(lines(events).at(-1)).toBe('run.canceled');
    await clock.advance(100_000);
    expect(began).toBe(beganBefore);
  });
});
