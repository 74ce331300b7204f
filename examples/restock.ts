/**
 * A shop orders what it is short of. The catalogue is pulled page by page and never held as a whole; the warehouse is
 * asked about ten articles at a time, not too often, and left alone when it fails again and again; what a currency is worth
 * is asked once. A large order waits for somebody to approve it, the supplier takes four articles at a time, and one mail,
 * which can wait, tells of all that was ordered.
 */
import {
  type Graph,
  batch,
  branch,
  circuitBreaker,
  context,
  debounce,
  each,
  flow,
  graph,
  map,
  memoize,
  pipe,
  rateLimit,
  retry,
  throttle,
  waitFor,
  withConcurrencyKey,
  withPriority,
} from '@holon/flow';
import { z } from 'zod';
import { type Product, fetchPage, fetchRate, fetchStock } from './restock/supplier.ts';

interface Request {
  /** How many pages of the catalogue are looked through. */
  readonly pages: number;
  /** How many of each article there should be. */
  readonly wanted: number;
  /** Euros that may be spent without asking anybody. */
  readonly budget: number;
}

export const input: Request = { pages: 4, wanted: 6, budget: 1_000 };

interface Order {
  readonly sku: string;
  readonly count: number;
  readonly euros: number;
}

/** The warehouse takes questions about many articles at once, and is spared when it does not answer. */
const stock = batch(
  'stock',
  retry(
    circuitBreaker('warehouse', rateLimit(flow('ask', fetchStock), { limit: 40, interval: '100ms' }), {
      failures: 5,
      recovery: '10s',
    }),
    { retries: 3, delay: '5ms' },
  ),
  { size: 10, delay: '5ms' },
);

const rate = memoize('rate', flow('exchange', fetchRate), { ttl: '1h' });

/** What is short of an article, and what that costs. */
const judge = graph('judge', (g: Graph<Product & { readonly wanted: number }>) => {
  const has = g.add(
    stock,
    g.input.map(({ sku }) => sku),
  );
  const worth = g.add(
    rate,
    g.input.map(({ currency }) => currency),
  );
  return g.add(
    flow(
      'order',
      ({ sku, price, wanted }: Product & { readonly wanted: number }, there: number, euros: number): Order => {
        const count = Math.max(0, wanted - there);
        return { sku, count, euros: (count * price * euros) / 100 };
      },
    ),
    g.input,
    has,
    worth,
  );
});

/** All articles of the catalogue, a page at a time. */
const catalogue = flow('catalogue', async function* ({ pages, wanted }: Request) {
  for (let page = 0; page < pages; page++) {
    for (const product of await fetchPage(page)) yield { ...product, wanted };
  }
});

const short = each('short', judge, {
  from: catalogue,
  concurrency: 24,
  into: {
    start: (): Order[] => [],
    add: (orders, order) => (order.count > 0 ? [...orders, order] : orders),
  },
});

const total = (orders: readonly Order[]): number => Math.round(orders.reduce((sum, { euros }) => sum + euros, 0));

const approval = branch(
  'approval',
  ({ orders, budget }: { readonly orders: readonly Order[]; readonly budget: number }) => total(orders) <= budget,
  { true: () => ({ by: 'nobody' }), false: waitFor('approve', z.object({ by: z.string() })) },
);

export const mails: string[] = [];

/** What is told again and again in one moment is told once, as it was told last. */
const mail = withPriority(
  'mail',
  debounce(
    flow('send', async (text: string) => mails.push(text)),
    '10ms',
  ),
  'low',
);
const look = throttle(
  'look',
  flow('report', (done: number) => context().log.info(`${done} articles ordered`)),
  '20ms',
);

const place = flow('place', async (orders: readonly Order[], { by }: { readonly by: string }) => {
  let done = 0;
  const placed = map(
    'all',
    pipe(
      withConcurrencyKey(
        flow('one', async ({ count }: Order) => count),
        'supplier',
        4,
      ),
      flow('tell', async (count: number) => {
        done += 1;
        await Promise.all([look(done), mail(`${done} articles ordered, approved by ${by}`)]);
        return count;
      }),
    ),
    { concurrency: Number.POSITIVE_INFINITY },
  );
  const counts = await placed(orders);
  return { articles: counts.length, pieces: counts.reduce((sum, count) => sum + count, 0), euros: total(orders), by };
});

export const restock = graph('restock', (g: Graph<Request>) => {
  const orders = g.add(short, g.input);
  const by = g.add(approval, { orders, budget: g.input.map(({ budget }) => budget) });
  return g.add(place, orders, by);
});
