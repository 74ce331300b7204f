/** A supplier's service, in this process: slow, and its warehouse is now and then too busy to answer. */

export interface Product {
  readonly sku: string;
  readonly price: number;
  readonly currency: string;
}

/** How often each was asked since the process began. */
export const asked = { page: 0, stock: 0, rate: 0 };

const PER_PAGE = 12;
const CURRENCIES = ['EUR', 'USD', 'JPY'];
/** Euros for a hundred. */
const RATES: Readonly<Record<string, number>> = { EUR: 100, USD: 90, JPY: 1 };

async function answering(what: keyof typeof asked): Promise<number> {
  asked[what] += 1;
  const count = asked[what];
  await new Promise((resolve) => setTimeout(resolve, 2));
  return count;
}

/** One page of the catalogue. */
export async function fetchPage(page: number): Promise<readonly Product[]> {
  await answering('page');
  return Array.from({ length: PER_PAGE }, (_, i) => {
    const number = page * PER_PAGE + i;
    return { sku: `tea-${number}`, price: 3 + (number % 7), currency: CURRENCIES[number % 3]! };
  });
}

/** How many the shop has of each, in order. Every fifth question is one too many. */
export async function fetchStock(skus: readonly string[]): Promise<number[]> {
  if ((await answering('stock')) % 5 === 0) throw new Error('the warehouse is busy');
  return skus.map((sku) => (Number(sku.slice('tea-'.length)) * 5) % 9);
}

/** Euros for a hundred of a currency. */
export async function fetchRate(currency: string): Promise<number> {
  await answering('rate');
  return RATES[currency]!;
}
