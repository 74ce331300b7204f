import { context, flow, isHolonError } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { rejection, settled, simulatedEngine } from './test/setting.ts';

function setting() {
  const { engine, clock } = simulatedEngine();
  let calls = 0;
  const charge = flow('charge', async (order: { readonly id: string; items?: string[] }) => {
    calls += 1;
    await clock.sleep(10);
    order.items?.push('changed in place');
    return { receipt: calls, key: context().idempotencyKey };
  });
  return { engine, clock, charge, calls: () => calls };
}

function conflict(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the same key', () => {
  test('gives the same run while it is alive, and its result afterwards', async () => {
    const { engine, clock, charge, calls } = setting();
    const options = { idempotencyKey: 'order-7' };
    const run = engine.start(charge, { id: '7' }, options);
    const again = engine.start(charge, { id: '7' }, options);
    expect(again.id).toBe(run.id);
    const executed = engine.execute(charge, { id: '7' }, options);
    const result = await clock.finish(run.result);
    expect(await executed).toBe(result);
    expect(await again.result).toBe(result);
    expect(await engine.execute(charge, { id: '7' }, options)).toBe(result);
    expect(calls()).toBe(1);
    expect(result).toEqual({ receipt: 1, key: 'order-7:charge' });
  });

  test('does not begin a run before whoever started it could listen', async () => {
    const { engine, charge } = setting();
    const run = engine.start(charge, { id: '7' }, { idempotencyKey: 'k' });
    void engine.execute(charge, { id: '7' }, { idempotencyKey: 'k' });
    const types: string[] = [];
    run.on(({ type }) => types.push(type));
    await settled();
    expect(types[0]).toBe('run.created');
  });

  test('is compared by structure, with the input as it was', async () => {
    const { engine, clock, charge, calls } = setting();
    const options = { idempotencyKey: 'order-8' };
    const first = await clock.finish(engine.execute(charge, { id: '8', items: ['tea'] }, options));
    expect(await engine.execute(charge, { items: ['tea'], id: '8' }, options)).toBe(first);
    expect(calls()).toBe(1);
  });

  test('a failure is given again, too', async () => {
    const { engine } = setting();
    let calls = 0;
    const failing = flow('failing', async () => {
      calls += 1;
      throw new Error('no');
    });
    const options = { idempotencyKey: 'k' };
    const first = await rejection(engine.execute(failing, undefined, options));
    expect(await rejection(engine.execute(failing, undefined, options))).toBe(first);
    expect(calls).toBe(1);
  });

  test('several arguments are compared as the list that they are', async () => {
    const { engine } = setting();
    const add = flow('add', (a: number, b: number) => a + b).with({ params: ['a', 'b'] });
    const options = { idempotencyKey: 'k' };
    const run = engine.start(add, [1, 2], options);
    expect(engine.start(add, { a: 1, b: 2 } as never, options).id).toBe(run.id);
    expect(conflict(() => engine.start(add, [2, 1], options))).toMatchObject({ code: 'idempotency-conflict' });
  });
});

describe('a key that stands for another call is refused', () => {
  test('with another input', () => {
    const { engine, charge } = setting();
    const run = engine.start(charge, { id: '7' }, { idempotencyKey: 'order-7' });
    const error = conflict(() => engine.execute(charge, { id: '9' }, { idempotencyKey: 'order-7' }));
    expect(isHolonError(error, 'idempotency-conflict')).toBe(true);
    expect(error).toMatchObject({
      message:
        'execute: idempotencyKey: "order-7" stands for a run of "charge" with another input. Give a key of its own to what is not the same call. Given: {"id":"9"}',
      details: { idempotencyKey: 'order-7', runId: run.id, differs: 'input' },
    });
  });

  test('with another flow, be it a copy', () => {
    const { engine, charge } = setting();
    engine.start(charge, { id: '7' }, { idempotencyKey: 'order-7' });
    const copy = charge.with({ timeout: 1 });
    expect(conflict(() => engine.start(copy, { id: '7' }, { idempotencyKey: 'order-7' }))).toMatchObject({
      details: { differs: 'flow' },
    });
  });

  test.each<[string, unknown, unknown]>([
    ['a function', { f: () => 1 }, { f: () => 1 }],
    ['a class instance', new (class A {})(), {}],
    ['a Map', new Map([[1, 2]]), new Map([[1, 3]])],
    ['undefined and nothing', { a: undefined }, {}],
  ])('%s', (_name, first, second) => {
    const { engine } = setting();
    const any = flow('any', (_x: unknown) => 1);
    engine.start(any, first as never, { idempotencyKey: 'k' });
    // A class is lost in the copy that is compared: what has the same fields is equal.
    const equal = _name === 'a class instance';
    expect(conflict(() => engine.start(any, second as never, { idempotencyKey: 'k' })) === undefined).toBe(equal);
  });

  test('what can not be copied is the same when it is', async () => {
    const { engine } = setting();
    const any = flow('any', (_x: unknown) => 1);
    const input = { f: () => 1 };
    const run = engine.start(any, input as never, { idempotencyKey: 'k' });
    expect(engine.start(any, { ...input } as never, { idempotencyKey: 'k' }).id).toBe(run.id);
  });
});

test('of ended runs the last 1,000 are known, of others all', async () => {
  const { engine } = setting();
  const quick = flow('quick', (x: number) => x);
  const paused = engine.start(quick, -1, { idempotencyKey: 'paused', paused: true });
  const start = (i: number) => engine.start(quick, i, { idempotencyKey: `k${i}` });
  const first = start(0);
  await first.outcome;
  const second = start(1);
  for (let i = 2; i <= 1_000; i++) start(i);
  await settled();
  expect(start(0).id).not.toBe(first.id);
  await settled();
  expect(start(2).status).toBe('succeeded');
  expect(start(1).id).not.toBe(second.id);
  expect(engine.start(quick, -1, { idempotencyKey: 'paused' }).id).toBe(paused.id);
});

test('a draining engine gives the run of a key that it has', async () => {
  const { engine, clock, charge } = setting();
  const options = { idempotencyKey: 'k' };
  const run = engine.start(charge, { id: '7' }, options);
  const draining = engine.drain();
  expect(engine.start(charge, { id: '7' }, options).id).toBe(run.id);
  expect(() => engine.start(charge, { id: '7' }, { idempotencyKey: 'other' })).toThrow('draining');
  await clock.finish(draining);
});
