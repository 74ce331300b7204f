import { type StandardSchema, branch, flow, isHolonError, map, pipe } from '@holon/flow';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createEngine } from '../engine.ts';
import { collected, hang, lines, rejection, settled, simulatedEngine } from '../test/setting.ts';
import { said, walk } from '../test/walk.ts';
import { createDebugger } from './debugger.ts';
import { openDebugSession } from './open-session.ts';
import type { DebugSession, DebuggedRun } from './session.ts';

const inc = flow('inc', (x: number) => x + 1);
const later = flow('later', async (x: number) => {
  await settled();
  return x * 2;
});
const nested = pipe(
  'p',
  inc,
  pipe(
    'q',
    later,
    flow('last', (x: number) => x),
  ),
  later,
);

/** A run that has come to its first stop. */
async function stopped(session: DebugSession, input: unknown, options = {}): Promise<DebuggedRun> {
  const run = session.start(input, options);
  await new Promise<void>((resolve) => {
    const stop = session.on('stopped', (event) => {
      if (event.run !== run) return;
      stop();
      resolve();
    });
  });
  return run;
}

describe('breakpoints', () => {
  test('at a node by id, or by a label only one node has', async () => {
    const debug = createDebugger(nested);
    expect(debug.setBreakpoint('p/q/later')).toEqual({
      node: 'p/q/later',
      phase: 'entry',
      verified: true,
      message: undefined,
    });
    expect(debug.setBreakpoint('last')).toMatchObject({ node: 'p/q/last', verified: true });
    expect(await walk(debug.run(1), 'continue', 'continue')).toEqual([
      'p/q/later breakpoint',
      'p/q/last breakpoint',
      'end',
    ]);
    await debug.close();
  });

  test('at a node’s exit, where its output stands', async () => {
    const debug = createDebugger(nested);
    debug.setBreakpoint('q', 'exit');
    const run = debug.run(1);
    expect(said(await run.stopped())).toBe('p/q exit breakpoint');
    expect(run.value('output')).toMatchObject({ kind: 'value', json: '4' });
    expect(said(await run.continue())).toBe('end');
    expect(await run.result).toBe(8);
  });

  test('on the root, entry and exit', async () => {
    const debug = createDebugger(nested);
    debug.setBreakpoint('p');
    debug.setBreakpoint('p', 'exit');
    expect(await walk(debug.run(1), 'continue', 'continue')).toEqual(['p breakpoint', 'p exit breakpoint', 'end']);
  });

  test('are replaced whole, also for runs under way', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints([{ node: 'p/q/later' }, { node: 'p/later' }]);
    const run = await stopped(session, 1);
    session.setBreakpoints([]);
    run.continue();
    expect(await run.run.result).toBe(8);
    await session.close();
  });

  test.each<[string, string]>([
    ['later', 'Several nodes are called "later": p/q/later, p/later. Say which by its id.'],
    ['latter', 'Did you mean "later"?'],
    [
      'nothing-like-it-at-all',
      'No node is called "nothing-like-it-at-all" so far; it will stop there if plain code calls one.',
    ],
  ])('"%s" stands nowhere, and says why', (node, message) => {
    const [placed] = openDebugSession(nested).setBreakpoints([{ node }]);
    expect(placed).toMatchObject({ node, verified: false });
    expect(placed!.message).toContain(message);
  });

  test('on a mark of a picture is refused with what to do', () => {
    const session = openDebugSession(
      pipe(
        'p',
        branch('b', (_x: number) => 'a', { a: inc }),
      ),
    );
    const mark = session.picture.nodes.find(({ shape }) => shape === 'choice')!;
    expect(session.setBreakpoints([{ node: mark.id }])[0]).toMatchObject({
      verified: false,
      message: 'Nothing runs here: it is a mark in the picture. Set it on a node beside it.',
    });
  });

  test('waits for plain code to call its node, and stops at the first call', async () => {
    const inner = pipe(
      'inner',
      later,
      flow('deep', (x: number) => x),
    );
    const outer = flow('outer', async (x: number) => inner(await later(x)));
    const debug = createDebugger(outer);
    expect(debug.setBreakpoint('deep').verified).toBe(false);
    const told: boolean[] = [];
    debug.session.on('breakpoints', ({ breakpoints }) => told.push(breakpoints[0]!.verified));
    const run = debug.run(1);
    expect(said(await run.stopped())).toBe('outer/inner/deep breakpoint');
    expect(told.at(-1)).toBe(true);
    await debug.close();
  });

  test('keeps its place when plain code calls another node of that name', async () => {
    const other = flow('inc', async (x: number) => x);
    const outer = flow('outer', async (x: number) => other(x));
    const debug = createDebugger(pipe('p', outer, inc));
    debug.setBreakpoint('inc');
    expect(await walk(debug.run(1), 'continue')).toEqual(['p/inc breakpoint', 'end']);
    expect(debug.session.breakpoints).toMatchObject([{ node: 'p/inc', verified: true }]);
    await debug.close();
  });

  test('on what plain code calls synchronously says that it can’t stop', async () => {
    const outer = flow('outer', async (x: number) => inc(x));
    const debug = createDebugger(outer);
    debug.setBreakpoint('inc');
    await debug.run(1).result;
    expect(debug.session.breakpoints).toMatchObject([
      {
        node: 'outer/inc',
        verified: false,
        message: 'Plain code calls it synchronously, so it can be seen but not paused. Make it async to stop at it.',
      },
    ]);
    await debug.close();
  });

  test('hit by a branch pauses the run: what is in flight goes on, nothing new starts', async () => {
    const debug = createDebugger(map('m', pipe('each', later, inc), { concurrency: 2 }));
    debug.setBreakpoint('inc');
    const run = debug.run([1, 2, 3]);
    expect(said(await run.stopped())).toMatch(/^m\[[01]\]\/each\/inc breakpoint$/);
    await settled();
    const [debugged] = debug.session.runs;
    expect(debugged!.stops.map(said).toSorted()).toEqual(['m[0]/each/inc breakpoint', 'm[1]/each/inc breakpoint']);
    expect(run.run.metrics()).toMatchObject({ held: 2 });
    debug.removeBreakpoint('inc');
    expect(said(await run.continue())).toBe('end');
    expect(await run.result).toEqual([3, 5, 7]);
  });

  test('that one hits while others are released keeps those where they are', async () => {
    const step = flow('step', (x: number) => x);
    const debug = createDebugger(map('m', pipe('each', later, step), { concurrency: 2 }));
    const run = debug.run([1, 2], { paused: true });
    await run.stopped();
    await settled();
    debug.setBreakpoint('later');
    expect(said(await run.continue())).toBe('m[0]/each/later breakpoint');
    expect(debug.session.runs[0]!.stops.map(said)).toEqual(['m[0]/each/later breakpoint', 'm[1]/each suspended']);
    await debug.close();
  });
});

describe('editing', () => {
  test('an input at entry: the body gets it, in this and later attempts', async () => {
    const seen: number[] = [];
    const flaky = flow(
      'flaky',
      async (x: number) => {
        seen.push(x);
        if (seen.length < 3) throw new Error('no');
        return x;
      },
      { retry: { retries: 5, delay: 1 } },
    );
    const debug = createDebugger(pipe('p', flaky));
    debug.setBreakpoint('flaky');
    const run = debug.run(1);
    await run.stopped();
    expect(run.edit(7)).toMatchObject({ kind: 'edited' });
    debug.removeBreakpoint('flaky');
    await run.continue();
    expect(seen).toEqual([7, 7, 7]);
    expect(run.state.instances.get('p/flaky')).toMatchObject({ edited: true, input: { value: 7 } });
  });

  test('an output at exit: what depends on it gets it', async () => {
    const debug = createDebugger(pipe('p', later, inc));
    debug.setBreakpoint('later', 'exit');
    const run = debug.run(1);
    await run.stopped();
    expect(run.edit(100)).toMatchObject({ kind: 'edited' });
    await run.continue();
    expect(await run.result).toBe(101);
  });

  test('what its schema refuses changes nothing', async () => {
    const typed = flow('typed', (x: number) => x, { input: z.number(), output: z.number() });
    const debug = createDebugger(typed);
    debug.setBreakpoint('typed');
    debug.setBreakpoint('typed', 'exit');
    const run = debug.run(1);
    await run.stopped();
    expect(run.edit('text')).toMatchObject({ kind: 'refused', why: 'invalid' });
    expect(run.value('input')).toMatchObject({ json: '1' });
    await run.continue();
    expect(run.edit('text')).toMatchObject({ kind: 'refused', why: 'invalid' });
    expect(await run.continue()).toBeUndefined();
    expect(await run.result).toBe(1);
  });

  test('a schema that throws refuses as well', async () => {
    let broken = false;
    const schema: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => {
          if (broken) throw new TypeError('broken schema');
          return { value };
        },
      },
    };
    const debug = createDebugger(flow('typed', (x: number) => x, { input: schema }));
    debug.setBreakpoint('typed');
    const run = debug.run(1);
    await run.stopped();
    broken = true;
    expect(run.edit(2)).toEqual({ kind: 'refused', why: 'invalid', reason: 'broken schema' });
    await debug.close();
  });

  test('one based on an older revision is refused as stale', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints([{ node: 'p/later' }]);
    const run = await stopped(session, 1);
    const before = run.value('p/later', 'input');
    const revision = before.kind === 'value' ? before.revision : -1;
    expect(run.edit('p/later', 'entry', 5, revision)).toMatchObject({ kind: 'edited' });
    expect(run.edit('p/later', 'entry', 6, revision)).toMatchObject({ kind: 'refused', why: 'stale' });
    expect(run.edit('p/later', 'entry', 7)).toMatchObject({ kind: 'edited' });
    run.continue();
    expect(await run.run.result).toBe(14);
    await session.close();
  });

  test('what is not held, or held elsewhere, is refused', async () => {
    const session = openDebugSession(nested);
    session.setBreakpoints([{ node: 'p/later' }]);
    const run = await stopped(session, 1);
    for (const [path, phase] of [
      ['p/inc', 'entry'],
      ['p/later', 'exit'],
      ['nowhere', 'entry'],
    ] as const) {
      expect(run.edit(path, phase, 1)).toMatchObject({ kind: 'refused', why: 'not-held' });
    }
    await session.close();
    expect(run.edit('p/later', 'entry', 1)).toMatchObject({ kind: 'refused', why: 'not-held' });
  });

  test('several arguments are a list of as many', async () => {
    const add = flow('add', (a: number, b: number) => a + b);
    const debug = createDebugger(add);
    debug.setBreakpoint('add');
    const run = debug.run([1, 2]);
    await run.stopped();
    expect(run.value('input')).toMatchObject({ json: '[1,2]' });
    expect(run.edit(5)).toMatchObject({ kind: 'refused', why: 'invalid' });
    expect(run.edit([1, 2, 3])).toMatchObject({ kind: 'refused', why: 'invalid' });
    expect(run.edit([10, 20])).toMatchObject({ kind: 'edited' });
    await run.continue();
    expect(await run.result).toBe(30);
  });

  test('the output of what has failed can’t be replaced', async () => {
    const error = new Error('no');
    const failing = flow('failing', async () => Promise.reject(error));
    const debug = createDebugger(failing);
    debug.setBreakpoint('failing', 'exit');
    const run = debug.run(undefined);
    await run.stopped();
    expect(run.edit(1)).toMatchObject({ kind: 'refused', why: 'invalid' });
    await run.continue();
    expect(await rejection(run.result)).toBe(error);
  });
});

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
