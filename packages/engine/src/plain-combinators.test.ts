/** The plain combinators as an engine runs them: on its time, with paths, decisions and cancellation. */
import {
  type AnyFlow,
  compose,
  constant,
  context,
  describe as pictureOf,
  fallback,
  filter,
  flow,
  identity,
  map,
  match,
  maybe,
  merge,
  pipe,
  race,
  reduce,
  repeat,
  result,
  retry,
  sleep,
  split,
  staticIdOf,
  tap,
  timeout,
  validate,
  when,
} from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunEvent } from './index.ts';
import { collected, hang, lines, rejection, simulatedEngine } from './test/setting.ts';

const inc = flow('inc', (x: number) => x + 1);
const double = flow('double', async (x: number) => x * 2);
const isEven = flow('isEven', (x: number) => x % 2 === 0);

/** `mark[index]: value`, one for each decision. */
function choices(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'choice.made'
      ? [`${event.mark}${event.index === undefined ? '' : `[${event.index}]`}: ${event.value}`]
      : [],
  );
}

/** Runs it to its end and gives what it came to, its events, and how long it took. */
async function ran(root: AnyFlow, input: unknown, options: { readonly maxConcurrency?: number } = {}) {
  const { clock, engine } = simulatedEngine(options);
  const run = engine.start(root, input as never);
  const events = collected(run);
  const began = clock.now();
  const outcome = await clock.finish(run.outcome);
  return { outcome, events, ms: clock.now() - began };
}

describe('retry', () => {
  const flaky = flow('flaky', async (x: number) => {
    if (context().iteration! < 2) throw new Error(`no ${context().iteration}`);
    return x;
  });

  test('waits on the engine’s time; each call has a path, each decision an index', async () => {
    const { outcome, events, ms } = await ran(retry('patient', flaky, { retries: 5, delay: 100 }), 7);
    expect(outcome).toMatchObject({ status: 'succeeded', value: 7 });
    expect(ms).toBe(300);
    expect(lines(events, 'node.opened')).toEqual([
      'node.opened patient',
      'node.opened patient[0]/flaky',
      'node.opened patient[1]/flaky',
      'node.opened patient[2]/flaky',
    ]);
    expect(choices(events)).toEqual(['patient/:again[0]: true', 'patient/:again[1]: true', 'patient/:again[2]: false']);
  });

  test('says what it waits for, and ends at once when it is canceled', async () => {
    const { clock, engine } = simulatedEngine();
    const run = engine.start(retry('patient', flaky, 3, '10s'), 7);
    await clock.advance(1_000);
    expect(run.waiting()).toMatchObject([
      { path: 'patient', reason: 'attempt 1 of 4 failed: next in 10000 ms (fixed)' },
    ]);
    run.cancel('enough');
    expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'enough' });
    expect(clock.now()).toBe(1_000);
  });
});

describe('timeout', () => {
  test('aborts the child on the engine’s time, and fails with where it was', async () => {
    const { outcome, events, ms } = await ran(timeout('short', hang, '5s'), 1);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'timeout', message: 'Timeout', path: 'short' },
    });
    expect(ms).toBe(5_000);
    expect(lines(events, 'node.canceled', 'node.failed')).toEqual(['node.canceled short/hang', 'node.failed short']);
  });

  test('leaves nothing behind when the child is in time', async () => {
    const { outcome, ms } = await ran(timeout('long', double, '1d'), 3);
    expect([outcome, ms]).toMatchObject([{ status: 'succeeded', value: 6 }, 0]);
  });

  test('is no reason to wait for a fallback', async () => {
    const { outcome, events, ms } = await ran(fallback('safe', timeout('short', hang, 50), constant(5)), 1);
    expect([outcome, ms]).toMatchObject([{ status: 'succeeded', value: 5 }, 50]);
    expect(choices(events)).toEqual(['safe/:failed: true']);
  });
});

describe('race', () => {
  const slow = pipe('slow', sleep<number>('2s'), inc);
  const fast = pipe('fast', sleep<number>('1s'), double);

  test('ends with the first, whose name is the decision; the others are canceled', async () => {
    const { outcome, events, ms } = await ran(race('first', { slow, fast, hang }), 5);
    expect([outcome, ms]).toMatchObject([{ status: 'succeeded', value: 10 }, 1_000]);
    expect(choices(events)).toEqual(['first/:first: fast']);
    expect(lines(events, 'node.canceled')).toEqual([
      'node.canceled first/slow/sleep',
      'node.canceled first/slow',
      'node.canceled first/hang',
    ]);
    expect(lines(events).slice(-2)).toEqual(['node.succeeded first', 'run.succeeded']);
  });

  test('also of those that wait for a place', async () => {
    const { outcome, events } = await ran(race('first', [double, hang, inc]), 5, { maxConcurrency: 1 });
    expect(outcome).toMatchObject({ status: 'succeeded', value: 10 });
    expect(lines(events, 'node.started')).not.toContain('node.started first/hang');
  });

  test('a failure that is first', async () => {
    const fails = pipe('fails', sleep<number>(10), () => Promise.reject<number>(new Error('boom')));
    const { outcome } = await ran(race('first', [slow, fails]), 5);
    expect(outcome).toMatchObject({ status: 'failed', error: { message: 'boom' } });
  });
});

test('a canceled run does not fall back, is not retried, and is no result', async () => {
  const ran: string[] = [];
  const backup = flow('backup', () => ran.push('backup'));
  for (const root of [
    fallback('f', hang, backup),
    retry('r', hang, 3, 0),
    pipe('p', (value: number) => ({ ok: true, value }) as const, result('t', hang), backup),
  ] as AnyFlow[]) {
    const { clock, engine } = simulatedEngine();
    const run = engine.start(root, 1 as never);
    const events = collected(run);
    await clock.advance(5);
    run.cancel('enough');
    expect(await clock.finish(run.outcome)).toEqual({ status: 'canceled', reason: 'enough' });
    expect(choices(events).filter((choice) => !choice.startsWith('p/t/:ok'))).toEqual([]);
  }
  expect(ran).toEqual([]);
});

test('sleep is what a run waits for', async () => {
  const { clock, engine } = simulatedEngine();
  const run = engine.start(sleep<number>('nap', '3s'), 7);
  await clock.advance(1_000);
  expect(run.waiting()).toMatchObject([{ path: 'nap', reason: 'sleeping for 3000 ms' }]);
  expect(await clock.finish(run.result)).toBe(7);
  expect(clock.now()).toBe(3_000);
});

test('every decision is announced', async () => {
  const value = flow('value', (x: number | null | undefined) => ({ ok: true, value: x ?? 0 }) as const);
  const decides = pipe(
    'decides',
    when('even', isEven, double),
    match('sized', [[(x: number) => x > 100, inc]], double),
    fallback('safe', inc, double),
    maybe('there', inc),
    value,
    result('tried', inc),
    constant([1, 2, 3]),
    filter('evens', isEven),
  );
  const { events, outcome } = await ran(decides, 4);
  expect(outcome).toMatchObject({ status: 'succeeded', value: [2] });
  expect(choices(events)).toEqual([
    'decides/even/:holds: true',
    'decides/sized/:which: otherwise',
    'decides/safe/:failed: false',
    'decides/there/:there: true',
    'decides/tried/:ok: true',
    'decides/evens/:keep[0]: false',
    'decides/evens/:keep[1]: true',
    'decides/evens/:keep[2]: false',
  ]);
});

describe('called or run', () => {
  const numbers = pipe(
    'numbers',
    validate('list', z.array(z.coerce.number())),
    filter('positive', async (x) => x > 0),
    map('bumped', when(isEven, inc, identity<number>())),
    tap((xs) => xs.length),
    split('ends', (xs): [number, number[]] => [xs[0]!, xs.slice(1)], [
      repeat('four more', inc, 4),
      reduce('sum', ([sum, x]: [number, number]) => sum + x, 0),
    ]),
    merge(([first, rest]) => first * 100 + rest),
    compose(
      'checked',
      inc,
      validate('small', (x: number) => x < 10_000, 'too large'),
    ),
    retry(maybe(double)),
  );

  test.each([[['1', '-2', 3, '4']], [[9_999, '1']], [[]], ['no list']])('%j comes to the same', async (given) => {
    const input = given as unknown[];
    const comesTo = async (work: () => Promise<unknown>): Promise<unknown> => {
      try {
        return await work();
      } catch (error) {
        return (error as Error).message;
      }
    };
    const { clock, engine } = simulatedEngine();
    const called = await comesTo(async () => numbers(input));
    expect(await clock.finish(comesTo(() => engine.execute(numbers, input)))).toEqual(called);
  });

  test('what runs was in the picture before', async () => {
    const declared = new Set(pictureOf(numbers).nodes.map(({ id }) => id));
    const { events } = await ran(numbers, ['1', '-2', 3, '4']);
    const opened = events.flatMap((event) => (event.type === 'node.opened' ? [staticIdOf(event.path)] : []));
    expect(opened.length).toBeGreaterThan(20);
    expect(opened.filter((id) => !declared.has(id))).toEqual([]);
    expect(events.filter(({ type }) => type === 'node.discovered')).toEqual([]);
  });
});

test('a timeout whose run is canceled is canceled, not late', async () => {
  const { clock, engine } = simulatedEngine();
  const run = engine.start(timeout('short', hang, '5s'), 1);
  await clock.advance(10);
  run.cancel('enough');
  expect(await clock.finish(rejection(run.result))).toMatchObject({ code: 'canceled' });
});
