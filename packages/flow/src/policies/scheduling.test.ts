import { describe as suite, expect, test } from 'vitest';
import { DEFINITION } from '../brand.ts';
import { describe, flow, map, pipe } from '../index.ts';
import { ArgumentList } from '../port.ts';
import { parsePriority, priorityText } from './priority.ts';
import { keyFor } from './scheduling.ts';

const charge = (order: { readonly customer: string }) => order.customer;

suite('scheduling options', () => {
  test('nothing said is null', () => {
    expect(flow(charge)[DEFINITION].policies.scheduling).toBeNull();
    expect(flow(charge, { retry: 1 })[DEFINITION].policies.scheduling).toBeNull();
  });

  test('are checked, and what is said about a copy goes before what is said about the original', () => {
    const original = flow(charge, {
      priority: 'high',
      maxConcurrency: 3,
      concurrencyKey: { key: (order) => order.customer, limit: 1 },
      rate: { limit: 100, interval: '1m', key: 'bank' },
    });
    const copy = original.with({ priority: 'low' });
    const [first, second] = [original, copy].map((one) => one[DEFINITION].policies.scheduling!);
    expect(first).toMatchObject({
      priority: 1,
      maxConcurrency: { limit: 3 },
      rate: { limit: 100, intervalMs: 60_000 },
    });
    expect(second!.priority).toBe(-1);
    // The limit is its own key: a copy counts with the original.
    expect(second!.maxConcurrency).toBe(first!.maxConcurrency);
    expect(second!.concurrencyKey).toBe(first!.concurrencyKey);
    expect(original.with({ timeout: 5 })[DEFINITION].policies.scheduling).toBe(first);
  });

  test('are taken by combinators', () => {
    const all = map(charge, { concurrency: 2, maxConcurrency: 1 });
    expect(pipe('p', all).with({ priority: 2 })[DEFINITION].policies.scheduling?.priority).toBe(2);
    expect(all[DEFINITION].policies.scheduling?.maxConcurrency?.limit).toBe(1);
  });

  test.each([
    [
      { priority: 'hihg' },
      'flow "charge": priority: "hihg" is not a priority. Give a number from -10 to 10, or a level. Did you mean "high"?',
    ],
    [{ priority: 11 }, 'priority: 11 is not a priority'],
    [{ priority: Number.NaN }, 'priority: NaN is not a priority'],
    [{ maxConcurrency: 0 }, 'flow "charge": maxConcurrency: 0 is not a whole number from 1.'],
    [{ concurrencyKey: 'db' }, 'concurrencyKey: the options are "db", not an object.'],
    [{ concurrencyKey: { key: '', limit: 1 } }, 'concurrencyKey.key: "" is neither a text of 1 to 1000 characters'],
    [{ concurrencyKey: { key: 'db' } }, 'concurrencyKey.limit: undefined is not a whole number from 1.'],
    [{ concurrencyKey: { key: 'db', limt: 1 } }, 'concurrencyKey: "limt" is not an option. Did you mean "limit"?'],
    [{ rate: { limit: 2e6, interval: 5 } }, 'rate.limit: 2000000 is not a whole number from 1 to 1,000,000.'],
    [{ rate: { limit: 1 } }, 'rate.interval: undefined is not a duration'],
    [{ rate: { limit: 1, interval: 5, key: 7 } }, 'rate.key: 7 is neither'],
  ])('refuses %o', (options, message) => {
    expect(() => flow('charge', charge, options as never)).toThrow(message);
  });

  test('stand in the picture', () => {
    const said = flow(charge, {
      priority: 'critical',
      maxConcurrency: 3,
      concurrencyKey: { key: (order) => order.customer, limit: 1 },
      rate: { limit: 100, interval: '1m', key: 'bank' },
    });
    expect(describe(said).nodes[0]!.policies).toEqual([
      'priority critical',
      '3 at once',
      '1 at once for each key',
      '100 in 60 s for "bank"',
    ]);
  });
});

suite('keyFor', () => {
  test('a text is the key, a function gives it for the input, several arguments being a list', () => {
    expect(keyFor('db', 1, 'x')).toBe('db');
    expect(keyFor((n) => `db-${String(n)}`, 1, 'x')).toBe('db-1');
    expect(keyFor((list) => (list as string[]).join('-'), new ArgumentList(['a', 'b']), 'x')).toBe('a-b');
  });

  test('what is no text is refused', () => {
    expect(() => keyFor(() => undefined as never, 1, 'flow "x": concurrencyKey')).toThrow(
      'flow "x": concurrencyKey: its key function gave undefined, not a text of 1 to 1000 characters.',
    );
  });
});

suite('priorities', () => {
  test('levels are numbers with names', () => {
    expect(['low', 'normal', 'high', 'critical'].map((level) => parsePriority(level, 'p'))).toEqual([-1, 0, 1, 2]);
    expect([-1, 0, 1.5, 2].map(priorityText)).toEqual(['low', 'normal', '1.5', 'critical']);
  });

  test('the names of what every object has are no levels', () => {
    expect(() => parsePriority('toString', 'p')).toThrow('is not a priority');
  });
});
