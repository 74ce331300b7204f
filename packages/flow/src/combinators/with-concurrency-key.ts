import { DEFINITION } from '../brand.ts';
import { type AnyFlow, type InputTo, combinator, slot } from '../flow.ts';
import type { KeyOf } from '../policies/scheduling.ts';
import { takeName } from './named.ts';
import type { AnyFunction, Wrapped } from './wrapped.ts';

/**
 * A flow of which at most `limit` are under way at once, together with all that name the same key: a bulkhead, so that
 * what one service is slow at takes up no more than its share. Further calls wait, first come, first served. Always a
 * promise.
 *
 * The key is a text, or a function that gives one for an input: one account at a time, whatever else runs. It is held
 * from the child's beginning to its end, and what is called within has it already. It acts in direct calls, too, which
 * can follow that only as far as the first `await` of plain code: within it, name no key twice. In an engine it is one
 * with the option `concurrencyKey`, goes by the engine's scheduler, and can't deadlock.
 *
 * @throws HolonError `invalid-option` naming the option and the value; when it runs, what the key function or the flow throws
 *
 * @example
 * let open = 0;
 * const counted = async (id: number) => {
 *   open += 1;
 *   await new Promise((resolve) => setTimeout(resolve, 5));
 *   return `${open--} at ${id}`;
 * };
 * const oneByOne = withConcurrencyKey(counted, 'printer', 1);
 * await Promise.all([oneByOne(1), oneByOne(2)]); // ['1 at 1', '1 at 2']
 */
export function withConcurrencyKey<F extends AnyFunction>(
  child: F,
  key: KeyOf<InputTo<F, Parameters<F>>>,
  limit: number,
): Wrapped<F>;
export function withConcurrencyKey<F extends AnyFunction>(
  name: string,
  child: F,
  key: KeyOf<InputTo<F, Parameters<F>>>,
  limit: number,
): Wrapped<F>;
export function withConcurrencyKey(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('withConcurrencyKey', given);
  const child = slot(rest[0]);
  const [, key, limit] = rest as [unknown, KeyOf<unknown>, number];
  return combinator({
    kind: 'with-concurrency-key',
    name,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [],
      edges: [
        { from: 'in', to: child },
        { from: child, to: 'out' },
      ],
    },
    options: { concurrencyKey: { key, limit } },
    holdsKey: true,
    run: (input, port) => port.call(child, input),
  });
}
