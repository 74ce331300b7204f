import { type AnyFlow, type Port, type Slot, combinator, flow, isHolonError, slot } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, hang, lines, rejection, settled, simulatedEngine } from './test/setting.ts';

/** A composite of one child with a procedure of the test's own. */
function composite(child: AnyFlow, run: (port: Port, only: Slot) => unknown): AnyFlow {
  const only = slot(child, { many: true });
  return combinator({
    kind: 'own',
    picture: { slots: [only], marks: [{ id: 'which', shape: 'choice', label: 'which' }], edges: [] },
    run: (_input, port) => run(port, only),
  });
}

const leaf = flow('leaf', async (x: number) => x) as AnyFlow;

describe('the engine’s port', () => {
  test('aborts and awaits what is open in a scope when that ends, then goes on', async () => {
    const { engine, clock } = simulatedEngine();
    const own = composite(hang as AnyFlow, async (port, only) => {
      const value = await port.scope((scope) => {
        void Promise.resolve(scope.call(only, 1, 0)).catch(() => undefined);
        return 'scope';
      });
      return [value, port.now()];
    });
    const run = engine.start(own, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toEqual(['scope', 0]);
    expect(lines(events, 'node.canceled', 'node.succeeded')).toEqual([
      'node.canceled own[0]/hang',
      'node.succeeded own',
    ]);
  });

  test('refuses calls and sleeps in a scope that has ended', async () => {
    const { engine, clock } = simulatedEngine();
    const own = composite(leaf, async (port, only) => {
      let leaked: Port | undefined;
      await port.scope((scope) => {
        leaked = scope;
      });
      const call = await rejection((async () => leaked!.call(only, 1, 0))());
      const sleep = await rejection(leaked!.sleep(1));
      return [call, sleep].map((error) => isHolonError(error, 'canceled'));
    });
    expect(await clock.finish(engine.execute(own, undefined))).toEqual([true, true]);
  });

  test('refuses calls after the run has ended, and tells nobody of them', async () => {
    const { engine, clock } = simulatedEngine();
    let late: unknown;
    const own = composite(leaf, (port, only) => {
      void settled().then(() => {
        try {
          late = port.call(only, 1, 0);
        } catch (error) {
          late = error;
        }
      });
      return 'early';
    });
    const run = engine.start(own, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe('early');
    await settled();
    expect(isHolonError(late, 'canceled')).toBe(true);
    expect(lines(events).at(-1)).toBe('run.succeeded');
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses to sleep for %d ms', async (ms) => {
    const { engine, clock } = simulatedEngine();
    const own = composite(leaf, async (port) => port.sleep(ms));
    expect(isHolonError(await rejection(clock.finish(engine.execute(own, undefined))), 'invalid-option')).toBe(true);
  });

  test('refuses a slot that the picture does not have', async () => {
    const { engine, clock } = simulatedEngine();
    const stranger = slot(leaf);
    const own = composite(leaf, (port) => port.call(stranger, 1));
    expect(isHolonError(await rejection(clock.finish(engine.execute(own, undefined))), 'invalid-flow')).toBe(true);
  });

  test('refuses a decision at a mark that the picture does not have', async () => {
    const { engine, clock } = simulatedEngine();
    const own = composite(leaf, (port) => port.choose('what', true));
    expect(await rejection(clock.finish(engine.execute(own, undefined)))).toMatchObject({
      code: 'invalid-flow',
      message: expect.stringContaining('own decided at "what", a mark that its picture doesn\'t have'),
    });
  });

  test('records decisions, and gives the run’s own chance and time', async () => {
    const { engine, clock } = simulatedEngine({ random: { next: () => 0.25, id: () => 'run' } });
    const own = composite(leaf, async (port) => {
      await port.sleep(40);
      return [port.choose('which', 'left', 3), port.random(), port.now()];
    });
    const run = engine.start(own, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toEqual(['left', 0.25, 40]);
    expect(events.find(({ type }) => type === 'choice.made')).toMatchObject({
      path: 'own',
      mark: 'own/:which',
      value: 'left',
      index: 3,
      forced: false,
    });
  });
});
