/**
 * What three shops have sold, out of files that each keeps in its own way: separated by commas or semicolons, prices
 * with a point or a comma, in euros or not, with gaps, remarks and mistakes. Rows that make no sense are set aside with
 * the reason; the rest comes together in a table of what was sold and for how much.
 */
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Fallible,
  context,
  fallback,
  filter,
  flow,
  isHolonError,
  map,
  match,
  maybe,
  merge,
  pipe,
  reduce,
  result,
  retry,
  split,
  tap,
  timeout,
  validate,
  when,
} from '@holon/flow';
import { z } from 'zod';
import { type Raw, type Sheet, rowsOf } from './sales/csv.ts';

export const input = fileURLToPath(new URL('sales', import.meta.url));

const findSheets = flow('findSheets', async (folder: string): Promise<string[]> => {
  const files: string[] = [];
  for await (const file of glob('*.csv', { cwd: folder })) files.push(join(folder, file));
  return files.sort();
});

const read = flow('read', async (file: string): Promise<Sheet> => {
  const text = await readFile(file, { encoding: 'utf8', signal: context().signal });
  return { shop: basename(file, '.csv'), text };
});
/** A disk may be slow, or busy. A file that is not there will not come. */
const isBusy = (error: unknown): boolean => (error as { readonly code?: unknown }).code !== 'ENOENT';
const readSheet = retry('readSheet', timeout(read, '5s'), { retries: 2, delay: '100ms', retryIf: isBusy });

const tableOf = match(
  'tableOf',
  [
    [{ text: (text) => text.includes(';') }, (sheet: Sheet) => rowsOf(sheet, ';')],
    [{ text: (text) => text.includes(',') }, (sheet) => rowsOf(sheet, ',')],
  ],
  (): Raw[] => [],
);

const isRow = (row: Raw): boolean => row.date !== '' && !row.date.startsWith('#');

/** One where nobody wrote down how many. */
const countOf = pipe(
  'count',
  (text: string) => (text === '' ? null : text),
  maybe(Number),
  (count) => count ?? 1,
);

const priceOf = when(
  'price',
  (text: string) => text.includes(','),
  (text) => Number(text.replaceAll('.', '').replace(',', '.')),
  Number,
);

const KNOWN_RATES: Readonly<Record<string, number>> = { EUR: 1, NOK: 0.085 };
/** Euros for one of each currency: of today where somebody has put them there, else those known to this program. */
const ratesOf = fallback(
  'rates',
  flow('ratesOfToday', async (_currency: string) => {
    const file = new URL('sales/rates.json', import.meta.url);
    return z.record(z.string(), z.number()).parse(JSON.parse(await readFile(file, 'utf8')));
  }),
  () => KNOWN_RATES,
);
const rateOf = pipe(
  'rate',
  split((currency: string): [string, string] => [currency, currency], [undefined, ratesOf]),
  merge(([currency, rates]: readonly [string, Readonly<Record<string, number>>]) => {
    const rate = rates[currency];
    if (rate === undefined) throw new Error(`nobody knows what a ${currency} is worth`);
    return rate;
  }),
);

const sale = z.object({
  shop: z.string(),
  line: z.number(),
  date: z.iso.date('no such day'),
  item: z.string().min(1, 'no item'),
  count: z.number('no number').int().positive(),
  cents: z.number().int().nonnegative(),
});
type Sale = z.infer<typeof sale>;

const clean = pipe(
  'clean',
  split('parts', (row: Raw): [Raw, string, string, string] => [row, row.count, row.price, row.currency], [
    undefined,
    countOf,
    priceOf,
    rateOf,
  ]),
  merge(([{ shop, line, date, item }, count, price, rate]) => {
    return { shop, line, date, item, count, cents: Math.round(price * rate * 100) };
  }),
  validate(sale, 'Not a sale'),
);

interface Mistake {
  readonly shop: string;
  readonly line: number;
  readonly why: string;
}

/** A sale, or what is wrong with the row. */
const readRow = pipe(
  'readRow',
  split((row: Raw): [Raw, Fallible<Raw>] => [row, { ok: true, value: row }], [undefined, result(clean)]),
  merge(([{ shop, line }, tried]): Sale | Mistake =>
    tried.ok ? tried.value : { shop, line, why: whyOf(tried.error) },
  ),
);

/** What a schema says of the first field that is wrong, else the message. */
function whyOf(error: unknown): string {
  const issues = isHolonError(error) ? (error.details?.['issues'] as readonly { message: string }[] | undefined) : [];
  return issues?.[0]?.message ?? (error as Error).message;
}

const isSale = (row: Sale | Mistake): row is Sale => 'item' in row;
const isMistake = (row: Sale | Mistake): row is Mistake => 'why' in row;

type Totals = Readonly<Record<string, { readonly count: number; readonly cents: number }>>;
const add = ([totals, { item, count, cents }]: [Totals, Sale]): Totals => {
  const before = totals[item] ?? { count: 0, cents: 0 };
  return { ...totals, [item]: { count: before.count + count, cents: before.cents + count * cents } };
};

const euros = (cents: number): string => `${(cents / 100).toFixed(2)} €`;

const report = pipe(
  'report',
  split(
    (rows: (Sale | Mistake)[]) => [rows, rows],
    [
      pipe('sold', filter(isSale), reduce('totals', add, {}), (totals) =>
        Object.entries(totals).map(([item, { count, cents }]) => `${count} × ${item}: ${euros(cents)}`),
      ),
      pipe('aside', filter(isMistake), (mistakes) =>
        mistakes.map(({ shop, line, why }) => `${shop}, line ${line}: ${why}`),
      ),
    ],
  ),
  merge(([sold, aside]) => ({ sold, aside })),
);

export const sales = pipe(
  'sales',
  findSheets,
  map('sheets', pipe(readSheet, tableOf, filter('rows', isRow), map('read', readRow))),
  (sheets) => sheets.flat(),
  report,
  tap('tell', ({ sold, aside }) => context().log.info(`${sold.length} things sold, ${aside.length} rows set aside`)),
);
