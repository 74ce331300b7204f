import { createEngine } from '@holon/engine';
import { describe, expect, test } from 'vitest';
import { checkout, input } from './checkout.ts';
import { DECLINED_CARD, openPaymentService } from './checkout/payment-service.ts';

const paidByCard = {
  status: 'shipped',
  to: 'ada',
  paid: { by: 'card', charge: { id: 'ch_1', cents: 1_890 } },
  charges: 1,
};
/** The service answers the first ask at once. */
const GOOD_SEED = 1;

describe('checkout as a function', () => {
  test('charges and ships', async () => {
    expect(await checkout({ ...input, seed: GOOD_SEED })).toEqual(paidByCard);
  });

  test('falls back to an invoice when the service is busy: nothing is retried', async () => {
    expect(await checkout(input)).toEqual({
      status: 'shipped',
      to: 'ada',
      paid: { by: 'invoice', cents: 1_890 },
      charges: 0,
    });
  });

  test('puts an order with a declined card aside', async () => {
    const result = await checkout({ ...input, card: DECLINED_CARD, seed: GOOD_SEED });
    expect(result).toEqual({ status: 'waiting', to: 'ada', paid: { by: 'nobody', why: 'card declined' }, charges: 0 });
  });

  test('says what is wrong with an order', async () => {
    await expect(checkout({ ...input, card: '42', items: [] })).rejects.toThrow(/card: 16 digits.*items: /s);
    await expect(checkout({ ...input, items: [{ sku: 'sofa', count: 1 }] })).rejects.toThrow(
      'There is no sofa. There is: tea, cup, pot.',
    );
  });
});

describe('checkout in an engine', () => {
  test('gives the same where the service does not fail', async () => {
    await using engine = createEngine();
    expect(await engine.execute(checkout, { ...input, seed: GOOD_SEED })).toEqual(paidByCard);
  });

  test('retries what is busy or too slow, and charges once', async () => {
    await using engine = createEngine();
    const run = engine.start(checkout, input);
    const charges: string[] = [];
    run.on((event) => {
      if ('path' in event && event.path === 'checkout/pay/primary') charges.push(event.type);
    });
    expect(await run.result).toEqual(paidByCard);
    expect(charges.filter((type) => type === 'node.retrying')).toHaveLength(2);
  });
});

test('the service charges one key once, and each key of its own', async () => {
  await using service = await openPaymentService(GOOD_SEED);
  const ask = async (key: string) => {
    for (;;) {
      const body = JSON.stringify({ card: input.card, cents: 5 });
      const response = await fetch(service.url, { method: 'POST', headers: { 'idempotency-key': key }, body });
      if (response.ok) return response.json();
      expect(response.status).toBe(503);
    }
  };
  expect([await ask('a'), await ask('a'), await ask('b')]).toEqual([
    { id: 'ch_1', cents: 5 },
    { id: 'ch_1', cents: 5 },
    { id: 'ch_2', cents: 5 },
  ]);
  expect(service.charges).toHaveLength(2);
});
