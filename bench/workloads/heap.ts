import assert from 'node:assert/strict';
import type { Gauge, Row } from '../row.ts';
import { type Body, syncStep } from '../step.ts';

const COUNT = 10_000;
const WARM_UP = 100_000;
const ITERATIONS = 1_000_000;

/** What is kept: by runs that wait, and by a loop as it goes round. */
export const rows: readonly Row[] = [
  {
    name: 'heap',
    title: 'heap per waiting run, of 10,000',
    unit: 'bytes',
    per: 'run',
    variants: {
      Holon: { open: () => held(holonSingle) },
      'Holon, inside a pipe': { open: () => held(holonPipe) },
      'async call': { open: () => held(async (body) => body) },
      Effect: { open: () => held(effect) },
      XState: { open: () => held(async (body) => (await import('../peers/xstate.ts')).single(body)) },
      LangGraph: {
        open: () => held(async (body) => (await import('../peers/langgraph.ts')).chain(1, body), 500),
        note: 'of 500',
      },
      Mastra: {
        open: () => held(async (body) => (await import('../peers/mastra.ts')).chain(1, body), 500),
        note: 'of 500',
      },
    },
    goals: [
      { of: 'Holon', atMost: 1_200 },
      { of: 'Holon, inside a pipe', atMost: 1_400 },
    ],
  },
  {
    name: 'heap-loop',
    title: 'heap kept by a loop over 1,000,000 iterations',
    unit: 'bytes',
    per: 'iteration',
    variants: {
      Holon: { open: async () => grown(holonLoop) },
      'await loop': { open: async () => grown(awaitLoop) },
    },
    goals: [{ of: 'Holon', atMost: 1 }],
  },
];

type Runner = (body: Body) => Promise<(x: number) => Promise<unknown>>;

/** Starts many runs of a body that waits, weighs them, and lets them end. The first time is not counted. */
async function held(runner: Runner, count = COUNT): Promise<Gauge> {
  let arrived = 0;
  let gate = Promise.withResolvers<void>();
  const run = await runner(async (x) => {
    arrived += 1;
    await gate.promise;
    return x + 1;
  });
  const measure = async (): Promise<number> => {
    gate = Promise.withResolvers();
    arrived = 0;
    const runs: Promise<unknown>[] = new Array<Promise<unknown>>(count).fill(gate.promise);
    const before = heap();
    for (let i = 0; i < count; i++) runs[i] = run(i);
    while (arrived < count) await new Promise(setImmediate);
    const after = heap();
    gate.resolve();
    const values = await Promise.all(runs);
    assert.ok(values.every((value, i) => value === i + 1));
    return (after - before) / count;
  };
  await measure();
  return { kind: 'gauge', measure };
}

/** Twice: what the first frees may be held by what it runs. */
function heap(): number {
  globalThis.gc!();
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
}

/** All of them wait inside their bodies, none for a slot. */
async function roomyEngine() {
  const { createEngine } = await import('@holon/engine');
  return createEngine({ maxConcurrency: COUNT });
}

async function holonSingle(body: Body) {
  const { flow } = await import('@holon/flow');
  const engine = await roomyEngine();
  const waiting = flow('wait', body);
  return (x: number) => engine.execute(waiting, x);
}

async function holonPipe(body: Body) {
  const { flow, pipe } = await import('@holon/flow');
  const engine = await roomyEngine();
  const waiting = pipe(flow('first', syncStep), flow('wait', body));
  return (x: number) => engine.execute(waiting, x - 1);
}

async function effect(body: Body) {
  const { Effect } = await import('effect');
  return (x: number) => Effect.runPromise(Effect.promise(() => body(x)));
}

/** Takes the heap inside the loop, after a while and much later. */
async function grown(loop: (body: Body, limit: number) => Promise<() => Promise<unknown>>): Promise<Gauge> {
  let early = 0;
  let late = 0;
  const limit = WARM_UP + ITERATIONS + 1;
  const run = await loop(async (x) => {
    if (x === WARM_UP) early = heap();
    if (x === WARM_UP + ITERATIONS) late = heap();
    return x + 1;
  }, limit);
  const measure = async (): Promise<number> => {
    assert.equal(await run(), limit);
    return (late - early) / ITERATIONS;
  };
  return { kind: 'gauge', measure };
}

async function holonLoop(body: Body, limit: number) {
  const { flow, loop } = await import('@holon/flow');
  const { engine } = await import('../holon.ts');
  const counting = loop('count', flow('step', body), { while: (x: number) => x < limit, max: limit });
  return () => engine.execute(counting, 0);
}

async function awaitLoop(body: Body, limit: number) {
  return async () => {
    let value = 0;
    while (value < limit) value = await body(value);
    return value;
  };
}
