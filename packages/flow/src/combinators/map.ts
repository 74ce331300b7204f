import { type Flow, type FlowOf, combinator, slot } from '../flow.ts';
import { checkKnown } from '../check-known.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import { eachLabel, resolveConcurrency } from './concurrency.ts';
import { gather } from './gather.ts';
import { listInput } from './input.ts';
import { takeName } from './named.ts';

/** What {@link map} takes beside its flow. */
export interface MapOptions extends FlowOptions {
  /** How many items at once, 1 or more; `Infinity` for no limit but the engine's. @default 16 */
  readonly concurrency?: number | undefined;
}

/**
 * Every item of an array through `each`, several at once; results in the items' order. Always a
 * promise. When one item fails, no further one starts, those open are aborted and awaited, then it
 * fails the same way.
 *
 * @throws HolonError `invalid-option` for a concurrency that is none; when it runs, `invalid-input` for what is no array, and what the
 *   first item that fails throws
 *
 * @example
 * const measure = flow('measure', async (page: string) => page.length);
 * const measureAll = map(measure, { concurrency: 8 });
 * await measureAll(['a', 'bcd']); // [1, 3]
 */
export function map<Item, Out>(
  name: string,
  each: (item: Item) => Out,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Awaited<Out>[]>>;
export function map<Item, Out>(
  each: (item: Item) => Out,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Awaited<Out>[]>>;
export function map(...given: unknown[]): FlowOf<[readonly never[]], Promise<unknown[]>> {
  const { name, rest, where } = takeName('map', given);
  const [each, options = {}] = rest as [unknown, MapOptions?];
  checkKnown(options, ['concurrency', ...FLOW_OPTIONS], where);
  const { concurrency: asked, ...flowOptions } = options;
  const concurrency = resolveConcurrency(asked, where);
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
        { from: 'in', to: item, label: eachLabel(concurrency) },
        { from: item, to: 'out' },
      ],
    },
    run: (input, port) => {
      const items = listInput(input, where);
      return port.scope((scope) => gather(items.length, concurrency, (i) => scope.call(item, items[i], i)));
    },
  });
}
