import { type Flow, type Graph, HolonError, combinator, context, flow, graph, isHolonError, loop, map, parallel, pipe, slot } from '@holon/flow';
import { expect, test } from 'vitest';
import { createDebugger, createEngine, emptyRunState, encodeRunState, fold } from './index.ts';
import type { RunEvent } from './index.ts';

const inc = flow('inc', (x: number) => x + 1);
const turn = () => new Promise((resolve) => setImmediate(resolve));
const double = flow('double', async (x: number) => {
  await turn();
  return x * 2;
});

test('runs a synchronous pipe', async () => {
  await expect(createEngine().execute(pipe(inc, inc), 1)).resolves.toBe(3);
});

test('runs every combinator as the direct call does', async () => {
  const engine = createEngine({ maxConcurrency: 2 });
  const all = pipe(
    'all',
    map('each', pipe('both', inc, double), { concurrency: 3 }),
    parallel({ first: (xs: number[]) => xs[0]!, count: async (xs: number[]) => xs.length }),
    graph('g', (g: Graph<{ first: number; count: number }>) => {
      const a = g.add(inc, g.input.map((i) => i.first));
      const b = g.add(double, g.input.map((i) => i.count));
      return g.add((x: number, y: number) => x + y, a, b);
    }),
    loop('grow', double, { while: (x) => x < 100 }),
  );
  const direct = await all([1, 2, 3, 4]);
  await expect(engine.execute(all, [1, 2, 3, 4])).resolves.toBe(direct);
});

test('retries, and counts attempts from 1', async () => {
  const seen: number[] = [];
  const flaky = flow('flaky', async () => {
    const { attempt } = context();
    await turn();
    seen.push(attempt, context().attempt);
    if (attempt < 3) throw new Error('no');
    return 'yes';
  }, { retry: { retries: 3, delay: 1 } });
  await expect(createEngine().execute(flaky, undefined)).resolves.toBe('yes');
  expect(seen).toEqual([1, 1, 2, 2, 3, 3]);
});

test('a timeout aborts the body and fails with timeout', async () => {
  const hang = flow('hang', () => new Promise((_, reject) => {
    const { signal } = context();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  }), { timeout: 5 });
  const error = await createEngine().execute(hang, undefined).catch((e: unknown) => e);
  expect(isHolonError(error, 'timeout')).toBe(true);
});

test('nested plain code at a limit of 1 does not deadlock', async () => {
  const leaf = flow('leaf', async (x: number) => { await turn(); return x; });
  const middle = flow('middle', async (x: number) => (await leaf(x)) + (await Promise.all([leaf(x), leaf(x), leaf(x)])).length);
  const outer = flow('outer', async (x: number) => (await Promise.all([middle(x), middle(x)])).reduce((a, b) => a + b, 0));
  await expect(createEngine({ maxConcurrency: 1 }).execute(outer, 1)).resolves.toBe(8);
});

test('cancel', async () => {
  const run = createEngine().start(flow('hang', () => new Promise((_, reject) => {
    const { signal } = context();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  })), undefined);
  await turn();
  run.cancel('enough');
  await expect(run.outcome).resolves.toEqual({ status: 'canceled', reason: 'enough' });
  await expect(run.result).rejects.toThrow(HolonError);
});

test('events, fold and snapshot agree', async () => {
  const events: RunEvent[] = [];
  const run = createEngine().start(map('m', double), [1, 2, 3]);
  run.on((event) => events.push(event));
  await run.result;
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  const state = emptyRunState();
  for (const event of events) fold(state, event);
  for await (const late of run.events()) {
    if (late.type === 'run.snapshot') expect(late.state).toEqual(encodeRunState(state));
  }
  expect(events.map((e) => `${e.type} ${'path' in e ? e.path : ''}`)).toMatchInlineSnapshot(`
    [
      "run.created ",
      "run.started ",
      "node.opened m",
      "node.started m",
      "node.opened m[0]/double",
      "node.started m[0]/double",
      "node.opened m[1]/double",
      "node.started m[1]/double",
      "node.opened m[2]/double",
      "node.started m[2]/double",
      "node.succeeded m[0]/double",
      "node.succeeded m[1]/double",
      "node.succeeded m[2]/double",
      "node.succeeded m",
      "run.succeeded ",
    ]
  `);
});

test('debugger', async () => {
  const double3 = flow('triple', (x: number) => x * 3);
  const debug = createDebugger(pipe('p', inc, pipe('q', double, double3), inc));
  expect(debug.setBreakpoint('double')).toMatchObject({ verified: true, node: 'p/q/double' });
  const run = debug.run(1);
  const stop = await run.stopped();
  expect(stop).toMatchObject({ path: 'p/q/double', why: 'breakpoint' });
  expect(run.value('input')).toMatchObject({ kind: 'value', json: '2' });
  expect(run.edit(10)).toMatchObject({ kind: 'edited' });
  expect(await run.stepOver()).toMatchObject({ path: 'p/q/triple', why: 'step' });
  expect(await run.stepOver()).toMatchObject({ path: 'p/inc~2', why: 'step' });
  expect(await run.continue()).toBeUndefined();
  await expect(run.result).resolves.toBe(61);
  const again = debug.run(1, { paused: true });
  expect(await again.stopped()).toMatchObject({ path: 'p/inc', why: 'start' });
  expect(await again.stepOver()).toMatchObject({ path: 'p/q' });
  expect(await again.stepInto()).toMatchObject({ path: 'p/q/double' });
  expect(await again.stepOut()).toMatchObject({ path: 'p/inc~2' });
  expect(await again.continue()).toBeUndefined();
  await debug.close();
});

test('a combinator from outside', async () => {
  const twice = (child: (x: number) => number | Promise<number>): Flow<number, Promise<number>> => {
    const body = slot(child, { many: true });
    return combinator({
      kind: 'twice',
      picture: { slots: [body], marks: [], edges: [{ from: 'in', to: body }, { from: body, to: 'out' }] },
      alwaysPromise: true,
      run: async (input, port) => {
        const once = await port.call(body, input, 0);
        await port.sleep(1);
        return port.call(body, once, 1);
      },
    });
  };
  const debug = createDebugger(pipe('p', twice(double), inc));
  const run = debug.run(1, { paused: true });
  expect(await run.stopped()).toMatchObject({ path: 'p/twice' });
  expect(await run.stepInto()).toMatchObject({ path: 'p/twice[0]/double' });
  expect(await run.stepOver()).toMatchObject({ path: 'p/twice[1]/double' });
  expect(await run.stepOver()).toMatchObject({ path: 'p/inc' });
  await run.continue();
  await expect(run.result).resolves.toBe(5);
});
