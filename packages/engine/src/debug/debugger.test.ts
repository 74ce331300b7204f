import { flow, map, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { inc, later } from '../test/nested.ts';
import { settled } from '../test/setting.ts';
import { said } from '../test/walk.ts';
import { createDebugger } from './debugger.ts';

const both = parallel('both', {
  a: flow('a', async (x: number) => x),
  b: flow('b', async (x: number) => x),
});

/** A run of two branches that both stand at a breakpoint. */
async function bothStopped() {
  const debug = createDebugger(both);
  debug.setBreakpoint('a');
  debug.setBreakpoint('b');
  const run = debug.run(1);
  await settled();
  return { debug, run };
}

describe('of stops of parallel branches', () => {
  test('the one that was given is acted on, though another came later', async () => {
    const { run } = await bothStopped();
    expect(said(await run.stopped())).toBe('both/a breakpoint');
    await settled();
    expect(run.stops.map(said)).toEqual(['both/a breakpoint', 'both/b breakpoint']);
    expect(run.edit(1_000)).toMatchObject({ kind: 'edited' });
    expect(run.value('input')).toMatchObject({ json: '1000' });
    expect(run.value('input', 'both/b')).toMatchObject({ json: '1' });
    await run.continue();
    await run.continue();
    expect(await run.result).toEqual({ a: 1_000, b: 1 });
  });

  test('another can be acted on by its path', async () => {
    const { run } = await bothStopped();
    await run.stopped();
    expect(run.edit(7, 'both/b')).toMatchObject({ kind: 'edited' });
    expect(run.edit(8, 'both/c')).toEqual({
      kind: 'refused',
      why: 'not-held',
      reason: 'Nothing stands at both/c now.',
    });
    expect(() => run.stepOver('both/c')).toThrow('step: nothing stands at "both/c" now.');
    expect(await run.stepOver('both/b')).toMatchObject({ path: 'both/a', why: 'step' });
    expect(said(await run.continue())).toBe('end');
    expect(await run.result).toEqual({ a: 1, b: 7 });
  });

  test('continue gives each, in order, before anything goes on', async () => {
    const started: string[] = [];
    const debug = createDebugger(map('m', later, { concurrency: 3 }));
    debug.setBreakpoint('later');
    const run = debug.run([1, 2, 3, 4]);
    run.run.on((event) => event.type === 'node.started' && started.push(event.path));
    const seen: string[] = [];
    for (let stop = await run.stopped(); stop !== undefined; stop = await run.continue()) {
      seen.push(stop.path);
      if (seen.length === 3) expect(started).toEqual(['m']);
    }
    expect(seen).toEqual(['m[0]/later', 'm[1]/later', 'm[2]/later', 'm[3]/later']);
    expect(await run.result).toEqual([2, 4, 6, 8]);
  });

  test('a step waits for what comes next, not for what stands already', async () => {
    const twice = parallel('twice', { a: pipe(inc, later), b: pipe(inc, later) });
    const debug = createDebugger(twice);
    debug.setBreakpoint('twice/a/inc');
    debug.setBreakpoint('twice/b/inc');
    const run = debug.run(1);
    const first = await run.stopped();
    const next = await run.stepOver();
    expect([first?.branch, next?.branch, next?.why]).toEqual([1, 1, 'step']);
    expect((await run.continue())?.branch).toBe(2);
    await debug.close();
  });
});

test('once it stands nowhere there is nothing to act on', async () => {
  const debug = createDebugger(later);
  const run = debug.run(1);
  expect(run.edit(2)).toEqual({ kind: 'refused', why: 'not-held', reason: 'The run stands nowhere now.' });
  expect(run.value('input')).toEqual({ kind: 'not-kept', reason: 'The run stands nowhere now.' });
  expect(await run.stepOver()).toBeUndefined();
});

test('a canceled run has no stop to give', async () => {
  const { run } = await bothStopped();
  await run.stopped();
  run.run.cancel('enough');
  expect(await run.continue()).toBeUndefined();
  expect(await run.stopped()).toBeUndefined();
  expect(run.stops).toEqual([]);
});
