import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { context } from '../ambient.ts';
import { HolonError } from '../errors.ts';
import { flow } from '../flow.ts';
import { type CircuitChange, circuitBreaker } from './circuit-breaker.ts';
import { parallel } from './parallel.ts';

function fakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

/** Fails while `down.is`. */
function service(): { readonly down: { is: boolean }; readonly ask: (x: number) => number; readonly calls: number[] } {
  const down = { is: true };
  const calls: number[] = [];
  const ask = (x: number): number => {
    calls.push(x);
    if (down.is) throw new Error('down');
    return x;
  };
  return { down, ask, calls };
}

/** What a call gives, or the code or message of what it throws. */
function tried(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error instanceof HolonError ? error.code : (error as Error).message;
  }
}

describe('circuitBreaker', () => {
  test('stops calling after failures in a row, tries again after a while, and closes when that goes well', () => {
    fakeTime();
    const { down, ask, calls } = service();
    const safe = circuitBreaker('safe', ask, { failures: 2, recovery: '10s' });
    expect([1, 2, 3].map((x) => tried(() => safe(x)))).toEqual(['down', 'down', 'circuit-open']);
    expect(() => safe(4)).toThrow(
      expect.objectContaining({
        message: 'The circuit "safe" is open: 2 failures in a row. It is tried again in 10 s.',
        details: { retryAfterMs: 10_000, retryAtMs: Date.now() + 10_000 },
      }) as Error,
    );
    vi.advanceTimersByTime(10_000);
    expect([5, 6].map((x) => tried(() => safe(x)))).toEqual(['down', 'circuit-open']);
    down.is = false;
    vi.advanceTimersByTime(10_000);
    expect([7, 8, 9].map((x) => tried(() => safe(x)))).toEqual([7, 8, 9]);
    expect(calls).toEqual([1, 2, 5, 7, 8, 9]);
  });

  test('lets only so many try it again at once, and gives their places back, canceled or not', async () => {
    fakeTime();
    const { down, ask } = service();
    const slow = flow('slow', async (x: number) => {
      const { signal } = context();
      await new Promise((resolve) => setTimeout(resolve, 100));
      signal.throwIfAborted();
      return ask(x);
    });
    const safe = circuitBreaker(slow, { failures: 1, recovery: 1_000, probes: 1, successes: 1 });
    const outcome = async (promise: Promise<unknown>): Promise<unknown> =>
      promise.catch((error: Error) => (error instanceof HolonError ? error.message : error.message));
    const first = outcome(safe(1));
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toBe('down');
    await vi.advanceTimersByTimeAsync(1_000);
    down.is = false;
    const fails = async (): Promise<never> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error('a sibling failed');
    };
    const probe = outcome(parallel([safe, fails])(2 as never));
    const refused = outcome(safe(3));
    await vi.advanceTimersByTimeAsync(100);
    expect([await probe, await refused]).toEqual([
      'a sibling failed',
      'The circuit is half open: 1 call that tries it again is under way. It is tried again when one of them has ended.',
    ]);
    const next = outcome(safe(4));
    await vi.advanceTimersByTimeAsync(100);
    expect(await next).toBe(4);
  });

  test('is shared by copies and by all who name its key, which an input may give', () => {
    const { ask } = service();
    const key = (x: number) => `host ${x % 2}`;
    const one = circuitBreaker(ask, { failures: 1, key });
    const other = circuitBreaker((x: number) => x, { key });
    expect([tried(() => one(1)), tried(() => other(3)), other(2)]).toEqual(['down', 'circuit-open', 2]);
    const own = circuitBreaker(ask, { failures: 1 });
    expect([tried(() => own(1)), tried(() => own.with({ name: 'copy' })(1))]).toEqual(['down', 'circuit-open']);
    expect(tried(() => circuitBreaker(ask)(1))).toBe('down');
  });

  test('tells of each change, as plain data', () => {
    fakeTime();
    const changes: CircuitChange[] = [];
    const { down, ask } = service();
    const safe = circuitBreaker(ask, {
      failures: 1,
      successes: 1,
      recovery: 10,
      key: 'told',
      onChange: (change) => void changes.push(change),
    });
    tried(() => safe(1));
    vi.advanceTimersByTime(10);
    down.is = false;
    safe(1);
    expect(changes.map(({ key, from, to }) => `${key}: ${from.kind} → ${to.kind}`)).toEqual([
      'told: closed → open',
      'told: open → half-open',
      'told: half-open → closed',
    ]);
    expect(JSON.parse(JSON.stringify(changes[0]!.to))).toEqual(changes[0]!.to);
  });

  test('counts only failures that speak against what is called', () => {
    const { ask } = service();
    const fine = circuitBreaker(ask, { failures: 1, isFailure: (error) => (error as Error).message !== 'down' });
    expect([1, 2].map((x) => tried(() => fine(x)))).toEqual(['down', 'down']);
    const broken = circuitBreaker(ask, {
      failures: 1,
      isFailure: () => {
        throw new Error('broken');
      },
    });
    expect([1, 2].map((x) => tried(() => broken(x)))).toEqual(['down', 'circuit-open']);
  });

  test('takes and gives what it wraps does', async () => {
    const add = circuitBreaker('add', (a: number, b: number) => a + b);
    expect([add(1, 2), add.length]).toEqual([3, 2]);
    expect(await circuitBreaker(async (x: number) => x)(1)).toBe(1);
    expect(() => circuitBreaker((x: number) => x, { failure: 1 } as never)).toThrow('Did you mean "failures"?');
    expect(() => circuitBreaker((x: number) => x, { onChange: 1 } as never)).toThrow('onChange: 1 is not a function');
  });
});
