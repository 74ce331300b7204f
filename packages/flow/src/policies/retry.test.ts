import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HolonError } from '../errors.ts';
import { type RetryOptions, decideRetry, resolveRetryOptions } from './retry.ts';

const boom = new Error('boom');

/** Delays until it gives up, and why it did. */
function course(options: number | RetryOptions, { draw = 0, error = boom as unknown } = {}): [number[], string] {
  const policy = resolveRetryOptions(options);
  const delays: number[] = [];
  for (let attempt = 1; ; attempt++) {
    const decision = decideRetry(policy, { attempt, error, draw });
    if (decision.kind === 'give-up') return [delays, decision.why];
    delays.push(decision.delayMs);
  }
}

describe('the delays of decideRetry', () => {
  test.each<[string, number | RetryOptions, number[]]>([
    ['a number is that many retries, doubling from 200 ms', 3, [200, 400, 800]],
    ['fixed', { retries: 3, backoff: 'fixed', delay: 50 }, [50, 50, 50]],
    ['linear', { retries: 4, backoff: 'linear', delay: '1s' }, [1_000, 2_000, 3_000, 4_000]],
    ['exponential, capped', { retries: 6, delay: 100, maxDelay: 1_000 }, [100, 200, 400, 800, 1_000, 1_000]],
    ['the default cap is 30 s', { retries: 4, delay: '10s' }, [10_000, 20_000, 30_000, 30_000]],
    ['another multiplier', { retries: 4, delay: 100, multiplier: 3 }, [100, 300, 900, 2_700]],
    ['a multiplier that is no whole number', { retries: 3, delay: 100, multiplier: 1.5 }, [100, 150, 225]],
    ['none', 0, []],
    ['no delay', { retries: 2, delay: 0 }, [0, 0]],
  ])('%s', (_name, options, delays) => {
    expect(course(options)).toEqual([delays, 'exhausted']);
  });

  test('jitter takes its share away after the cap', () => {
    const options = { retries: 3, delay: 100, maxDelay: 200 };
    expect(course({ ...options, jitter: 1 }, { draw: 0.25 })[0]).toEqual([75, 150, 150]);
    expect(course({ ...options, jitter: 0.5 }, { draw: 0.5 })[0]).toEqual([75, 150, 150]);
    expect(course({ ...options, jitter: 0 }, { draw: 0.99 })[0]).toEqual([100, 200, 200]);
  });

  test('a delay of 0 stays 0 however many attempts there were', () => {
    const policy = resolveRetryOptions({ retries: 1_000_000, delay: 0 });
    expect(decideRetry(policy, { attempt: 5_000, error: boom, draw: 0 })).toMatchObject({ kind: 'retry', delayMs: 0 });
  });
});

describe('what the error asks for', () => {
  const options = { retries: 9, delay: 100, maxDelay: '10s', backoff: 'fixed' } as const;
  const decide = (error: unknown, more: Partial<RetryOptions> = {}) =>
    decideRetry(resolveRetryOptions({ ...options, ...more }), { attempt: 1, error, draw: 0.5 });

  test.each<[string, unknown, number]>([
    ['retryAfterMs', { retryAfterMs: 1_500 }, 1_500],
    ['retryAfter in seconds', Object.assign(new Error('busy'), { retryAfter: 2 }), 2_000],
    ['a header as it comes', { retryAfter: '3' }, 3_000],
    ['milliseconds before seconds', { retryAfterMs: 500, retryAfter: 9 }, 500],
    ['details of a HolonError', new HolonError('timeout', 'busy', { details: { retryAfterMs: 700 } }), 700],
    ['no more than maxDelay', { retryAfter: 60 }, 10_000],
    ['less than the policy', { retryAfterMs: 5 }, 100],
    ['a date is no wish', { retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }, 100],
    ['nonsense', { retryAfterMs: Number.NaN, retryAfter: -1 }, 100],
    ['a text thrown', 'retryAfter: 5', 100],
    [
      'a getter that throws',
      Object.defineProperty({}, 'retryAfterMs', {
        get: () => {
          throw new Error('no');
        },
      }),
      100,
    ],
  ])('%s', (_name, error, delayMs) => {
    expect(decide(error)).toMatchObject({ kind: 'retry', delayMs });
  });

  test('is not shortened by jitter, and named in the reason', () => {
    expect(decide({ retryAfterMs: 1_500 }, { jitter: 1 })).toEqual({
      kind: 'retry',
      delayMs: 1_500,
      reason: 'attempt 1 of 10 failed: next in 1500 ms (as the error asks)',
    });
    expect(decide({ retryAfter: 60 }).reason).toBe(
      'attempt 1 of 10 failed: next in 10000 ms (the error asks for 60000 ms, maxDelay allows no more)',
    );
  });

  test('is not asked where there is no other attempt', () => {
    expect(decide({ retryAfterMs: 1 }, { retries: 0 }).kind).toBe('give-up');
  });
});

test('no delay is negative, no number, or longer than maxDelay, whatever the policy and the error say', () => {
  const wish = fc.oneof(fc.constant(undefined), fc.double(), fc.string(), fc.integer());
  fc.assert(
    fc.property(
      fc.record(
        {
          retries: fc.constant(1_000_000),
          backoff: fc.constantFrom('fixed' as const, 'linear' as const, 'exponential' as const),
          delay: fc.integer({ min: 0, max: 1e9 }),
          maxDelay: fc.integer({ min: 0, max: 1e9 }),
          jitter: fc.double({ min: 0, max: 1, noNaN: true }),
        },
        { requiredKeys: ['retries'] },
      ),
      fc.double({ min: 1, max: 1e300, noNaN: true }),
      fc.integer({ min: 1, max: 999_999 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.record({ retryAfterMs: wish, retryAfter: wish }),
      (options, multiplier, attempt, draw, error) => {
        const grows = (options.backoff ?? 'exponential') === 'exponential';
        const policy = resolveRetryOptions(grows ? { ...options, multiplier } : options);
        const decision = decideRetry(policy, { attempt, error, draw });
        if (decision.kind !== 'retry') throw new Error(decision.reason);
        expect(decision.delayMs).toBeGreaterThanOrEqual(0);
        expect(decision.delayMs).toBeLessThanOrEqual(policy.maxDelayMs);
      },
    ),
  );
});

describe('decideRetry gives up', () => {
  test('without a policy', () => {
    expect(decideRetry(undefined, { attempt: 1, error: boom, draw: 0 })).toEqual({
      kind: 'give-up',
      why: 'no-policy',
      reason: 'no retry was asked for',
    });
  });

  test('when the attempts are used up', () => {
    const decision = decideRetry(resolveRetryOptions(2), { attempt: 3, error: boom, draw: 0 });
    expect(decision).toEqual({ kind: 'give-up', why: 'exhausted', reason: 'attempt 3 of 3 failed: none left' });
  });

  test('on cancellation, whatever the policy says', () => {
    const error = new HolonError('canceled', 'canceled');
    expect(course({ retries: 9, retryIf: () => true }, { error })).toEqual([[], 'canceled']);
  });

  test('when retryIf says no', () => {
    const retryIf = (error: unknown) => error !== boom;
    expect(course({ retries: 9, retryIf })).toEqual([[], 'not-retryable']);
    expect(course({ retries: 1, retryIf }, { error: 'other' })).toEqual([[200], 'exhausted']);
  });

  test('when retryIf throws, and says so', () => {
    const policy = resolveRetryOptions({
      retries: 9,
      retryIf: () => {
        throw new Error('no such field');
      },
    });
    expect(decideRetry(policy, { attempt: 1, error: boom, draw: 0 })).toMatchObject({
      kind: 'give-up',
      why: 'not-retryable',
      reason: 'retryIf itself failed ("no such field"), so there is no other attempt',
    });
  });
});

test('the reason to go on names attempt, delay and backoff', () => {
  const policy = resolveRetryOptions({ retries: 3, delay: '1.5s', backoff: 'linear' });
  expect(decideRetry(policy, { attempt: 2, error: boom, draw: 0 })).toEqual({
    kind: 'retry',
    delayMs: 3_000,
    reason: 'attempt 2 of 4 failed: next in 3000 ms (linear)',
  });
});

describe('resolveRetryOptions refuses', () => {
  test.each<[unknown, string]>([
    [-1, 'retry.retries: -1 is not a whole number from 0 to 1,000,000.'],
    [{ retries: 1.5 }, 'retry.retries: 1.5 is not a whole number'],
    [{ retries: Number.NaN }, 'retry.retries: NaN is not a whole number'],
    [{}, 'retry.retries: undefined is not a whole number'],
    [{ retries: 1, backof: 'fixed' }, 'retry: "backof" is not an option. Did you mean "backoff"?'],
    [{ retries: 1, backoff: 'exponentail' }, 'retry.backoff: "exponentail" is not known. Did you mean "exponential"?'],
    [{ retries: 1, multiplier: 0.5 }, 'retry.multiplier: 0.5 is not a number from 1.'],
    [{ retries: 1, multiplier: Infinity }, 'retry.multiplier: Infinity is not a number from 1.'],
    [{ retries: 1, backoff: 'fixed', multiplier: 3 }, 'retry.multiplier: 3 has no meaning with backoff "fixed"'],
    [{ retries: 1, jitter: 2 }, 'retry.jitter: 2 is not a number from 0 to 1.'],
    [{ retries: 1, delay: -5 }, 'retry.delay: -5 is not a duration: it is negative.'],
    [{ retries: 1, maxDelay: '9 s' }, 'retry.maxDelay: "9 s" is not a duration.'],
    [{ retries: 1, retryIf: true }, 'retry.retryIf: true is not a function.'],
    ['3', 'retry: the options are "3", not an object.'],
    [null, 'retry: the options are null, not an object.'],
  ])('%j', (given, message) => {
    expect(() => resolveRetryOptions(given as RetryOptions)).toThrow(message);
  });
});
