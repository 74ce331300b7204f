import { context, flow, isHolonError, map, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { collected, hang, lines, rejection, simulatedEngine } from './test/setting.ts';

const finals = ['node.succeeded', 'node.failed', 'node.canceled'] as const;

describe('plain code that calls flows', () => {
  test('a synchronous one returns at once and is observed, though the run has but one place', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    const inc = flow('inc', (x: number) => x + 1);
    const parent = flow('parent', async () => {
      const value: number = inc(1);
      return inc(value);
    });
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe(3);
    expect(lines(events, 'node.opened', 'node.queued', 'node.succeeded')).toEqual([
      'node.opened parent',
      'node.opened parent/inc',
      'node.succeeded parent/inc',
      'node.opened parent/inc[2]',
      'node.succeeded parent/inc[2]',
      'node.succeeded parent',
    ]);
  });

  test('a synchronous one is neither retried nor timed', async () => {
    const { clock, engine } = simulatedEngine();
    let calls = 0;
    const failing = flow(
      'failing',
      () => {
        calls += 1;
        throw new Error('no');
      },
      { retry: 3 },
    );
    const parent = flow('parent', async () => {
      try {
        failing();
      } catch (error) {
        return (error as Error).message;
      }
      return 'none';
    });
    expect(await clock.finish(engine.execute(parent, undefined))).toBe('no');
    expect(calls).toBe(1);
  });

  test('asynchronous ones are scheduled: a body that waits for them has no place', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 2 });
    const leaf = flow('leaf', async (x: number) => clock.sleep(10).then(() => x));
    const parent = flow('parent', async () => Promise.all([1, 2, 3, 4].map((x) => leaf(x))));
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toEqual([1, 2, 3, 4]);
    expect(clock.elapsed()).toBe(20);
    expect(lines(events, 'node.queued')).toEqual(['node.queued parent/leaf[3]', 'node.queued parent/leaf[4]']);
  });

  test('paths count calls by name', async () => {
    const { clock, engine } = simulatedEngine();
    const search = flow('search', async (x: number) => x);
    const write = flow('write', async (x: number) => x);
    const parent = flow('parent', async () => {
      await search(1);
      await write(1);
      await search(2);
      await search(3);
    });
    const run = engine.start(parent, undefined);
    const events = collected(run);
    await clock.finish(run.result);
    expect(lines(events, 'node.opened').slice(1)).toEqual([
      'node.opened parent/search',
      'node.opened parent/write',
      'node.opened parent/search[2]',
      'node.opened parent/search[3]',
    ]);
  });

  test('a flow made anew at each call is one node, in every run', async () => {
    const { clock, engine } = simulatedEngine();
    const parent = flow('parent', async () => {
      for (let i = 0; i < 2; i++) await flow('inner', async () => i)();
    });
    for (let i = 0; i < 2; i++) {
      const run = engine.start(parent, undefined);
      const events = collected(run);
      await clock.finish(run.result);
      expect(lines(events, 'node.opened', 'node.discovered')).toEqual([
        'node.opened parent',
        'node.discovered',
        'node.opened parent/inner',
        'node.opened parent/inner[2]',
      ]);
    }
  });

  test('each is discovered once, with what had just ended before it', async () => {
    const { clock, engine } = simulatedEngine();
    const step = (name: string) => flow(name, async () => clock.sleep(1));
    const [a, b, c] = [step('a'), step('b'), step('c')];
    const sync = flow('sync', () => undefined);
    const parent = flow('parent', async () => {
      await Promise.all([a(), b()]);
      await c();
      sync();
      await a();
    });
    const run = engine.start(parent, undefined);
    const found: [string, readonly string[]][] = [];
    run.on((event) => event.type === 'node.discovered' && found.push([event.node.id, event.after]));
    await clock.finish(run.result);
    expect(found).toEqual([
      ['parent/a', []],
      ['parent/b', []],
      ['parent/c', ['parent/a', 'parent/b']],
      ['parent/sync', ['parent/c']],
    ]);
  });

  test('a composite is discovered with all that it is made of', async () => {
    const { clock, engine } = simulatedEngine();
    const x = flow('x', async (n: number) => n);
    const y = flow('y', (n: number) => n);
    const chain = pipe('chain', x, map('each', y) as never, y as never);
    const parent = flow('parent', async () => (chain as unknown as (n: number) => Promise<unknown>)([1] as never));
    const run = engine.start(parent, undefined);
    const found: [string, string | undefined, readonly string[]][] = [];
    run.on((event) => event.type === 'node.discovered' && found.push([event.node.id, event.node.parent, event.after]));
    await clock.finish(run.outcome);
    expect(found).toEqual([
      ['parent/chain', 'parent', []],
      ['parent/chain/x', 'parent/chain', []],
      ['parent/chain/each', 'parent/chain', ['parent/chain/x']],
      ['parent/chain/y', 'parent/chain', ['parent/chain/each']],
      ['parent/chain/each/y', 'parent/chain/each', []],
    ]);
  });

  test('a child that fails only rejects its promise', async () => {
    const { clock, engine } = simulatedEngine();
    const error = new Error('no');
    const failing = flow('failing', async () => Promise.reject(error));
    const sibling = flow('sibling', async () => clock.sleep(20).then(() => 'fine'));
    const parent = flow('parent', async () => {
      const other = sibling();
      const caught: unknown = await failing().catch((e: unknown) => e);
      return [caught === error, await other];
    });
    expect(await clock.finish(engine.execute(parent, undefined))).toEqual([true, 'fine']);
  });

  test('when the body throws, open children are aborted and awaited', async () => {
    const { clock, engine } = simulatedEngine();
    const slow = flow('slow', async () => {
      await clock.sleep(1_000, context().signal).catch(() => clock.sleep(30));
    });
    const error = new Error('no');
    const parent = flow('parent', async () => {
      void slow();
      await clock.sleep(10);
      throw error;
    });
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await rejection(clock.finish(run.result))).toBe(error);
    expect(clock.elapsed()).toBe(40);
    expect(lines(events, ...finals)).toEqual(['node.canceled parent/slow', 'node.failed parent']);
  });

  test('when the body returns, open children are awaited; what they fail with is nobody’s', async () => {
    const { clock, engine } = simulatedEngine();
    const failing = flow('failing', async () => clock.sleep(50).then(() => Promise.reject(new Error('no'))));
    const parent = flow('parent', async () => {
      void failing();
      return 'early';
    });
    const run = engine.start(parent, undefined);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe('early');
    expect(clock.elapsed()).toBe(50);
    expect(lines(events, ...finals)).toEqual(['node.failed parent/failing', 'node.succeeded parent']);
  });

  test('an asynchronous one always gives a promise, even where it is observed only', async () => {
    const { clock, engine } = simulatedEngine({
      answers: ({ id }) => (id.endsWith('leaf') ? { kind: 'value', value: 7, source: 'a mock' } : undefined),
    });
    const leaf = flow('leaf', async () => 1);
    const between = flow('between', () => leaf().then((x) => x + 1));
    const parent = flow('parent', async () => between());
    expect(await clock.finish(engine.execute(parent, undefined))).toBe(8);
  });

  test('calls after the body has ended are refused', async () => {
    const { clock, engine } = simulatedEngine();
    const leaf = flow('leaf', async () => 1);
    let late: Promise<unknown> | undefined;
    const parent = flow('parent', async () => {
      void clock.sleep(100).then(() => {
        late = leaf();
      });
    });
    const run = engine.start(parent, undefined);
    const events = collected(run);
    await clock.finish(run.result);
    await clock.advance(200);
    expect(isHolonError(await rejection(late!), 'canceled')).toBe(true);
    expect(lines(events).at(-1)).toBe('run.succeeded');
  });

  test('calls after its attempt was aborted are refused', async () => {
    const { clock, engine } = simulatedEngine();
    const leaf = flow('leaf', async () => 1);
    let refused: unknown;
    const parent = flow(
      'parent',
      async () => {
        await clock.sleep(50);
        refused = await rejection(leaf());
      },
      { timeout: 10 },
    );
    await rejection(clock.finish(engine.execute(parent, undefined)));
    await clock.advance(100);
    expect(isHolonError(refused, 'canceled')).toBe(true);
  });

  test('a body that goes on without its child gets by with a place of its own', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 1 });
    const parent = flow('parent', async () => {
      const first = await Promise.race([hang(1), clock.sleep(10).then(() => 'timer')]);
      throw new Error(String(first));
    });
    expect(await rejection(clock.finish(engine.execute(parent, undefined)))).toMatchObject({ message: 'timer' });
  });
});
