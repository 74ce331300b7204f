/**
 * An order: look up who orders and what it costs, charge the card at a payment service that is flaky, then
 * ship, or, when the card is declined, put the order aside. When the service can't be reached at all,
 * the customer gets an invoice instead.
 *
 * The service is real: it listens on a port of this machine while the order is worked on. In a run a
 * charge is tried up to five times with one idempotency key, so that no retry charges twice. Called as a
 * function, without an engine, nothing is retried, and the invoice comes sooner. A canceled order leaves
 * its service open until the program ends, which it does not hinder.
 */
import { randomUUID } from 'node:crypto';
import { type Graph, branch, context, fallback, flow, graph } from '@holon/flow';
import { z } from 'zod';
import { type Charge, closePaymentService, openService } from './checkout/payment-service.ts';

const order = z.object({
  customer: z.string().min(1),
  card: z.string().regex(/^\d{16}$/, '16 digits'),
  items: z.array(z.object({ sku: z.string(), count: z.number().int().min(1).max(99) })).min(1),
  /** Which moods the payment service will be in. */
  seed: z.number().int().default(35),
});
type Order = z.infer<typeof order>;

export const input: Order = {
  customer: 'ada',
  card: '4242424242424242',
  items: [
    { sku: 'tea', count: 2 },
    { sku: 'cup', count: 1 },
  ],
  seed: 35,
};

const PRICES: Readonly<Record<string, number>> = { tea: 450, cup: 1_200, pot: 3_900 };
const DISCOUNT: Readonly<Record<string, number>> = { ada: 0.1 };

const findCustomer = flow('findCustomer', (name: string) => ({ name, discount: DISCOUNT[name] ?? 0 }));
type Customer = ReturnType<typeof findCustomer>;

const priceItems = flow('priceItems', (items: Order['items']) =>
  items.map(({ sku, count }) => {
    const cents = PRICES[sku];
    if (cents === undefined) throw new Error(`There is no ${sku}. There is: ${Object.keys(PRICES).join(', ')}.`);
    return { sku, count, cents: cents * count };
  }),
);

const addUp = flow('addUp', (customer: Customer, lines: ReturnType<typeof priceItems>): number => {
  const sum = lines.reduce((total, line) => total + line.cents, 0);
  return Math.round(sum * (1 - customer.discount));
});

interface Payment {
  readonly service: string;
  readonly card: string;
  readonly cents: number;
}

type Paid =
  | { readonly by: 'card'; readonly charge: Charge }
  | { readonly by: 'invoice'; readonly cents: number }
  | { readonly by: 'nobody'; readonly why: string };

/** One ask. Being declined is an answer; being too busy or too slow is a failure, and worth another ask. */
const charge = flow(
  'charge',
  async ({ service, card, cents }: Payment): Promise<Paid> => {
    const { signal, idempotencyKey = randomUUID(), attempt, log } = context();
    const response = await fetch(service, {
      method: 'POST',
      headers: { 'idempotency-key': idempotencyKey },
      body: JSON.stringify({ card, cents }),
      signal,
    });
    const answer = (await response.json()) as Charge & { readonly error?: string };
    log.info(`attempt ${attempt}: ${response.status} ${answer.error ?? answer.id}`);
    if (response.status === 402) return { by: 'nobody', why: answer.error ?? 'declined' };
    if (!response.ok) throw new Error(`The payment service answered ${response.status}: ${answer.error}`);
    return { by: 'card', charge: answer };
  },
  { retry: { retries: 4, delay: '50ms', jitter: 0.5 }, timeout: '500ms' },
);

const sendInvoice = flow('sendInvoice', ({ cents }: Payment): Paid => ({ by: 'invoice', cents }));

const pay = fallback('pay', charge, sendInvoice);

interface Settled {
  readonly customer: Customer;
  readonly paid: Paid;
}

const outcome = ({ paid }: Settled) => (paid.by === 'nobody' ? 'declined' : 'paid');

const settle = branch('settle', outcome, {
  paid: flow('ship', ({ customer, paid }: Settled) => ({ status: 'shipped' as const, to: customer.name, paid })),
  declined: flow('putAside', ({ customer, paid }: Settled) => ({
    status: 'waiting' as const,
    to: customer.name,
    paid,
  })),
});

interface Summary {
  readonly status: 'shipped' | 'waiting';
  readonly to: string;
  readonly paid: Paid;
  /** How often the card was charged: once, however often the service was asked. */
  readonly charges: number;
}

const closeService = flow(
  'closeService',
  async (settled: Omit<Summary, 'charges'>, service: string): Promise<Summary> => ({
    ...settled,
    charges: (await closePaymentService(service)).length,
  }),
);

export const checkout = graph(
  'checkout',
  (g: Graph<Order>) => {
    const customer = g.add(
      findCustomer,
      g.input.map((given) => given.customer),
    );
    const lines = g.add(
      priceItems,
      g.input.map((given) => given.items),
    );
    const cents = g.add(addUp, customer, lines);
    const service = g.add(
      openService,
      g.input.map((given) => given.seed),
    );
    const card = g.input.map((given) => given.card);
    const paid = g.add(pay, { service, card, cents });
    return g.add(closeService, g.add(settle, { customer, paid }), service);
  },
  { input: order },
);
