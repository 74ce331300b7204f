import { flow, isHolonError, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { hang, rejection, settled, simulatedEngine } from './test/setting.ts';

const inc = flow('inc', (x: number) => x + 1);
const add = flow('add', (a: number, b: number) => a + b);
const now = flow('now', () => 'now');

describe('executeParallel', () => {
  test('gives the values in the order of the calls', async () => {
    const { engine, clock } = simulatedEngine();
    const slow = flow('slow', async (ms: number) => clock.sleep(ms).then(() => ms));
    const values = await clock.finish(
      engine.executeParallel([
        [slow, 20],
        [slow, 10],
        [inc, 1],
        [add, [2, 3]],
        [now],
        [pipe('p', slow, (ms: number) => `${ms} ms`), 5],
      ]),
    );
    expect(values).toEqual([20, 10, 2, 5, 'now', '5 ms']);
    expect(clock.elapsed()).toBe(20);
    expect(await engine.executeParallel([])).toEqual([]);
  });

  test('the first failure cancels the others, waits for them, and is what it rejects with', async () => {
    const { engine, clock } = simulatedEngine();
    const error = new Error('no');
    const failing = flow('failing', async (ms: number) => clock.sleep(ms).then(() => Promise.reject(error)));
    const slowToStop = flow('slow to stop', async (_x: number) => {
      await clock.sleep(500);
    });
    const outcomes: string[] = [];
    engine.on('run.canceled', ({ reason }, { flow: id }) => outcomes.push(`${id}: ${reason}`));
    const done = engine.executeParallel([
      [hang, 1],
      [failing, 10],
      [failing, 20],
      [slowToStop, 1],
    ]);
    expect(await rejection(clock.finish(done))).toBe(error);
    expect(outcomes).toEqual([
      'hang: failing, which it was started with, has failed',
      'failing: failing, which it was started with, has failed',
      'slow to stop: failing, which it was started with, has failed',
    ]);
    expect(clock.elapsed()).toBe(500);
    expect(engine.metrics().runs).toMatchObject({ running: 0, canceling: 0, failed: 1, canceled: 3 });
  });

  test('a signal cancels all of them', async () => {
    const { engine } = simulatedEngine();
    const controller = new AbortController();
    const done = engine.executeParallel(
      [
        [hang, 1],
        [hang, 2],
      ],
      { signal: controller.signal },
    );
    await settled();
    controller.abort('enough');
    expect(isHolonError(await rejection(done), 'canceled')).toBe(true);
  });

  test('options are for each of them', async () => {
    const { engine, clock } = simulatedEngine();
    const labels: unknown[] = [];
    engine.on('run.created', (event) => labels.push(event.labels));
    const done = engine.executeParallel(
      [
        [inc, 1],
        [hang, 2],
      ],
      { timeout: 100, labels: { tenant: 'a' } },
    );
    expect(isHolonError(await rejection(clock.finish(done)), 'timeout')).toBe(true);
    expect(labels).toEqual([{ tenant: 'a' }, { tenant: 'a' }]);
  });

  test('is let in as a whole or not at all', async () => {
    const { engine, clock } = simulatedEngine({ admission: { maxRuns: 2, maxWaiting: 1 } });
    const slow = flow('slow', async (ms: number) => clock.sleep(ms).then(() => ms));
    const refused = engine.executeParallel([1, 2, 3, 4].map((ms) => [slow, ms] as const));
    expect(await rejection(refused)).toMatchObject({
      code: 'queue-full',
      message: expect.stringContaining('no 4 further runs'),
    });
    expect(engine.metrics().runs.created).toBe(0);
    expect(await clock.finish(engine.executeParallel([1, 2, 3].map((ms) => [slow, ms] as const)))).toEqual([1, 2, 3]);
    expect(clock.elapsed()).toBe(4);
  });

  test.each<[string, unknown, unknown, string]>([
    ['no list', 'inc', {}, 'executeParallel: "inc" is not a list of [flow, input].'],
    ['no pairs', [inc, 1], {}, 'is not a list of [flow, input].'],
    ['more than pairs', [[inc, 1, 2]], {}, 'is not a list of [flow, input].'],
    [
      'a call that is wrong',
      [
        [inc, 1],
        [add, 5],
      ],
      {},
      '"add" takes 2 arguments',
    ],
    [
      'what is no flow',
      [
        [inc, 1],
        [1, 1],
      ],
      {},
      '1 is not a flow',
    ],
    [
      'one key for several',
      [[inc, 1]],
      { idempotencyKey: 'k' },
      "executeParallel: idempotencyKey: one key can't stand for",
    ],
    [
      'an option that is none',
      [[inc, 1]],
      { timout: 1 },
      'executeParallel: "timout" is not an option. Did you mean "timeout"?',
    ],
  ])('refuses %s, and then starts none', async (_name, calls, options, message) => {
    const { engine } = simulatedEngine();
    expect(() => engine.executeParallel(calls as never, options as never)).toThrow(message);
    await settled();
    expect(engine.metrics().runs).toMatchObject({ created: 0, running: 0, succeeded: 0 });
  });
});
