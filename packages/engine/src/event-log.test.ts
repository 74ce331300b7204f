import { flow, pipe } from '@holon/flow';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventLog } from './event-log.ts';
import { simulatedClock } from './simulated-clock.ts';
import { collected, lines, simulatedEngine } from './test/setting.ts';
import { slotsOf } from './test/contenders.ts';
import { Turn } from './turn.ts';

const warn = vi.spyOn(process, 'emitWarning');
beforeEach(() => void warn.mockReset().mockImplementation(() => undefined));
afterEach(() => warn.mockReset());

function logAt(ms: number): EventLog {
  return new EventLog(new Turn(simulatedClock(ms), slotsOf({}).slots));
}

describe('EventLog', () => {
  test('counts what nobody watched, so that the sequence has no gap', () => {
    const log = logAt(5);
    log.skip();
    log.skip();
    expect(log.watched).toBe(false);
    const events: unknown[] = [];
    const stop = log.on((event) => events.push(event));
    expect(log.watched).toBe(true);
    log.append({ seq: 0, at: 5, type: 'run.started' });
    stop();
    expect(log.watched).toBe(false);
    expect(events).toEqual([{ seq: 3, at: 5, type: 'run.started' }]);
  });

  test('a listener that throws is removed, reported, and the others hear on', () => {
    const log = logAt(0);
    const heard: string[] = [];
    log.on(() => {
      heard.push('bad');
      throw new Error('oops');
    });
    log.on(({ seq }) => heard.push(`good ${seq}`));
    log.append({ seq: 0, at: 5, type: 'run.started' });
    log.append({ seq: 0, at: 5, type: 'run.started' });
    expect(heard).toEqual(['bad', 'good 1', 'good 2']);
    expect(warn.mock.calls).toEqual([['A listener of a run threw and was removed: oops', { code: 'HOLON_LISTENER' }]]);
  });

  test('one that throws what can’t be made a text is only removed', () => {
    const log = logAt(0);
    log.on(() => {
      // oxlint-disable-next-line no-throw-literal -- users do
      throw Object.create(null);
    });
    log.append({ seq: 0, at: 5, type: 'run.started' });
    expect(log.watched).toBe(false);
  });

  test('what a listener brings about is told after the event it hears: everyone hears all in order', () => {
    const log = logAt(0);
    const heard: number[] = [];
    log.on(({ seq }) => {
      if (seq === 1) log.append({ seq: 0, at: 5, type: 'run.resumed', reason: 'from a listener' });
    });
    log.on(({ seq }) => heard.push(seq));
    log.append({ seq: 0, at: 5, type: 'run.started' });
    log.append({ seq: 0, at: 5, type: 'run.started' });
    expect(heard).toEqual([1, 2, 3]);
  });

  test('one that starts to listen within a listener hears what comes after that', () => {
    const log = logAt(0);
    const heard: number[] = [];
    let begun = false;
    log.on(() => {
      if (begun) return;
      begun = true;
      log.append({ seq: 0, at: 5, type: 'run.resumed', reason: '' });
      log.on(({ seq }) => heard.push(seq));
      log.append({ seq: 0, at: 5, type: 'run.resumed', reason: '' });
    });
    log.append({ seq: 0, at: 5, type: 'run.started' });
    expect(heard).toEqual([3]);
  });

  test('one that another stops does not hear the same event any more', () => {
    const log = logAt(0);
    const heard: string[] = [];
    let stop = (): void => undefined;
    log.on(() => stop());
    stop = log.on(() => heard.push('stopped one'));
    log.append({ seq: 0, at: 5, type: 'run.started' });
    expect(heard).toEqual([]);
  });
});

test('a run goes on, and ends the same, with a listener that throws', async () => {
  const { engine, clock } = simulatedEngine();
  const run = engine.start(
    pipe(
      'p',
      flow('inc', (x: number) => x + 1),
    ),
    1 as never,
  );
  run.on(() => {
    throw new Error('oops');
  });
  const events = collected(run);
  expect(await clock.finish(run.result)).toBe(2);
  expect(lines(events).at(-1)).toBe('run.succeeded');
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
});

test('a listener whose promise rejects is removed as well, with one warning', async () => {
  const { engine, clock } = simulatedEngine();
  const run = engine.start(
    flow('slow', async () => clock.sleep(10)),
    undefined as never,
  );
  const heard: string[] = [];
  run.on(async ({ type }) => {
    heard.push(type);
    throw new Error('oops');
  });
  await clock.finish(run.result);
  // What comes in one go is heard before the first promise can have rejected.
  expect(heard).not.toContain('run.succeeded');
  expect(warn.mock.calls.map(([message]) => message)).toEqual(['A listener of a run threw and was removed: oops']);
});

test('a flow called by a listener is no part of the run it listens to', async () => {
  const { engine, clock } = simulatedEngine();
  const inc = flow('inc', async (x: number) => x + 1);
  const run = engine.start(inc, 1);
  const calls: Promise<number>[] = [];
  run.on(({ type }) => {
    if (type === 'node.started') calls.push(inc(10));
  });
  const events = collected(run);
  await clock.finish(run.result);
  expect(await Promise.all(calls)).toEqual([11]);
  expect(lines(events, 'node.discovered')).toEqual([]);
});
