import { type AnyFlow, HolonError, type Port, combinator, flow, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, simulatedEngine } from './test/setting.ts';

function composite(run: (port: Port) => unknown): AnyFlow {
  return combinator({ kind: 'own', picture: { slots: [], marks: [], edges: [] }, run: (_, port) => run(port) });
}

const number = (value: unknown): unknown => {
  if (typeof value === 'number') return value * 2;
  throw new HolonError('invalid-input', `${String(value)} is no number`);
};

describe('a signal', () => {
  test('goes to who waits for its name, first come, first served', async () => {
    const { engine, clock } = simulatedEngine();
    const own = composite(async (port) => {
      const [a, b, other] = [port.signal('a'), port.signal('a'), port.signal('b')];
      return [await a, await b, await other];
    });
    const run = engine.start(own, 1);
    await clock.advance(5);
    expect(run.waiting().map(({ reason }) => reason)).toEqual([
      'waiting for the signal "a"',
      'waiting for the signal "a"',
      'waiting for the signal "b"',
    ]);
    run.signal('b', 3);
    run.signal('a', 1);
    run.signal('a', 2);
    expect(await run.result).toEqual([1, 2, 3]);
  });

  test('may come before anybody waits for it, and before its run has begun; and is taken once', async () => {
    const { engine, clock } = simulatedEngine();
    const own = pipe(
      composite((port) => port.sleep(10)),
      composite(async (port) => [await port.signal('a'), await port.signal('a')]),
    );
    const run = engine.start(own, 1 as never);
    const events = collected(run);
    run.signal('a', 1);
    await clock.advance(5);
    run.signal('a', 2);
    expect(await clock.finish(run.result)).toEqual([1, 2]);
    expect(events.filter(({ type }) => type === 'signal.received').map((event) => event.seq)).toEqual([2, 9]);
    expect(events[0]!.type).toBe('run.created');
  });

  test('that who waits refuses fails with its sender, and the wait goes on', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(
      composite((port) => port.signal('n', number)),
      1,
    );
    const events = collected(run);
    await clock.advance(1);
    expect(() => run.signal('n', 'one')).toThrow('one is no number');
    expect(run.waiting()).toHaveLength(1);
    run.signal('n', 1);
    expect(await run.result).toBe(2);
    expect(events.filter(({ type }) => type.startsWith('signal.'))).toMatchObject([
      { type: 'signal.refused', name: 'n', reason: 'one is no number' },
      { type: 'signal.received', name: 'n' },
    ]);
  });

  test('that came early and is refused is told of, and the next is taken', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(
      composite((port) => port.signal('n', number)),
      1,
    );
    const events = collected(run);
    for (const value of ['one', 2, 3]) run.signal('n', value);
    expect(await clock.finish(run.result)).toBe(4);
    expect(events.filter(({ type }) => type === 'signal.refused')).toHaveLength(1);
  });

  test('to a run that has ended, or to one that is flooded, is refused with the reason', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(
      flow('quick', (x: number) => x),
      1,
    );
    await clock.finish(run.outcome);
    expect(() => run.signal('a')).toThrow('The signal "a" can\'t be taken: the run of quick has ended (succeeded).');
    const flooded = engine.start(
      flow('quick', (x: number) => x),
      1,
    );
    for (let i = 0; i < 1_000; i++) flooded.signal('a', i);
    expect(() => flooded.signal('a')).toThrow('1,000 signals already wait');
    await flooded.outcome;
  });

  test('is not delivered to who has stopped waiting', async () => {
    const { engine, clock } = simulatedEngine();
    const own = composite(async (port) => {
      await port.scope((scope) => {
        scope.signal('a').catch(() => undefined);
      });
      return port.signal('a');
    });
    const run = engine.start(own, 1);
    await clock.advance(1);
    run.signal('a', 'mine');
    expect(await run.result).toBe('mine');
  });

  test('has a name that somebody can wait for', () => {
    const run = simulatedEngine().engine.start(
      composite(() => 1),
      1,
      { paused: true },
    );
    expect(() => run.signal(undefined as never)).toThrow('signal: name: undefined is not a text');
    run.cancel();
  });
});
