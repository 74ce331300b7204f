import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { checkKnown } from '../check-known.ts';
import { mapResult } from '../deferred.ts';
import { FLOW_OPTIONS } from '../options.ts';
import { eachLabel, resolveConcurrency } from './concurrency.ts';
import { gather } from './gather.ts';
import { listInput } from './input.ts';
import type { MapOptions } from './map.ts';
import { takeName } from './named.ts';

/**
 * The items of an array that `keep` holds for, in their order; several are asked about at once. Always a promise. When one
 * fails, no further one starts, those open are aborted and awaited, then it fails the same way.
 *
 * @throws HolonError `invalid-option` for a concurrency that is none; when it runs, `invalid-input` for what is no array, and what
 *   `keep` throws
 *
 * @example
 * const isShort = flow('isShort', async (name: string) => name.length < 4);
 * const short = filter(isShort, { concurrency: 8 });
 * await short(['Ada', 'Grace', 'Joe']); // ['Ada', 'Joe']
 */
export function filter<Item, Kept extends Item>(
  name: string,
  keep: (item: Item) => item is Kept,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Kept[]>>;
export function filter<Item>(
  name: string,
  keep: (item: Item) => boolean | Promise<boolean>,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Item[]>>;
export function filter<Item, Kept extends Item>(
  keep: (item: Item) => item is Kept,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Kept[]>>;
export function filter<Item>(
  keep: (item: Item) => boolean | Promise<boolean>,
  options?: MapOptions,
): Flow<readonly Item[], Promise<Item[]>>;
export function filter(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('filter', given);
  const [keep, options = {}] = rest as [unknown, MapOptions?];
  checkKnown(options, ['concurrency', ...FLOW_OPTIONS], where);
  const { concurrency: asked, ...flowOptions } = options;
  const concurrency = resolveConcurrency(asked, where);
  const asks = slot(keep, { many: true });
  const kept = { id: 'keep', shape: 'choice', label: 'keep?' } as const;
  return combinator({
    kind: 'filter',
    name,
    alwaysPromise: true,
    options: flowOptions,
    picture: {
      slots: [asks],
      marks: [kept],
      edges: [
        { from: 'in', to: asks, label: eachLabel(concurrency) },
        { from: asks, to: kept },
        { from: kept, to: 'out', label: 'yes', when: true },
      ],
    },
    run: (input, port) => {
      const items = listInput(input, where);
      const decided = port.scope((scope) =>
        gather(items.length, concurrency, (i) =>
          mapResult(scope.call(asks, items[i], i), (answer) => scope.choose('keep', Boolean(answer), i)),
        ),
      );
      return mapResult(decided, (verdicts) => items.filter((_, i) => (verdicts as readonly boolean[])[i]));
    },
  });
}
