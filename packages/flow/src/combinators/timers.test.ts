/** What waits in a direct call: its timers and its clock are those that stand there when it is called. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { fallback } from './fallback.ts';
import { parallel } from './parallel.ts';
import { pipe } from './pipe.ts';
import { retry } from './retry.ts';
import { sleep } from './sleep.ts';
import { timeout } from './timeout.ts';

// Made before there are fake timers: what is looked up is looked up by the call.
const pause = sleep<number>('2s');
const never = flow('never', (_x: number) => new Promise<string>(() => undefined));
const hurried = timeout(never, 500);
const boom = new Error('boom');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a promise has come to so far. */
function watched(promise: Promise<unknown>): { outcome: unknown } {
  const seen = { outcome: undefined as unknown };
  promise.then(
    (value) => (seen.outcome = value),
    (error: unknown) => (seen.outcome = error),
  );
  return seen;
}

/** Fails so often, at the times it writes down, then gives its input. */
function flaky(failures: number, error: unknown = boom): { calls: [number, unknown][]; child: (x: number) => number } {
  const calls: [number, unknown][] = [];
  const child = (x: number) => {
    calls.push([Date.now() - started, context().iteration]);
    if (calls.length <= failures) throw error;
    return x;
  };
  const started = Date.now();
  return { calls, child };
}

describe('sleep', () => {
  test('passes its input on when the time is over', async () => {
    const seen = watched(pause(5));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(seen.outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.outcome).toBe(5);
    expect([pause.name, sleep('nap', 5).name]).toEqual(['sleep', 'nap']);
  });

  test('ends when it is canceled, and leaves no timer', async () => {
    const fails = () => Promise.reject(boom);
    const both = watched(parallel([sleep<number>('1h'), fails])(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(both.outcome).toBe(boom);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a text alone is its duration, and has to be one', () => {
    expect(() => sleep('soon' as never)).toThrow('sleep: "soon" is not a duration.');
    expect(() => sleep('nap', -1)).toThrow('sleep "nap": -1 is not a duration');
  });
});

describe('timeout', () => {
  test('fails when the time is over, though the child goes on, and leaves nothing but the grace period', async () => {
    const seen = watched(hurried(1));
    await vi.advanceTimersByTimeAsync(499);
    expect(seen.outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.outcome).toMatchObject({ code: 'timeout', message: 'Timeout', details: { limitMs: 500 } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('aborts the child', async () => {
    let aborted: unknown;
    const listens = async (_x: number) => {
      const { signal } = context();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      aborted = signal.reason;
    };
    const seen = watched(timeout('short', listens, '1s')(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.outcome).toMatchObject({ code: 'timeout' });
    expect(aborted).toMatchObject({ code: 'canceled' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('in time it is the child’s result or failure, and its timer is gone at once', async () => {
    expect(await timeout(async (x: number, y: number) => x + y, 500)(1, 2)).toBe(3);
    expect(vi.getTimerCount()).toBe(0);
    const kept = timeout(async () => context().signal, 500)();
    expect((await kept).aborted).toBe(false);
    await expect(timeout(() => Promise.reject(boom), 500)()).rejects.toBe(boom);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a synchronous child starts no timer', async () => {
    const result = timeout((x: number) => x, 500)(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(await result).toBe(1);
    const throws = timeout((_x: number): number => {
      throw boom;
    }, 500);
    await expect(throws(1)).rejects.toBe(boom);
  });

  test('a fallback takes over when the time is over', async () => {
    const seen = watched(fallback(hurried, () => 'backup')(1));
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.outcome).toBe('backup');
  });

  test('mistakes', () => {
    expect(() => timeout(never, 'soon' as never)).toThrow('timeout: limit: "soon" is not a duration.');
    expect(() => timeout('t', never, undefined as never)).toThrow('timeout "t": limit: undefined is not a duration.');
  });
});

describe('retry', () => {
  test('three more calls, a second apart, unless told otherwise', async () => {
    const { calls, child } = flaky(9);
    const seen = watched(retry(child)(1));
    await vi.advanceTimersByTimeAsync(2_999);
    expect(seen.outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.outcome).toBe(boom);
    expect(calls).toEqual([
      [0, 0],
      [1_000, 1],
      [2_000, 2],
      [3_000, 3],
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stops at the first call that succeeds', async () => {
    const { calls, child } = flaky(2);
    const seen = watched(retry('patient', child, 5, '10s')(7));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcome).toBe(7);
    expect(calls.map(([at]) => at)).toEqual([0, 10_000, 20_000]);
  });

  test('options give backoff, a cap and a choice', async () => {
    const slower = flaky(9);
    watched(retry(slower.child, { retries: 4, delay: 100, maxDelay: 300 })(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(slower.calls.map(([at]) => at)).toEqual([0, 100, 300, 600, 900]);
    const hopeless = flaky(9);
    const seen = watched(retry('picky', hopeless.child, { retries: 4, retryIf: (error) => error !== boom })(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcome).toBe(boom);
    expect(hopeless.calls).toHaveLength(1);
  });

  test('a delay longer than the usual cap is waited for, and so is what the error asks for', async () => {
    const long = flaky(1);
    watched(retry(long.child, 1, '2m')(1));
    await vi.advanceTimersByTimeAsync(240_000);
    expect(long.calls.map(([at]) => at)).toEqual([0, 120_000]);
    const asked = flaky(1, Object.assign(new Error('busy'), { retryAfterMs: 5_000 }));
    watched(retry(asked.child, 1, 10)(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.calls.map(([at]) => at)).toEqual([0, 5_000]);
  });

  test('no delay and no retries', async () => {
    const quick = flaky(2);
    expect(await retry(quick.child, 3, 0)(1)).toBe(1);
    const once = flaky(1);
    await expect(retry(once.child, 0, 0)(1)).rejects.toBe(boom);
    expect([quick.calls.length, once.calls.length]).toEqual([3, 1]);
  });

  test('an asynchronous child, several arguments', async () => {
    let calls = 0;
    const add = async (a: number, b: number) => {
      calls += 1;
      if (calls === 1) throw boom;
      return a + b;
    };
    const patient = retry(add, 1, 0);
    expect(await patient(1, 2)).toBe(3);
    expect(patient.length).toBe(2);
  });

  test('ends within its delay when it is canceled', async () => {
    const { calls, child } = flaky(9);
    const seen = watched(timeout(retry(child, 9, '1s'), 2_500)(1));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.outcome).toMatchObject({ code: 'timeout' });
    expect(calls.map(([at]) => at)).toEqual([0, 1_000, 2_000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stands in a pipe like any step', async () => {
    const { child } = flaky(1);
    const seen = watched(pipe(retry(child), (x) => x + 1)(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.outcome).toBe(2);
  });

  test('mistakes', () => {
    const { child } = flaky(0);
    expect(() => retry(child, -1)).toThrow('retry.retries: -1 is not a whole number');
    expect(() => retry('r', child, 3, 'soon' as never)).toThrow('retry "r": delay: "soon" is not a duration.');
    expect(() => retry('r', child, { retires: 1 } as never)).toThrow('Did you mean "retries"?');
  });
});
