import { type AnyFlow, type Port, type Settle, type Slot, combinator, flow, parallel, slot } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, lines, rejection, simulatedEngine } from './test/setting.ts';

/** A composite of one child with a procedure of the test's own. */
function composite(run: (port: Port, only: Slot) => unknown, child: unknown = (x: unknown) => x): AnyFlow {
  const only = slot(child, { many: true });
  return combinator({
    kind: 'own',
    picture: { slots: [only], marks: [], edges: [] },
    run: (_, port) => run(port, only),
  });
}

describe('port.wait', () => {
  test('waits for whatever settles it, shows why, and tells when it goes on', async () => {
    const { engine, clock } = simulatedEngine();
    let settle: Settle<string> | undefined;
    const own = composite((port) =>
      port.wait<string>('for the post', (given) => {
        settle = given;
        return () => undefined;
      }),
    );
    const run = engine.start(own, 1);
    const events = collected(run);
    await clock.advance(7);
    expect(run.waiting()).toEqual([{ path: 'own', kind: 'outside', reason: 'for the post', since: 0 }]);
    expect(run.metrics()).toMatchObject({ waiting: 1, running: 0 });
    settle!.resolve('a letter');
    settle!.reject(new Error('too late'));
    expect(await run.result).toBe('a letter');
    expect(run.waiting()).toEqual([]);
    expect(lines(events)).toEqual([
      'run.created',
      'run.started',
      'node.opened own',
      'node.started own',
      'node.waiting own',
      'node.resumed own',
      'node.succeeded own',
      'run.succeeded',
    ]);
  });

  test('stops waiting when its run is canceled, and when its scope ends', async () => {
    const { engine, clock } = simulatedEngine();
    const log: string[] = [];
    const wait = (port: Port, name: string) => port.wait(name, () => () => log.push(`stopped ${name}`));
    const own = composite(async (port) => {
      await port.scope((scope) => {
        wait(scope, 'inner').catch((error: Error) => log.push(error.message));
      });
      return wait(port, 'outer');
    });
    const run = engine.start(own, 1);
    await clock.advance(1);
    run.cancel('enough');
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'enough' });
    expect(log).toEqual(['stopped inner', 'canceled: its siblings are done with', 'stopped outer']);
  });

  test('that settles at once, that fails, and whose begin throws', async () => {
    const { engine, clock } = simulatedEngine();
    const failure = new Error('no post');
    const own = composite(async (port) => [
      await port.wait<number>('now', ({ resolve }) => {
        resolve(1);
        return () => undefined;
      }),
      await rejection(
        port.wait('never', ({ reject }) => {
          reject(failure);
          return () => undefined;
        }),
      ),
      await rejection(
        port.wait('broken', () => {
          throw failure;
        }),
      ),
    ]);
    expect(await clock.finish(engine.execute(own, 1))).toEqual([1, failure, failure]);
  });

  test('canceled by a listener that hears of it, or by what begins it, stops what has begun', async () => {
    for (const when of ['listener', 'begin']) {
      const { engine } = simulatedEngine();
      const log: string[] = [];
      const own = composite((port) =>
        port.wait('for good', () => {
          if (when === 'begin') run.cancel('by begin');
          log.push('begun');
          return () => log.push('stopped');
        }),
      );
      const run = engine.start(own, 1);
      run.on(({ type }) => {
        if (when === 'listener' && type === 'node.waiting') run.cancel('by a listener');
      });
      expect((await run.outcome).status).toBe('canceled');
      expect(log).toEqual(['begun', 'stopped']);
    }
  });

  test('at most for a time, then stops waiting and goes on with nothing', async () => {
    const { engine, clock } = simulatedEngine();
    const log: string[] = [];
    const own = composite(async (port) => {
      const late = await port.wait<string>('for the post', () => () => log.push('stopped'), 100);
      const early = await port.wait<string>(
        'for the post',
        ({ resolve }) => {
          resolve('a letter');
          return () => log.push('never');
        },
        100,
      );
      return [late, early, port.now()];
    });
    const run = engine.start(own, 1);
    await clock.advance(50);
    expect(run.waiting()).toEqual([{ path: 'own', kind: 'outside', reason: 'for the post', since: 0, until: 100 }]);
    expect(await clock.finish(run.result)).toEqual([undefined, 'a letter', 100]);
    expect(log).toEqual(['stopped']);
    const refused = rejection(
      engine.execute(
        composite((port) => port.sleep(Number.NaN)),
        1,
      ),
    );
    expect(await refused).toMatchObject({ code: 'invalid-option' });
  });

  test('is waiting until the last of several waits at once has ended', async () => {
    const { engine, clock } = simulatedEngine();
    const own = composite(async (port) => {
      const both = [port.sleep(10, 'the short one'), port.sleep(20, 'the long one')];
      for (const one of both) await one;
    });
    const run = engine.start(parallel({ own }), 1 as never);
    const events = collected(run);
    await clock.advance(15);
    expect(run.waiting().map(({ reason }) => reason)).toEqual(['the long one', 'waiting for parallel/own']);
    expect(run.metrics().waiting).toBe(1);
    await clock.finish(run.outcome);
    expect(lines(events, 'node.waiting', 'node.resumed')).toEqual([
      'node.waiting parallel/own',
      'node.waiting parallel/own',
      'node.resumed parallel/own',
    ]);
  });
});

describe('port.shared', () => {
  test('is one state for all runs of an engine, by object or by name, and another for another engine', async () => {
    const key = {};
    const own = composite((port) => {
      const counts = [port.shared(key, () => ({ n: 0 })), port.shared('count', () => ({ n: 10 }))];
      for (const count of counts) count.n += 1;
      return counts.map(({ n }) => n);
    });
    const { engine } = simulatedEngine();
    expect(await engine.execute(own, 1)).toEqual([1, 11]);
    expect(
      await engine.execute(
        flow('around', async () => own(1)),
        undefined,
      ),
    ).toEqual([2, 12]);
    expect(await simulatedEngine().engine.execute(own, 1)).toEqual([1, 11]);
  });
});
