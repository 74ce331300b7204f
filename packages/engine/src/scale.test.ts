import { type AnyFlow, type Graph, branch, flow, graph, loop, map, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { createEngine } from './index.ts';
import { rejection, settled } from './test/setting.ts';

const LENGTH = 100_000;
const DEPTH = 999;

type Body = (x: unknown) => unknown;
const sync = flow('sync', (x: unknown) => x);
const asynchronous = flow('asynchronous', async (x: unknown) => x);

const around: Readonly<Record<string, (inner: Body) => Body>> = {
  pipe: (inner) => pipe('pipe', [inner]),
  loop: (inner) => loop('loop', inner as (x: unknown) => Promise<unknown>, { max: 1, onMax: 'return' }),
  branch: (inner) => branch('branch', (_x: unknown) => 'it', { it: inner }),
  map: (inner) =>
    pipe(
      'p',
      (x: unknown) => [x],
      map(inner),
      (xs) => xs[0],
    ),
  parallel: (inner) => pipe('p', parallel([inner]), (xs) => xs[0]),
  graph: (inner) => graph('graph', (g: Graph<unknown>) => g.add(inner, g.input)) as Body,
};

/** `inner` in composites as deep as they may be nested. */
function nested(kind: string, inner: Body): AnyFlow {
  let body = inner;
  const levels = kind === 'map' || kind === 'parallel' ? Math.floor(DEPTH / 2) : DEPTH;
  for (let i = 0; i < levels; i++) body = around[kind]!(body);
  return body as unknown as AnyFlow;
}

describe('long', () => {
  test.each([
    ['synchronous', sync],
    ['asynchronous', asynchronous],
  ])('a chain of 100,000 %s bodies', async (_name, body) => {
    const chain = pipe(Array.from({ length: LENGTH }, () => body as (x: unknown) => unknown));
    expect(await createEngine().execute(chain, 7)).toBe(7);
  });

  test.each([
    ['synchronous', sync],
    ['asynchronous', asynchronous],
  ])('a fan-out of 100,000 %s bodies, most of them queued', async (_name, body) => {
    const fan = map(body, { concurrency: LENGTH });
    const results = (await createEngine({ maxConcurrency: 2 }).execute(
      fan,
      Array.from({ length: LENGTH }, (_, i) => i),
    )) as number[];
    expect(results.length).toBe(LENGTH);
    expect(results.at(-1)).toBe(LENGTH - 1);
  });

  test('a fan-out of 100,000, canceled', async () => {
    const fan = map(
      flow('stuck', () => new Promise(() => undefined)),
      { concurrency: LENGTH },
    );
    const run = createEngine({ gracePeriod: 1 }).start(fan, Array.from({ length: LENGTH }));
    await settled();
    run.cancel();
    expect((await run.outcome).status).toBe('canceled');
    expect(run.metrics()).toMatchObject({ canceled: LENGTH + 1, running: 0, queued: 0 });
  });
});

describe.each(Object.keys(around))('%s nested as deep as it may be', (kind) => {
  test.each([
    ['synchronous', sync],
    ['asynchronous', asynchronous],
  ])('around a body that is %s', async (_name, body) => {
    expect(await createEngine({ maxConcurrency: 1 }).execute(nested(kind, body), 7)).toBe(7);
  });

  test('around one that fails', async () => {
    const error = new Error('no');
    const failing = flow('failing', async (_x: unknown) => Promise.reject(error));
    const run = createEngine().start(nested(kind, failing), 7);
    expect(await rejection(run.result)).toBe(error);
    expect(await run.outcome).toMatchObject({
      status: 'failed',
      path: expect.stringMatching(/\/(?:failing|it)$/) as string,
    });
  });

  test('around one that is canceled', async () => {
    const run = createEngine({ gracePeriod: 1 }).start(
      nested(
        kind,
        flow('stuck', (_x: unknown) => new Promise(() => undefined)),
      ),
      7,
    );
    await settled();
    await settled();
    run.cancel();
    expect((await run.outcome).status).toBe('canceled');
  });
});

describe('plain code that calls itself', () => {
  test('10,000 deep, awaited, with one place on the executor', async () => {
    const down: (x: number) => Promise<number> = flow('down', async (x: number): Promise<number> =>
      x === 0 ? 0 : 1 + (await down(x - 1)),
    );
    expect(await createEngine({ maxConcurrency: 1 }).execute(down as unknown as AnyFlow, 10_000)).toBe(10_000);
  });

  test('10,000 deep, nobody awaiting', async () => {
    let deepest = -1;
    const down: (x: number) => Promise<void> = flow('down', async (x: number): Promise<void> => {
      if (x > 0) void down(x - 1);
      else deepest = x;
    });
    await createEngine({ maxConcurrency: 1 }).execute(down as unknown as AnyFlow, 10_000);
    expect(deepest).toBe(0);
  });

  test('synchronously and endlessly, fails as it would without an engine', async () => {
    const down: (x: number) => number = flow('down', (x: number): number => down(x + 1));
    const error = await rejection(createEngine().execute(down as unknown as AnyFlow, 0));
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toContain('plain code calls "down" synchronously, too deep within itself');
  });
});
