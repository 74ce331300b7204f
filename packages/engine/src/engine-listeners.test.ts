import { flow, pipe } from '@holon/flow';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { coreOf } from './engine.ts';
import type { RunEvent } from './index.ts';
import { collected, lines, settled, simulatedEngine } from './test/setting.ts';

const warn = vi.spyOn(process, 'emitWarning');
beforeEach(() => void warn.mockReset().mockImplementation(() => undefined));
afterEach(() => warn.mockReset());

const inc = flow('inc', (x: number) => x + 1);
const both = pipe('both', inc, inc);

describe('engine.on', () => {
  test('tells the events of all runs by type, with the run they belong to', async () => {
    const { engine } = simulatedEngine();
    const heard: unknown[] = [];
    engine.on('node.succeeded', ({ path, type }, source) => heard.push([type, path, source]));
    const labels = { tenant: 'a' };
    const one = engine.start(both, 1, { labels });
    const two = engine.start(inc, 1);
    await Promise.all([one.outcome, two.outcome]);
    const first = { runId: one.id, flow: 'both', labels };
    expect(heard).toEqual([
      ['node.succeeded', 'both/inc', first],
      ['node.succeeded', 'both/inc~2', first],
      ['node.succeeded', 'both', first],
      ['node.succeeded', 'inc', { runId: two.id, flow: 'inc', labels: {} }],
    ]);
  });

  test('tells all of them, each once and in order, of runs that were there before from here on', async () => {
    const { engine, clock } = simulatedEngine();
    const slow = flow('slow', async () => clock.sleep(10));
    const before = engine.start(slow, undefined);
    const whole = collected(before);
    await settled();
    const heard: RunEvent[] = [];
    const seen = whole.length;
    engine.on('*', (event, source) => {
      if (source?.runId === before.id) heard.push(event as RunEvent);
    });
    await clock.finish(before.outcome);
    expect(heard.length).toBeGreaterThan(0);
    expect(heard).toEqual(whole.slice(seen));
  });

  test('stops when told to, and then nobody pays for events', async () => {
    const { engine, clock } = simulatedEngine();
    const heard: string[] = [];
    const stop = engine.on('*', ({ type }) => heard.push(type));
    const run = engine.start(
      flow('slow', async () => clock.sleep(10)),
      undefined as never,
    );
    await settled();
    const core = coreOf(engine).runs.members[0]!;
    expect(core.log.watched).toBe(true);
    stop();
    stop();
    expect(core.log.watched).toBe(false);
    await clock.finish(run.outcome);
    expect(heard.at(-1)).toBe('node.started');
  });

  test('a listener that throws is removed everywhere and reported once; runs and other listeners go on', async () => {
    const { engine } = simulatedEngine();
    const heard: string[] = [];
    engine.on('*', ({ type }) => {
      heard.push(`bad ${type}`);
      throw new Error('oops');
    });
    engine.on('run.succeeded', ({ type }) => heard.push(`good ${type}`));
    const runs = [engine.start(both, 1), engine.start(both, 2)];
    expect(await Promise.all(runs.map(({ result }) => result))).toEqual([3, 4]);
    expect(heard).toEqual(['bad run.created', 'good run.succeeded', 'good run.succeeded']);
    expect(warn.mock.calls).toEqual([
      ['A listener of an engine threw and was removed: oops', { code: 'HOLON_LISTENER' }],
    ]);
    await engine.close();
  });

  test('one whose promise rejects is removed as well', async () => {
    const { engine } = simulatedEngine();
    engine.on('run.succeeded', async () => {
      throw new Error('oops');
    });
    await engine.execute(inc, 1);
    await settled();
    await engine.execute(inc, 1);
    await settled();
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      'A listener of an engine threw and was removed: oops',
    ]);
  });

  test('one that starts a run hears of it', async () => {
    const { engine } = simulatedEngine();
    const heard: string[] = [];
    engine.on('run.succeeded', (_event, { flow: id }) => {
      heard.push(id);
      if (id === 'both') engine.start(inc, 1);
    });
    await engine.execute(both, 1);
    await engine.drain();
    expect(heard).toEqual(['both', 'inc']);
  });

  test.each<[unknown, unknown, string]>([
    ['node.fialed', () => undefined, 'on: "node.fialed" is not a type of event. Did you mean "node.failed"?'],
    [undefined, () => undefined, 'on: undefined is not a type of event.'],
    ['node.failed', 'listener', 'on: "listener" is not a function that listens.'],
  ])('refuses %o, %o', (type, listener, message) => {
    expect(() => simulatedEngine().engine.on(type as never, listener as never)).toThrow(message);
  });
});

describe('run.on', () => {
  test('of a type tells those alone', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(both, 1);
    const heard: string[] = [];
    run.on('node.started', ({ path }) => heard.push(path));
    await run.outcome;
    expect(heard).toEqual(['both', 'both/inc', 'both/inc~2']);
  });

  test('a listener of a type that throws is removed when it does', async () => {
    const { engine } = simulatedEngine();
    const run = engine.start(both, 1);
    let calls = 0;
    run.on('node.succeeded', () => {
      calls += 1;
      throw new Error('oops');
    });
    const events = collected(run);
    await run.outcome;
    expect(calls).toBe(1);
    expect(lines(events, 'node.succeeded')).toHaveLength(3);
  });

  test.each<[readonly unknown[], string]>([
    [['engine.closed', () => undefined], 'on: "engine.closed" is not a type of event.'],
    [['node.failed'], 'on: "node.failed" is not a function that listens.'],
  ])('refuses %o', (given, message) => {
    const run = simulatedEngine().engine.start(inc, 1);
    expect(() => (run.on as (...given: readonly unknown[]) => void)(...given)).toThrow(message);
  });
});
