import {
  type AnyFlow,
  type Graph,
  branch,
  combinator,
  flow,
  graph,
  loop,
  map,
  parallel,
  pipe,
  slot,
} from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { said, walk } from '../test/walk.ts';
import { createDebugger } from './debugger.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const inc = flow('inc', (x: number) => x + 1);
const later = flow('later', async (x: number) => {
  await turn();
  return x + 1;
});

/** A run of `body` that stands at its first node. */
function paused(body: AnyFlow, input: unknown = 1) {
  return createDebugger(body).run(input as never, { paused: true });
}

describe('stepping', () => {
  const nested = pipe('p', inc, pipe('q', later, inc), later);

  test('over goes to the next node of this level, then out of it', async () => {
    expect(await walk(paused(nested), 'stepOver', 'stepOver', 'stepOver')).toEqual([
      'p/inc start',
      'p/q step',
      'p/later step',
      'end',
    ]);
  });

  test('into goes to the first child, else to the next', async () => {
    expect(await walk(paused(nested), 'stepInto', 'stepInto', 'stepInto', 'stepInto', 'stepInto')).toEqual([
      'p/inc start',
      'p/q step',
      'p/q/later step',
      'p/q/inc step',
      'p/later step',
      'end',
    ]);
  });

  test('out goes to the next node further out', async () => {
    expect(await walk(paused(nested), 'stepOver', 'stepInto', 'stepOut', 'stepOut')).toEqual([
      'p/inc start',
      'p/q step',
      'p/q/later step',
      'p/later step',
      'end',
    ]);
  });

  test('over the iterations of a loop', async () => {
    const body = loop('l', later, { while: (x) => x < 3 });
    expect(await walk(paused(pipe('p', body, inc)), 'stepInto', 'stepOver', 'stepOver', 'stepOver')).toEqual([
      'p/l start',
      'p/l[0]/later step',
      'p/l[1]/later step',
      'p/inc step',
      'end',
    ]);
  });

  test('over a branch, and into its case', async () => {
    const body = pipe(
      'p',
      branch('b', (_x: number) => 'yes', { yes: later, no: inc }),
      inc,
    );
    expect(await walk(paused(body), 'stepOver', 'stepOver')).toEqual(['p/b start', 'p/inc step', 'end']);
    expect(await walk(paused(body), 'stepInto', 'stepOver', 'stepOver')).toEqual([
      'p/b start',
      'p/b/yes step',
      'p/inc step',
      'end',
    ]);
  });

  test('moves one lane of a fan-out only; the others stay where they are', async () => {
    const body = map('m', pipe('each', later, inc), { concurrency: 2 });
    const run = paused(body, [1, 2, 3]);
    expect(await walk(run, 'stepInto', 'stepOver', 'stepOver')).toEqual([
      'm[0]/each start',
      'm[0]/each/later step',
      'm[0]/each/inc step',
      'm[2]/each step',
    ]);
    expect(run.state.instances.get('m[1]/each')?.status).toBe('held');
    expect(said(await run.continue())).toBe('end');
    expect(await run.result).toEqual([3, 4, 5]);
  });

  test('that comes to need one that is held ends there, and says so', async () => {
    const body = pipe('p', parallel('both', { a: later, b: later }), (x: unknown) => x);
    const run = paused(body);
    expect(await walk(run, 'stepInto')).toEqual(['p/both start', 'p/both/a step']);
    const stuck = await run.stepOver();
    expect(stuck).toMatchObject({
      path: 'p/both/b',
      why: 'step',
      reason: 'the step is waiting for p/both/b, which is held',
    });
    expect(said(await run.stepOver())).toBe('p/task step');
    expect(said(await run.continue())).toBe('end');
  });

  test('through a graph', async () => {
    const body = graph('g', (g: Graph<number>) => {
      const a = g.add(later, g.input);
      const b = g.add(
        flow('twice', (x: number) => x * 2),
        a,
      );
      return g.add(
        flow('sum', (x: number, y: number) => x + y),
        a,
        b,
      );
    });
    expect(await walk(paused(body), 'stepOver', 'stepOver', 'stepOver')).toEqual([
      'g/later start',
      'g/twice step',
      'g/sum step',
      'end',
    ]);
  });

  test('through plain code', async () => {
    const outer = flow('outer', async (x: number) => {
      const once = await later(x);
      const [a, b] = await Promise.all([later(once), later(once)]);
      return inc(a + b);
    });
    const run = paused(pipe('p', outer, inc));
    expect(await walk(run, 'stepInto', 'stepOver')).toEqual([
      'p/outer start',
      'p/outer/later step',
      'p/outer/later[2] step',
    ]);
    expect(said(await run.stepOver())).toBe('p/outer/later[3] step');
    expect(said(await run.stepOver())).toBe('p/inc step');
    expect(said(await run.continue())).toBe('end');
    expect(await run.result).toBe(8);
  });

  test('into plain code that calls a composite goes into that, too', async () => {
    const inner = pipe('inner', later, inc);
    const outer = flow('outer', async (x: number) => inner(x));
    expect(await walk(paused(outer), 'stepInto', 'stepInto', 'stepInto', 'stepInto')).toEqual([
      'outer start',
      'outer/inner step',
      'outer/inner/later step',
      'outer/inner/inc step',
      'end',
    ]);
  });

  test('over a node that is retried passes its further attempts', async () => {
    let left = 1;
    const flaky = flow(
      'flaky',
      async (x: number) => {
        if (left-- > 0) throw new Error('no');
        return x;
      },
      { retry: { retries: 1, delay: 1 } },
    );
    const run = paused(pipe('p', flaky, inc));
    expect(await walk(run, 'stepOver')).toEqual(['p/flaky start', 'p/inc step']);
  });

  test('through a combinator from outside', async () => {
    const body = slot(later, { many: true });
    const twice = combinator<AnyFlow>({
      kind: 'twice',
      picture: {
        slots: [body],
        marks: [],
        edges: [
          { from: 'in', to: body },
          { from: body, to: 'out' },
        ],
      },
      alwaysPromise: true,
      run: async (input, port) => {
        const once = await port.call(body, input, 0);
        await port.sleep(1);
        return port.call(body, once, 1);
      },
    });
    const run = paused(pipe('p', twice as (x: number) => Promise<number>, inc));
    expect(await walk(run, 'stepInto', 'stepOver', 'stepOver', 'stepOver')).toEqual([
      'p/twice start',
      'p/twice[0]/later step',
      'p/twice[1]/later step',
      'p/inc step',
      'end',
    ]);
  });

  test('past a breakpoint stops at the breakpoint', async () => {
    const debug = createDebugger(nested);
    debug.setBreakpoint('p/q/inc');
    expect(await walk(debug.run(1, { paused: true }), 'stepOver', 'stepOver', 'stepOver')).toEqual([
      'p/inc start',
      'p/q step',
      'p/q/inc breakpoint',
      'p/later step',
    ]);
    await debug.close();
  });

  test('given up by a pause: the next to arrive stops', async () => {
    const body = pipe('p', pipe('long', later, later, later), inc);
    const debug = createDebugger(body);
    const run = debug.run(1, { paused: true });
    await run.stopped();
    const [debugged] = debug.session.runs;
    debugged!.step('over', 'p/long');
    debugged!.pause();
    expect(said(await run.stopped())).toMatch(/^p\/long\/later(~\d)? pause$/);
    await debug.close();
  });

  test('is refused where nothing stands', async () => {
    const debug = createDebugger(nested);
    const run = debug.run(1, { paused: true });
    await run.stopped();
    expect(debug.session.runs[0]!.step('over', 'p/later')).toBe(false);
    await debug.close();
  });
});
