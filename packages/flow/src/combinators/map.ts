import { HolonError, textOf } from '../errors.ts';
import { type Flow, type FlowOf, combinator, slot } from '../flow.ts';
import { checkKnown } from '../check-known.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import { gather } from './gather.ts';

/** What {@link map} takes beside its flow. */
export interface MapOptions extends FlowOptions {
  /** How many items at once, 1 or more; `Infinity` for no limit but the engine's. @default 16 */
  readonly concurrency?: number | undefined;
}

const DEFAULT_CONCURRENCY = 16;

/**
 * Every item of an array through `each`, several at once; results in the items' order. Always a
 * promise. When one item fails, no further one starts, those open are aborted and awaited, then it
 * fails the same way.
 *
 * @example
 * const measure = flow('measure', async (page: string) => page.length);
 * const measureAll = map(measure, { concurrency: 8 });
 * await measureAll(['a', 'bcd']); // [1, 3]
 */
export function map<Item, Out>(
  each: (item: Item) => Out,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Awaited<Out>[]>>;
export function map<Item, Out>(
  name: string,
  each: (item: Item) => Out,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Awaited<Out>[]>>;
export function map(...given: unknown[]): FlowOf<[readonly never[]], Promise<unknown[]>> {
  const name = typeof given[0] === 'string' ? given[0] : undefined;
  const where = name === undefined ? 'map' : `map "${name}"`;
  const [each, options = {}] = (name === undefined ? given : given.slice(1)) as [unknown, MapOptions?];
  checkKnown(options, ['concurrency', ...FLOW_OPTIONS], where);
  const { concurrency = DEFAULT_CONCURRENCY, ...flowOptions } = options;
  if (!(concurrency === Infinity || (Number.isInteger(concurrency) && concurrency >= 1))) {
    throw new HolonError(
      'invalid-option',
      `${where}: concurrency: ${textOf(concurrency)} is neither a whole number from 1 nor Infinity.`,
    );
  }
  const item = slot(each, { many: true });
  return combinator({
    kind: 'map',
    name,
    alwaysPromise: true,
    options: flowOptions,
    picture: {
      slots: [item],
      marks: [],
      edges: [
        {
          from: 'in',
          to: item,
          label: concurrency === Infinity ? 'each, all at once' : `each, ${concurrency} at once`,
        },
        { from: item, to: 'out' },
      ],
    },
    run: (items, port) => {
      if (!Array.isArray(items)) {
        throw new HolonError('invalid-input', `${where} takes an array; it was given ${textOf(items)}.`);
      }
      return port.scope((scope) => gather(items.length, concurrency, (i) => scope.call(item, items[i], i)));
    },
  });
}
