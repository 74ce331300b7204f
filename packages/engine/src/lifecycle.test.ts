import { flow, isHolonError } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { createEngine } from './index.ts';
import { hang, rejection, settled, simulatedEngine } from './test/setting.ts';

const inc = flow('inc', (x: number) => x + 1);

/** What it throws, at once. */
function refusal(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('expected a refusal');
}

/** The types of what happens in an engine and belongs to no run. */
function ownEvents(engine: ReturnType<typeof createEngine>): string[] {
  const heard: string[] = [];
  engine.on('*', ({ type, seq }, source) => {
    if (source === undefined) heard.push(`${seq} ${type}`);
  });
  return heard;
}

describe('close()', () => {
  test('cancels what is running, waits for it, and takes nothing more', async () => {
    const { engine } = simulatedEngine();
    const heard = ownEvents(engine);
    const runs = [engine.start(hang, 1), engine.start(hang, 2)];
    await settled();
    const notBegun = engine.start(hang, 3);
    await engine.close();
    expect(await Promise.all([...runs, notBegun].map(async (run) => (await run.outcome).status))).toEqual([
      'canceled',
      'canceled',
      'canceled',
    ]);
    expect(refusal(() => engine.start(inc, 1))).toMatchObject({
      code: 'engine-closed',
      message: 'start: this engine is closed: create another one.',
    });
    expect(refusal(() => engine.execute(inc, 1))).toMatchObject({ code: 'engine-closed' });
    expect(refusal(() => engine.executeParallel([[inc, 1]]))).toMatchObject({ code: 'engine-closed' });
    expect(heard).toEqual(['1 engine.closing', '2 engine.closed']);
  });

  test('twice only waits', async () => {
    const { engine, clock } = simulatedEngine();
    const heard = ownEvents(engine);
    const run = engine.start(
      flow('deaf', () => new Promise(() => undefined)),
      undefined as never,
    );
    await settled();
    const closing = [engine.close(), engine.close()];
    await clock.finish(Promise.all(closing));
    expect(run.status).toBe('canceled');
    await engine.close();
    await engine.drain();
    expect(heard).toEqual(['1 engine.closing', '2 engine.closed']);
  });

  test('at the end of its scope', async () => {
    let run;
    {
      await using engine = createEngine();
      run = engine.start(hang, 1);
      await settled();
    }
    expect(run.status).toBe('canceled');
  });
});

describe('drain()', () => {
  test('takes nothing more, and waits until all runs have ended', async () => {
    const { engine, clock } = simulatedEngine();
    const heard = ownEvents(engine);
    const slow = flow('slow', async (ms: number) => clock.sleep(ms).then(() => ms));
    const runs = [engine.start(slow, 10), engine.start(slow, 30)];
    let drained = false;
    const draining = engine.drain().then(() => {
      drained = true;
    });
    expect(refusal(() => engine.start(inc, 1))).toMatchObject({
      code: 'engine-closed',
      message: 'start: this engine is draining: it finishes what it has, and takes no more runs.',
    });
    await clock.advance(20);
    expect([runs[0]!.status, drained]).toEqual(['succeeded', false]);
    await clock.finish(draining);
    expect(runs[1]!.status).toBe('succeeded');
    await engine.drain();
    expect(heard).toEqual(['1 engine.draining', '2 engine.drained']);
    await engine.close();
  });

  test('of an engine without runs is over at once', async () => {
    await simulatedEngine().engine.drain();
  });

  test('waits for what is paused', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(inc, 1, { paused: true });
    const draining = engine.drain();
    await settled();
    expect(run.status).toBe('paused');
    run.resume();
    await draining;
    expect(await run.result).toBe(2);
  });

  test('is waited for no longer once its signal is aborted, and goes on', async () => {
    const { engine } = simulatedEngine();
    const heard = ownEvents(engine);
    const run = engine.start(hang, 1);
    await settled();
    const controller = new AbortController();
    const draining = rejection(engine.drain({ signal: controller.signal }));
    const cause = new Error('no time');
    controller.abort(cause);
    const error = await draining;
    expect(isHolonError(error, 'canceled') && error.cause).toBe(cause);
    expect(await rejection(engine.drain({ signal: AbortSignal.abort() }))).toMatchObject({ code: 'canceled' });
    expect(() => engine.start(inc, 1)).toThrow('draining');
    run.cancel();
    await engine.drain({ signal: new AbortController().signal });
    expect(heard).toEqual(['1 engine.draining', '2 engine.drained']);
  });

  test('closed meanwhile, ends with the closing', async () => {
    const { engine } = simulatedEngine();
    const heard = ownEvents(engine);
    const run = engine.start(hang, 1);
    await settled();
    const draining = engine.drain();
    await Promise.all([engine.close(), draining]);
    expect(run.status).toBe('canceled');
    expect(heard).toEqual(['1 engine.draining', '2 engine.closing', '3 engine.closed']);
  });

  test('refuses options that are none', () => {
    const { engine } = simulatedEngine();
    expect(() => engine.drain({ signal: 1 as never })).toThrow('drain: signal: 1 is not an AbortSignal');
    expect(() => engine.drain({ timeout: 1 } as never)).toThrow('drain: "timeout" is not an option');
  });
});
