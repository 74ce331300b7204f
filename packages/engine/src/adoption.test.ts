import { type Flow, context, flow, isHolonError, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { coreOf } from './engine.ts';
import { collected, lines, rejection, settled, simulatedEngine } from './test/setting.ts';

const finals = ['node.succeeded', 'node.failed', 'node.canceled'] as const;

describe('a plain function that gives a promise, called from plain code', () => {
  test('may go unawaited: its caller is awaited as long as it is', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    const plain = flow('plain', (ms: number) => clock.sleep(ms).then(() => Promise.reject(new Error('no'))));
    const parent = flow('parent', async () => {
      void plain(10);
      void plain(20);
      return 'early';
    });
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe('early');
    expect(clock.elapsed()).toBe(20);
    expect(lines(events, ...finals)).toEqual([
      'node.failed parent/plain',
      'node.failed parent/plain[2]',
      'node.succeeded parent',
    ]);
  });

  test('is retried as its policy says', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    const seen: number[] = [];
    const tool = flow(
      'tool',
      (x: number) =>
        clock.sleep(5).then(() => {
          seen.push(context().attempt);
          if (seen.length < 3) throw new Error('busy');
          return x * 2;
        }),
      { retry: { retries: 3, delay: 10 } },
    );
    const parent = flow('parent', async () => tool(4));
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe(8);
    expect(seen).toEqual([1, 2, 3]);
    expect(clock.elapsed()).toBe(5 + 10 + 5 + 20 + 5);
    expect(lines(events, 'node.opened', 'node.started', 'node.retrying', 'node.succeeded')).toEqual([
      'node.opened parent',
      'node.started parent',
      'node.opened parent/tool',
      'node.started parent/tool',
      'node.retrying parent/tool',
      'node.started parent/tool',
      'node.retrying parent/tool',
      'node.started parent/tool',
      'node.succeeded parent/tool',
      'node.succeeded parent',
    ]);
  });

  test('times out, is aborted, and what it gives afterwards is dropped', async () => {
    const { clock, engine } = simulatedEngine();
    let aborted = false;
    const tool = flow(
      'tool',
      () => {
        const { signal } = context();
        return clock.sleep(500).then(() => {
          aborted = signal.aborted;
        });
      },
      { timeout: 100 },
    );
    const parent = flow('parent', async () => tool());
    const run = engine.start(parent, undefined);
    const error = await rejection(clock.finish(run.result));
    expect(isHolonError(error, 'timeout')).toBe(true);
    expect(error).toMatchObject({ path: 'parent/tool' });
    expect(aborted).toBe(true);
  });

  test('is canceled with the run', async () => {
    const { clock, engine } = simulatedEngine();
    const tool = flow('tool', () => clock.sleep(1_000, context().signal));
    const parent = flow('parent', async () => tool());
    const run = engine.start(parent, undefined);
    const events = collected(run);
    await settled();
    run.cancel('enough');
    expect(await clock.finish(run.outcome)).toMatchObject({ status: 'canceled', reason: 'enough' });
    expect(clock.elapsed()).toBe(0);
    expect(lines(events, ...finals)).toEqual(['node.canceled parent/tool', 'node.canceled parent']);
  });

  test('takes the place of its caller, and gives it back', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    const { slots } = coreOf(engine);
    const inUse: number[] = [];
    const tool = flow('tool', (ms: number) => {
      const done = clock.sleep(ms).then(() => void inUse.push(slots.inUse));
      return done;
    });
    const parent = flow('parent', async () => {
      await tool(10);
      inUse.push(slots.inUse);
      await tool(10);
    });
    const other = flow('other', async () => clock.sleep(1));
    const runs = [engine.start(parent, undefined), engine.start(other, undefined)];
    const events = collected(runs[1]!);
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(inUse).toEqual([1, 1, 1]);
    expect(lines(events, 'node.queued')).toEqual(['node.queued other']);
    expect(clock.elapsed()).toBe(21);
    expect(slots.inUse).toBe(0);
  });

  test('goes beyond the limit with its first attempt only', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    let running = 0;
    const most: number[] = [0, 0, 0];
    const tool = flow(
      'tool',
      () => {
        const { attempt } = context();
        running += 1;
        most[attempt] = Math.max(most[attempt]!, running);
        return clock.sleep(10).then(() => {
          running -= 1;
          if (attempt === 1) throw new Error('no');
        });
      },
      { retry: { retries: 1, delay: 10 } },
    );
    const parent = flow('parent', async () => Promise.all([tool(), tool(), tool()]));
    await clock.finish(engine.execute(parent, undefined));
    expect(most).toEqual([0, 3, 1]);
    expect(coreOf(engine).slots.inUse).toBe(0);
  });

  test('schedules the flows that it calls itself', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    let running = 0;
    let most = 0;
    const leaf = flow('leaf', async (x: number) => {
      most = Math.max(most, ++running);
      await clock.sleep(10);
      running -= 1;
      return x;
    });
    const between = flow('between', (x: number) => leaf(x).then((y) => y + 1));
    const parent = flow('parent', async () => Promise.all([between(1), between(2), between(3)]));
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toEqual([2, 3, 4]);
    expect(most).toBe(1);
    expect(lines(events, 'node.queued')).toEqual([
      'node.queued parent/between[2]/leaf',
      'node.queued parent/between[3]/leaf',
    ]);
  });
});

describe('a composite of plain functions, called from plain code', () => {
  type Call<T> = Flow<number, Promise<T>>;

  test('is adopted with the first of its children that gives a promise; the next are scheduled', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    let left = 2;
    const plus = (name: string) =>
      flow(
        name,
        (x: number) =>
          clock.sleep(10).then(() => {
            if (left-- > 0) throw new Error('busy');
            return x + 1;
          }),
        { retry: { retries: 2, delay: 10, backoff: 'fixed' } },
      );
    const all = pipe(
      'all',
      (x: number) => x,
      plus('first'),
      parallel({ a: plus('a'), b: plus('b') }),
    ) as unknown as Call<{ a: number; b: number }>;
    const run = engine.start(
      flow('parent', async () => all(1)),
      undefined,
    );
    const events = collected(run);
    expect(await clock.finish(run.result)).toEqual({ a: 3, b: 3 });
    expect(lines(events, 'node.retrying', 'node.queued')).toEqual([
      'node.retrying parent/all/first',
      'node.retrying parent/all/first',
      'node.queued parent/all/parallel/b',
    ]);
    expect(clock.elapsed()).toBe(10 + 10 + 10 + 10 + 10 + 10 + 10);
  });

  test('is timed and retried as a whole', async () => {
    const { clock, engine } = simulatedEngine();
    let calls = 0;
    const slow = flow('slow', (x: number) => clock.sleep(++calls === 1 ? 500 : 5).then(() => x));
    const all = pipe('all', slow).with({ timeout: 100, retry: { retries: 1, delay: 10 } }) as unknown as Call<number>;
    expect(
      await clock.finish(
        engine.execute(
          flow('parent', async () => all(7)),
          undefined,
        ),
      ),
    ).toBe(7);
    expect(calls).toBe(2);
  });

  test('that stays synchronous gives its value at once', async () => {
    const { clock, engine } = simulatedEngine();
    const all = pipe(
      (x: number) => x + 1,
      (x: number) => x * 2,
    );
    const parent = flow('parent', async () => {
      const value: number = all(1);
      return value;
    });
    expect(await clock.finish(engine.execute(parent, undefined))).toBe(4);
  });
});
