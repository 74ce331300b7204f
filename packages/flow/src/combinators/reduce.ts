import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { listInput } from './input.ts';
import { DONE, iterate } from './iterate.ts';
import { takeName } from './named.ts';

/**
 * The items of an array one after another into one value: `step` gets the pair of what there is so far and the item, and gives
 * what there is then. Always a promise; `initial` itself for no items. Give a new value rather than change the one it
 * got: every call of the flow starts from the same `initial`.
 *
 * @throws HolonError `invalid-input`, when it runs, for what is no array; what `step` throws
 *
 * @example
 * const total = reduce(([sum, price]: [number, number]) => sum + price, 0);
 * await total([5, 7, 8]); // 20
 */
export function reduce<Item, Acc>(
  step: (input: [Acc, Item]) => Acc | Promise<Acc>,
  initial: NoInfer<Acc>,
): Flow<readonly Item[], Promise<Acc>>;
export function reduce<Item, Acc>(
  name: string,
  step: (input: [Acc, Item]) => Acc | Promise<Acc>,
  initial: NoInfer<Acc>,
): Flow<readonly Item[], Promise<Acc>>;
export function reduce(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('reduce', given);
  const [step, initial] = rest;
  const adds = slot(step, { many: true });
  return combinator({
    kind: 'reduce',
    name,
    alwaysPromise: true,
    picture: {
      slots: [adds],
      marks: [],
      edges: [
        { from: 'in', to: adds },
        { from: adds, to: adds, label: 'next item', back: true },
        { from: adds, to: 'out' },
      ],
    },
    run: (input, port) => {
      const items = listInput(input, where);
      return iterate(initial, (soFar, i) => (i < items.length ? port.call(adds, [soFar, items[i]], i) : DONE));
    },
  });
}
