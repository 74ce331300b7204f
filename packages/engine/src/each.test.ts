/** `each` as runs see it: items are pulled by the run, in the middle of it. */
import { context, each, flow, pipe, toArray } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { coreOf } from './engine.ts';
import { collected, lines, simulatedEngine } from './test/setting.ts';

describe('each in runs', () => {
  test('is one step from its source to what becomes of the results, at any limit', async () => {
    for (const maxConcurrency of [1, 2, 16]) {
      const { engine, clock } = simulatedEngine({ maxConcurrency });
      const seen: unknown[] = [];
      const numbers = flow('numbers', async function* (count: number) {
        for (let i = 0; i < count; i++) {
          await clock.sleep(1);
          seen.push(context().path);
          yield i;
        }
      });
      let open = 0;
      const double = flow('double', async (x: number) => {
        open += 1;
        expect(open).toBeLessThanOrEqual(maxConcurrency);
        await clock.sleep(10 - x, context().signal);
        open -= 1;
        return [context().path, x * 2];
      });
      const all = each('all', double, { from: numbers, into: toArray(), concurrency: 3 });
      const run = engine.start(pipe('root', all), 3);
      const events = collected(run);
      expect(await clock.finish(run.result)).toEqual([
        ['root/all[0]/double', 0],
        ['root/all[1]/double', 2],
        ['root/all[2]/double', 4],
      ]);
      // The source is part of the step, and not of the item that made room.
      expect(seen).toEqual(['root/all', 'root/all', 'root/all']);
      expect(lines(events, 'node.opened')).toEqual([
        'node.opened root',
        'node.opened root/all',
        'node.opened root/all/numbers',
        'node.opened root/all[0]/double',
        'node.opened root/all[1]/double',
        'node.opened root/all[2]/double',
      ]);
    }
  });

  test('holds its source back while its items are held, and says when it waits for it', async () => {
    const { engine, clock } = simulatedEngine();
    let pulled = 0;
    const endless = async function* (): AsyncGenerator<number> {
      for (;;) {
        await clock.sleep(5);
        yield pulled++;
      }
    };
    const run = engine.start(
      each(
        'all',
        flow('work', async (x: number) => x),
        { from: endless, concurrency: 4 },
      ),
      undefined,
    );
    await clock.advance(1);
    expect(run.waiting()).toMatchObject([{ path: 'all', reason: 'waiting for the next item', since: 0 }]);
    run.pause();
    await clock.advance(1_000);
    expect([pulled, run.waiting().map(({ path }) => path)]).toEqual([
      4,
      ['all[0]/work', 'all[1]/work', 'all[2]/work', 'all[3]/work', 'all'],
    ]);
    run.cancel('enough');
    expect((await clock.finish(run.outcome)).status).toBe('canceled');
    await clock.advance(1_000);
    expect([pulled, coreOf(engine).slots.inUse]).toEqual([4, 0]);
  });

  test('canceled while it waits, closes a source that listens to its signal', async () => {
    const { engine, clock } = simulatedEngine();
    const log: string[] = [];
    const lines = async function* (): AsyncGenerator<number> {
      const { signal } = context();
      try {
        yield 1;
        await clock.sleep(10_000, signal);
      } finally {
        log.push('closed');
      }
    };
    const run = engine.start(
      each((x: number) => x, { from: lines }),
      undefined,
    );
    await clock.advance(1);
    run.cancel('enough');
    expect((await clock.finish(run.outcome)).status).toBe('canceled');
    await clock.advance(1);
    expect([log, clock.now()]).toEqual([['closed'], 2]);
  });

  test('begins its source again at another attempt', async () => {
    const { engine, clock } = simulatedEngine();
    let tries = 0;
    const flaky = async (x: number): Promise<number> => {
      if (x === 2 && ++tries < 2) throw new Error('no');
      return x;
    };
    const numbers = function* (): Generator<number> {
      yield* [1, 2, 3];
    };
    const all = each(flaky, { from: numbers, into: toArray(), retry: { retries: 1, delay: 5 } });
    expect(await clock.finish(engine.execute(all, undefined))).toEqual([1, 2, 3]);
  });
});
