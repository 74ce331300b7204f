import { expect, test } from 'vitest';
import type { Policies } from '../options.ts';
import { resolveRetryOptions } from '../policies/retry.ts';
import { resolveSchedulingOptions } from '../policies/scheduling.ts';
import { policyTexts } from './policy-texts.ts';

const none: Policies = { retry: undefined, timeoutMs: undefined, scheduling: null, isolation: null };

test.each<[object, string[]]>([
  [{}, []],
  [{ retry: resolveRetryOptions({ retries: 3, backoff: 'linear' }, 'x') }, ['retry 3 × linear']],
  [{ timeoutMs: 1_500 }, ['timeout 1.5 s']],
  [{ scheduling: resolveSchedulingOptions({ priority: 'high', maxConcurrency: 2 }) }, ['priority high', '2 at once']],
  [{ region: 'north', isolated: true, held: false, weight: 0 }, ['region north', 'isolated', 'weight 0']],
  [{ ownKey: function keyOf() {} }, ['own key ƒ keyOf']],
  [
    { window: { count: 10, perMs: 1_000, burst: false, keys: ['a', 'b'] } },
    ['window (count 10, per 1 s, keys (a, b))'],
  ],
  [{ constructor: 'x' }, ['constructor x']],
])('%o in words', (policies, texts) => {
  expect(policyTexts({ ...none, ...policies })).toEqual(texts);
});
