import { flow, isHolonError, memoize, pipe } from '@holon/flow';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngine } from '../engine.ts';
import { inc, later, nested } from '../test/nested.ts';
import { collected, hang, lines, rejection, settled, simulatedEngine } from '../test/setting.ts';
import { said, stopped } from '../test/walk.ts';
import { createDebugger } from './debugger.ts';
import { openDebugSession } from './open-session.ts';

describe('time', () => {
  test('timeouts stand still while something below is held', async () => {
    const { engine, clock } = simulatedEngine();
    const leaf = flow('leaf', async (x: number) => clock.sleep(60).then(() => x));
    const body = pipe('p', leaf, pipe('q', leaf).with({ timeout: 100 })).with({ timeout: 200 });
    const debug = createDebugger(body, { engine });
    debug.setBreakpoint('p/q/leaf');
    const run = debug.run(1);
    await clock.advance(1_000_000);
    expect(said(await run.stopped())).toBe('p/q/leaf breakpoint');
    void run.continue();
    expect(await clock.finish(run.result)).toBe(1);
  });

  test('a run’s own timeout stands still, too, and goes on with what was left', async () => {
    const { engine, clock } = simulatedEngine();
    const run = engine.start(pipe('p', hang), undefined as never, { paused: true, timeout: 100 });
    await clock.advance(1_000);
    expect(run.status).toBe('paused');
    run.resume();
    await clock.advance(99);
    expect(run.status).toBe('running');
    await clock.advance(1);
    expect(isHolonError(await rejection(run.result), 'timeout')).toBe(true);
  });

  test('a held instance has no place on the executor', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const debug = createDebugger(pipe('p', later), { engine });
    debug.setBreakpoint('later');
    await debug.run(1).stopped();
    expect(await clock.finish(engine.execute(later, 2))).toBe(4);
    await debug.close();
    expect(await clock.finish(engine.execute(later, 2))).toBe(4);
  });
});

describe('work that several calls share', () => {
  test('stops at a breakpoint as a run of its own, in its place in the picture, while who waits for it waits', async () => {
    const { engine, clock } = simulatedEngine();
    const cached = memoize(
      'cached',
      flow('slow', async (x: number) => {
        await clock.sleep(10);
        return x * 2;
      }),
    );
    const root = pipe('p', cached, (x: number) => x + 1).with({ timeout: 100 });
    const session = openDebugSession(root, { engine });
    session.setBreakpoints([{ node: 'p/cached/slow' }]);
    const heard: string[] = [];
    session.on('runs', ({ run, change }) => heard.push(`${run.state.flow} ${change}`));
    const one = session.start(1);
    const other = session.start(1);
    await clock.advance(50);
    const [work] = session.runs;
    expect([session.runs.length, work!.stops.map(said)]).toEqual([3, ['slow breakpoint']]);
    expect([one, other].map(({ run }) => run.waiting()[0]?.path)).toEqual(['p/cached', 'p/cached']);
    expect(work!.edit('slow', 'entry', 5).kind).toBe('edited');
    work!.continue();
    expect(await clock.finish(Promise.all([one.run.result, other.run.result]))).toEqual([11, 11]);
    expect(heard).toContain('p/cached/slow ended');
    await session.close();
  });

  test('is not among the runs while it does not stop', async () => {
    const session = openDebugSession(pipe('p', memoize(later)));
    const run = session.start(1);
    expect(await run.run.result).toBe(2);
    expect(session.runs).toEqual([run]);
    await session.close();
  });
});

describe('a session', () => {
  const warn = vi.spyOn(process, 'emitWarning');
  beforeEach(() => void warn.mockReset().mockImplementation(() => undefined));
  afterEach(() => warn.mockReset());

  test('has two runs at once, each with stops and state of its own', async () => {
    const session = openDebugSession(nested);
    const one = await stopped(session, 1, { paused: true });
    session.setBreakpoints([{ node: 'p/later' }]);
    const two = await stopped(session, 10);
    expect([one.stops.map(said), two.stops.map(said)]).toEqual([['p/inc start'], ['p/later breakpoint']]);
    two.continue();
    expect(await two.run.result).toBe(44);
    expect(one.run.status).toBe('paused');
    expect(session.runs).toEqual([two, one]);
    await session.close();
    expect(one.run.status).toBe('canceled');
  });

  test('remembers 50 ended runs, and all that have not ended', async () => {
    const session = openDebugSession(inc);
    const first = await stopped(session, 0, { paused: true });
    for (let i = 0; i < 60; i++) await session.start(i).run.result;
    expect(session.runs).toHaveLength(51);
    expect(session.runs.at(-1)).toBe(first);
    await session.close();
  });

  test('a listener that throws is removed, and nothing else happens', async () => {
    const session = openDebugSession(nested);
    let calls = 0;
    session.on('stopped', () => {
      calls += 1;
      throw new Error('oops');
    });
    for (let i = 0; i < 2; i++) {
      const run = await stopped(session, 1, { paused: true });
      run.continue();
      expect(await run.run.result).toBe(8);
    }
    expect(calls).toBe(1);
    expect(warn).toHaveBeenCalledOnce();
    await session.close();
  });

  test('a listener whose promise rejects is removed, with one warning', async () => {
    const session = openDebugSession(nested);
    let calls = 0;
    session.on('stops', async () => {
      calls += 1;
      throw new Error('oops');
    });
    for (let i = 0; i < 2; i++) {
      const run = await stopped(session, 1, { paused: true });
      await settled();
      run.continue();
      await run.run.result;
    }
    expect(calls).toBe(1);
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      'A listener of a debug session threw and was removed: oops',
    ]);
    await session.close();
  });

  test('a listener may go on at once, from within', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints(['p/inc', 'p/q', 'p/q/later', 'p/q/last', 'p/later'].map((node) => ({ node })));
    const seen: string[] = [];
    session.on('stopped', ({ run, stop }) => {
      seen.push(stop.path);
      if (seen.length % 2 === 0) run.step('into', stop.path);
      else run.continue();
    });
    expect(await session.start(1).run.result).toBe(8);
    expect(seen).toEqual(['p/inc', 'p/q', 'p/q/later', 'p/q/last', 'p/later']);
    await session.close();
  });

  test('a listener may cancel, from within', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints([{ node: 'p/q/later' }]);
    session.on('stopped', ({ run }) => run.cancel('seen enough'));
    const { run } = session.start(1);
    const events = collected(run);
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'seen enough' });
    expect(lines(events, 'node.held', 'node.canceled')).toEqual([
      'node.held p/q/later',
      'node.canceled p/q/later',
      'node.canceled p/q',
      'node.canceled p',
    ]);
    await session.close();
  });

  test('a pause stops the next to start', async () => {
    const session = openDebugSession(pipe('p', later, inc));
    const { run } = session.start(1);
    await Promise.resolve();
    session.runs[0]!.pause();
    await settled();
    await settled();
    expect(session.runs[0]!.stops.map(said)).toEqual(['p/inc pause']);
    run.resume();
    expect(await run.result).toBe(3);
    await session.close();
  });

  test('frames go from an instance to the root', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints([{ node: 'p/q/later' }]);
    const run = await stopped(session, 1);
    expect(run.frames('p/q/later').map(({ path }) => path)).toEqual(['p/q/later', 'p/q', 'p']);
    expect(run.frames('p/inc')).toEqual([]);
    await session.close();
  });

  test('says what it has no value of', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints([{ node: 'p/q/later' }]);
    const run = await stopped(session, 1);
    expect(run.value('p/q/later', 'output')).toEqual({ kind: 'not-kept', reason: 'It has no output so far.' });
    expect(run.value('p/none', 'input')).toEqual({ kind: 'not-kept', reason: 'This run has no instance p/none.' });
    expect(run.value('p/inc', 'output')).toMatchObject({ kind: 'value', json: '2' });
    await session.close();
  });

  test('is of flows and engines only', () => {
    expect(() => openDebugSession(((x: number) => x) as never)).toThrow('is not a flow: make one');
    expect(() => openDebugSession(inc, { engine: { ...createEngine() } }).start(1)).toThrow(
      'engine: this is not what createEngine()',
    );
  });
});
