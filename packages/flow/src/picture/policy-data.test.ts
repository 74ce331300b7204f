import { expect, test } from 'vitest';
import { policyData } from './policy-data.ts';

function keyOf(order: { readonly id: string }): string {
  return order.id;
}

test('policies are plain data, whatever they are called and hold', () => {
  const data = policyData({
    retry: undefined,
    timeoutMs: 5_000,
    concurrencyKey: keyOf,
    limits: { perKey: Infinity, tags: ['a', undefined, 1n], deep: { er: { still: { more: {} } } }, off: null },
    scheduling: null,
    retryIf: () => true,
    unnamed: (
      () => () =>
        1
    )(),
  });
  expect(data).toEqual({
    timeoutMs: 5_000,
    concurrencyKey: 'ƒ keyOf',
    limits: { perKey: 'Infinity', tags: ['a', 'undefined', '1'], deep: { er: { still: { more: '…' } } } },
    retryIf: 'ƒ retryIf',
    unnamed: 'ƒ',
  });
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});
