import {
  type AnyFlow,
  flow,
  isHolonError,
  map,
  memoize,
  parallel,
  pipe,
  withConcurrencyKey,
  withPriority,
} from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { coreOf } from '../engine.ts';
import type { Engine, Run } from '../index.ts';
import { collected, lines, rejection, simulatedEngine } from '../test/setting.ts';

/** What waits in a run, as `path kind reason`, but for those who wait for what they have called. */
function waits(run: Run<unknown>): string[] {
  return run
    .waiting()
    .filter(({ kind }) => kind !== 'dependency')
    .map(({ path, kind, reason }) => `${path} ${kind}: ${reason}`);
}

function expectEmpty(engine: Engine): void {
  const { slots } = coreOf(engine);
  expect([slots.inUse, slots.held, [...slots.waiting()]]).toEqual([0, 0, []]);
}

describe('a concurrency key', () => {
  test('is shared by all flows that name it, in all runs; who waits says for what', async () => {
    const { engine, clock } = simulatedEngine();
    const concurrencyKey = { key: 'db', limit: 1 };
    const read = flow('read', () => clock.sleep(10), { concurrencyKey });
    const write = flow('write', () => clock.sleep(10), { concurrencyKey });
    const runs = [engine.start(read), engine.start(write)];
    await clock.advance(5);
    expect(waits(runs[1]!)).toEqual(['write key: waiting for key "db": 1 has it, of 1 at once']);
    expect(runs[1]!.waiting()[0]).toMatchObject({ key: 'key "db"', limit: 1, since: 0 });
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(clock.now()).toBe(20);
    expectEmpty(engine);
  });

  test('may be worked out from the input', async () => {
    const { engine, clock } = simulatedEngine();
    const sync = flow('sync', async (_customer: string) => clock.sleep(10), {
      concurrencyKey: { key: (customer) => customer, limit: 1 },
    });
    await clock.finish(engine.execute(map(sync), ['a', 'b', 'a', 'c']));
    expect(clock.now()).toBe(20);
    expectEmpty(engine);
  });

  test('a composite holds one from its beginning to its end, and takes no place for it', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const log: string[] = [];
    const step = (name: string) =>
      flow(name, async (customer: string) => {
        log.push(`${name} ${customer}`);
        await clock.sleep(1);
        return customer;
      });
    const sync = pipe('sync', step('read'), step('write')).with({
      concurrencyKey: { key: 'account', limit: 1 },
    });
    await clock.finish(Promise.all([engine.execute(sync, 'a'), engine.execute(sync, 'b')]));
    expect(log).toEqual(['read a', 'write a', 'read b', 'write b']);
    expectEmpty(engine);
  });

  test('what is within a holder does not wait for it', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const concurrencyKey = { key: 'k', limit: 1 };
    const inner = flow('inner', async (x: number) => x + 1, { concurrencyKey });
    const code = flow('code', async (x: number) => (await inner(x)) + (await inner(x)), { concurrencyKey });
    const run = engine.start(pipe('all', code).with({ concurrencyKey }), 1);
    const events = collected(run);
    expect(await clock.finish(run.result)).toBe(4);
    expect(lines(events, 'node.queued')).toEqual([]);
    expectEmpty(engine);
  });

  test('is free while a retry is waited for', async () => {
    const { engine, clock } = simulatedEngine();
    const flaky = flow(
      'flaky',
      async (ms: number) => {
        await clock.sleep(ms);
        throw new Error('no');
      },
      { concurrencyKey: { key: 'k', limit: 1 }, retry: { retries: 1, delay: 100, backoff: 'fixed' } },
    );
    const runs = [engine.start(flaky, 10), engine.start(flaky, 50)];
    await clock.advance(30);
    expect(waits(runs[0]!)).toEqual(['flaky retry: attempt 1 of 2 failed: next in 100 ms (fixed)']);
    expect(waits(runs[1]!)).toEqual([]);
    await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
    expectEmpty(engine);
  });

  test('with a lower limit of its own, one waits until as few have it, and nobody who came later goes before it', async () => {
    const { engine, clock } = simulatedEngine();
    const wide = flow('wide', async (ms: number) => clock.sleep(ms), { concurrencyKey: { key: 'k', limit: 3 } });
    const alone = flow('alone', async (ms: number) => clock.sleep(ms), { concurrencyKey: { key: 'k', limit: 1 } });
    const runs = [engine.start(wide, 10), engine.start(wide, 20), engine.start(alone, 5), engine.start(wide, 1)];
    await clock.advance(15);
    expect(waits(runs[2]!)).toEqual(['alone key: waiting for key "k": 1 has it, of 1 at once']);
    expect(waits(runs[3]!)).toEqual(['wide key: waiting for key "k": others came earlier']);
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(clock.now()).toBe(25);
  });

  test('its function failing is the attempt failing; what is no key is refused', async () => {
    const { engine } = simulatedEngine();
    const broken = flow('broken', (x: { readonly id?: string }) => x, {
      concurrencyKey: { key: ({ id }) => id!.toUpperCase(), limit: 1 },
    });
    expect(await rejection(engine.execute(broken, {}))).toBeInstanceOf(TypeError);
    const odd = flow('odd', (x: number) => x, { concurrencyKey: { key: (x) => x as never, limit: 1 } });
    const error = await rejection(engine.execute(pipe('all', odd), 7));
    expect(isHolonError(error, 'invalid-option') && error.message).toBe(
      '"all/odd": concurrencyKey: its key function gave 7, not a text of 1 to 1000 characters.',
    );
    expectEmpty(engine);
  });

  test('who is canceled while it waits, or while it holds one, lets the others go on', async () => {
    const { engine, clock } = simulatedEngine();
    const work = flow('work', async (ms: number) => clock.sleep(ms), { concurrencyKey: { key: 'k', limit: 1 } });
    const runs = [engine.start(work, 1_000), engine.start(work, 1_000), engine.start(work, 10)];
    await clock.advance(5);
    runs[1]!.cancel('not needed');
    await runs[1]!.outcome;
    runs[0]!.cancel('not needed either');
    await clock.finish(runs[2]!.result);
    expectEmpty(engine);
  });

  test('is held once for each run that has it, whatever is beneath', async () => {
    const { engine, clock } = simulatedEngine();
    const leaf = flow('leaf', async (x: number) => clock.sleep(10).then(() => x), {
      concurrencyKey: { key: 'k', limit: 2 },
    });
    const both = parallel('both', { left: leaf, right: leaf }).with({ concurrencyKey: { key: 'k', limit: 2 } });
    await clock.finish(Promise.all([engine.execute(both, 1), engine.execute(both, 1), engine.execute(leaf, 1)]));
    expect(clock.now()).toBe(20);
  });
});

describe('shared work', () => {
  test('is within what its starter holds, and counts itself once that has left', async () => {
    const { engine, clock } = simulatedEngine();
    const concurrencyKey = { key: 'k', limit: 1 };
    const load = flow('load', async (x: number) => clock.sleep(100).then(() => x), { concurrencyKey });
    const cached = memoize(load);
    const first = engine.start(pipe('holds', cached).with({ concurrencyKey }), 1);
    await clock.advance(10);
    const second = engine.start(pipe('waits', cached), 1);
    const third = engine.start(flow('third', () => clock.now(), { concurrencyKey }));
    await clock.advance(10);
    expect(waits(first)).toEqual(['holds/memoize shared-work: waiting for the call with this input']);
    first.cancel('left');
    await clock.advance(10);
    expect(waits(third)).toEqual(['third key: waiting for key "k": 1 has it, of 1 at once']);
    expect(await clock.finish(Promise.all([second.result, third.result]))).toEqual([1, 100]);
    expectEmpty(engine);
  });
});

describe('combinators', () => {
  test('withConcurrencyKey is one with the option, and a bulkhead around a composite', async () => {
    const { engine, clock } = simulatedEngine();
    const step = flow('step', async (x: number) => clock.sleep(10).then(() => x));
    const optional = flow('optional', async (x: number) => clock.sleep(10).then(() => x), {
      concurrencyKey: { key: 'k', limit: 1 },
    });
    const wrapped = withConcurrencyKey('wrapped', pipe(step, step), 'k', 1);
    const runs = [engine.start(wrapped, 1), engine.start(optional, 1)];
    await clock.advance(15);
    expect(waits(runs[1]!)).toEqual(['optional key: waiting for key "k": 1 has it, of 1 at once']);
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(clock.now()).toBe(30);
    expectEmpty(engine);
  });

  test('withPriority holds for all beneath, whatever the run was started with', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1, scheduler: 'priority' });
    const order: string[] = [];
    const work = (name: string) =>
      flow(name, async (x: number) => {
        order.push(name);
        await clock.sleep(1);
        return x;
      });
    const all = parallel('all', {
      first: work('first'),
      low: withPriority(pipe(work('low')), 'low'),
      normal: work('normal'),
      high: withPriority(map(work('high')), 'high') as never,
    });
    await clock.finish(engine.execute(all as AnyFlow, [1, 2]));
    expect(order).toEqual(['first', 'high', 'high', 'normal', 'low']);
  });
});

describe('those who wait for each other', () => {
  /** Holds one key, and beneath it asks for another. */
  const nested = (sleep: (ms: number) => Promise<void>, outer: string, inner: string): AnyFlow =>
    pipe(
      `${outer}-${inner}`,
      flow('first', async (x: number) => sleep(1).then(() => x)),
      flow('second', async (x: number) => sleep(10).then(() => x), { concurrencyKey: { key: inner, limit: 1 } }),
    ).with({ concurrencyKey: { key: outer, limit: 1 } });

  test('are let go on one after the other, and say so', async () => {
    const { engine, clock } = simulatedEngine();
    const runs = [
      engine.start(nested(clock.sleep, 'x', 'y'), 1 as never),
      engine.start(nested(clock.sleep, 'y', 'x'), 1 as never),
    ];
    const events = collected(runs[0]!);
    await clock.advance(500);
    expect(runs.map(waits)).toEqual([
      ['x-y/second key: waiting for key "y": 1 has it, of 1 at once'],
      ['y-x/second key: waiting for key "x": 1 has it, of 1 at once'],
    ]);
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(clock.now()).toBe(1_021);
    expect(events.flatMap((event) => (event.type === 'node.queued' ? [event.reason] : []))).toEqual([
      'waiting for key "y": 1 has it, of 1 at once',
      'goes beyond the limit of key "y": all that have it wait for what is held by those who called this one',
    ]);
    expectEmpty(engine);
  });

  test('are not taken for that while something beneath a holder runs or sleeps', async () => {
    const { engine, clock } = simulatedEngine();
    const slow = flow('slow', async (x: number) => clock.sleep(60_000).then(() => x), {
      concurrencyKey: { key: 'y', limit: 1 },
    });
    const runs = [engine.start(slow, 1), engine.start(nested(clock.sleep, 'x', 'y'), 1 as never)];
    await clock.advance(59_000);
    expect(waits(runs[1]!)).toEqual(['x-y/second key: waiting for key "y": 1 has it, of 1 at once']);
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expect(clock.now()).toBe(60_010);
  });

  test('nothing looks for them once nothing happens any more', async () => {
    const { engine, clock } = simulatedEngine();
    const never = flow('never', () => new Promise<never>(() => undefined), { concurrencyKey: { key: 'y', limit: 1 } });
    engine.start(never);
    const run = engine.start(nested(clock.sleep, 'x', 'y'), 1 as never);
    await clock.advance(10_000);
    expect(isHolonError(await rejection(clock.finish(run.result)), 'internal')).toBe(true);
  });
});

describe('the limit of a flow', () => {
  test('counts it with its copies, over all runs', async () => {
    const { engine, clock } = simulatedEngine();
    const work = flow('work', async (x: number) => clock.sleep(10).then(() => x), { maxConcurrency: 2 });
    const runs = [work, work.with({ name: 'copy' }), work].map((one) => engine.start(one, 1));
    await clock.advance(5);
    expect(waits(runs[2]!)).toEqual(['work flow-limit: waiting for the limit of "work": 2 have it, of 2 at once']);
    await clock.finish(Promise.all(runs.map(({ result }) => result)));
    expectEmpty(engine);
  });

  test('recursion does not count again', async () => {
    const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
    const fib = flow(
      'fib',
      async (n: number): Promise<number> => (n < 2 ? n : (await fib(n - 1)) + (await fib(n - 2))),
      {
        maxConcurrency: 1,
      },
    );
    expect(await clock.finish(engine.execute(fib, 8))).toBe(21);
    expectEmpty(engine);
  });
});

describe('a rate', () => {
  test('holds back beginnings, attempts counted one by one, and tells until when', async () => {
    const { engine, clock } = simulatedEngine();
    const at: number[] = [];
    const call = flow(
      'call',
      async () => {
        at.push(clock.now());
        throw new Error('busy');
      },
      { rate: { limit: 2, interval: '1s' }, retry: { retries: 1, delay: 0 } },
    );
    const runs = [engine.start(call), engine.start(call)];
    await clock.advance(500);
    expect(runs[1]!.waiting()).toEqual([
      {
        path: 'call',
        kind: 'rate',
        key: 'rate of "call"',
        limit: 2,
        reason: 'waiting for the rate of "call": 2 have begun within 1000 ms',
        since: 0,
        until: 1_000,
      },
    ]);
    await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
    expect(at).toEqual([0, 0, 1_000, 1_000]);
    expectEmpty(engine);
  });

  test('of one key counts all who name it with the same numbers', async () => {
    const { engine, clock } = simulatedEngine();
    const rate = { limit: 1, interval: 100, key: 'bank' };
    const [a, b] = ['a', 'b'].map((name) => flow(name, () => clock.now(), { rate }));
    const other = flow('other', () => clock.now(), { rate: { ...rate, limit: 2 } });
    const ends = [a!, b!, other].map((one) => engine.execute(one));
    expect(await clock.finish(Promise.all(ends))).toEqual([0, 100, 0]);
  });

  test('as the engine’s policy holds for each value of a label', async () => {
    const { engine, clock } = simulatedEngine({
      scheduler: { policy: 'rate', limit: 1, interval: 100, label: 'tenant' },
    });
    const now = flow('now', () => clock.now());
    const ends = ['x', 'y', 'x'].map((tenant) => engine.execute(now, undefined, { labels: { tenant } }));
    expect(await clock.finish(Promise.all(ends))).toEqual([0, 0, 100]);
  });
});
