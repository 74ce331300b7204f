import { type StandardSchema, flow, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inc, later, nested } from '../test/nested.ts';
import { rejection } from '../test/setting.ts';
import { stopped } from '../test/walk.ts';
import { createDebugger } from './debugger.ts';
import { openDebugSession } from './open-session.ts';

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
    const debug = createDebugger(flow('typed', (x: unknown) => x, { input: schema }));
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
    expect((await run.stopped())?.reason).toBe('breakpoint after its body, which failed: no');
    expect(run.edit(1)).toMatchObject({ kind: 'refused', why: 'invalid' });
    await run.continue();
    expect(await rejection(run.result)).toBe(error);
  });
});
