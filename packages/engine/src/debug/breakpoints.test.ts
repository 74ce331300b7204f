import { branch, flow, map, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { inc, later, nested } from '../test/nested.ts';
import { settled } from '../test/setting.ts';
import { said, stopped, walk } from '../test/walk.ts';
import { createDebugger } from './debugger.ts';
import { openDebugSession } from './open-session.ts';

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

  test('after what plain code calls synchronously stops if that gives a promise', async () => {
    const tool = flow('tool', (x: number) => settled().then(() => x));
    const debug = createDebugger(flow('parent', async (x: number) => tool(x)));
    debug.setBreakpoint('tool', 'exit');
    const run = debug.run(1);
    expect(said(await run.stopped())).toBe('parent/tool exit breakpoint');
    expect(debug.session.breakpoints).toEqual([
      {
        node: 'parent/tool',
        phase: 'exit',
        verified: true,
        message: 'Plain code calls it synchronously: it stops here only if it gives a promise.',
      },
    ]);
    run.edit(9);
    expect(await run.continue()).toBeUndefined();
    expect(await run.result).toBe(9);
  });

  test('in a composite that plain code calls synchronously stops once a promise was given before it', async () => {
    const tool = flow('tool', (x: number) => settled().then(() => x));
    const tools = pipe('tools', tool, inc);
    const debug = createDebugger(flow('parent', async (x: number) => tools(x)));
    debug.setBreakpoint('inc');
    const run = debug.run(1);
    expect(said(await run.stopped())).toBe('parent/tools/inc breakpoint');
    expect(debug.session.breakpoints[0]!.message).toContain('only once something in there has given a promise');
    await debug.close();
  });

  test('on a name that nothing can come to have does not promise to stop', () => {
    const [placed] = openDebugSession(pipe('p', inc)).setBreakpoints([{ node: 'unlike-it' }]);
    expect(placed!.message).toBe('No node is called "unlike-it". Known: "p", "inc".');
  });

  test('are removed however they were named, of one phase or of both', () => {
    const debug = createDebugger(nested);
    debug.setBreakpoint('last');
    debug.setBreakpoint('last', 'exit');
    debug.setBreakpoint('nowhere');
    debug.setBreakpoint('p/q/last');
    const set = () => debug.session.breakpoints.map(({ node, phase }) => `${node} ${phase}`);
    expect(set()).toEqual(['p/q/last exit', 'nowhere entry', 'p/q/last entry']);
    expect(debug.removeBreakpoint('p/q/last', 'exit')).toBe(true);
    expect(debug.removeBreakpoint('p/q/last', 'exit')).toBe(false);
    expect(debug.removeBreakpoint('nowhere')).toBe(true);
    debug.setBreakpoint('last', 'exit');
    expect(debug.removeBreakpoint('last')).toBe(true);
    expect(set()).toEqual([]);
  });

  test('of no known phase are refused', () => {
    const debug = createDebugger(nested);
    expect(() => debug.setBreakpoint('last', 'exitt' as never)).toThrow(
      'breakpoint: phase: "exitt" is not known. Did you mean "exit"?',
    );
    expect(() => debug.removeBreakpoint('last', 'exitt' as never)).toThrow('is not known');
    expect(debug.session.breakpoints).toEqual([]);
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
    expect(said(await run.continue())).toMatch(/^m\[[01]\]\/each\/inc breakpoint$/);
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
