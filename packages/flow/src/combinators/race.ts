import { HolonError } from '../errors.ts';
import { type AnyFlow, type Flow, combinator } from '../flow.ts';
import { whenSettled } from '../deferred.ts';
import { isPromiseLike } from '../port.ts';
import { firstSettled } from './first-settled.ts';
import { takeName } from './named.ts';
import { type BranchInput, type BranchResults, type Branches, branchSlots } from './parallel.ts';

/** What one of the branches comes to. */
export type BranchResult<B extends Branches> = BranchResults<B>[keyof B &
  (B extends readonly unknown[] ? number : keyof B)];

/**
 * The same input to several flows at once; what settles first, a failure as well, is what it comes to. Always a
 * promise. The others are aborted, and those that have not started never do: after a flow that
 * settles at once, no further one starts.
 *
 * @throws HolonError `invalid-flow` without a flow: nothing would ever settle
 *
 * @example
 * const origin = pipe((name: string) => `${name} from the origin`, sleep('2s'));
 * const mirror = pipe((name: string) => `${name} from the mirror`, sleep('1s'));
 * const fastest = race({ origin, mirror });
 * await fastest('a page'); // 'a page from the mirror'
 */
export function race<const B extends Branches>(name: string, flows: B): Flow<BranchInput<B>, Promise<BranchResult<B>>>;
export function race<const B extends Branches>(flows: B): Flow<BranchInput<B>, Promise<BranchResult<B>>>;
export function race(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('race', given);
  const { keys, slots } = branchSlots(rest[0], where);
  if (slots.length === 0) throw new HolonError('invalid-flow', `${where} has no flows: nothing would ever settle.`);
  const first = { id: 'first', shape: 'join', label: 'first' } as const;
  return combinator({
    kind: 'race',
    name,
    alwaysPromise: true,
    picture: {
      slots,
      marks: [first],
      edges: [
        ...slots.map((to) => ({ from: 'in' as const, to })),
        ...slots.map((from) => ({ from, to: first })),
        { from: first, to: 'out' },
      ],
    },
    run: (input, port) =>
      firstSettled(port, (scope, resolve, reject) => {
        let winner: string | undefined;
        const wins = (key: string): boolean => (winner ??= scope.choose('first', key)) === key;
        for (const [i, slot] of slots.entries()) {
          const key = keys[i]!;
          let result: unknown;
          try {
            result = scope.call(slot, input);
          } catch (error) {
            if (wins(key)) return reject(error);
            continue;
          }
          if (isPromiseLike(result)) {
            whenSettled(
              result,
              (value) => wins(key) && resolve(value),
              (error) => wins(key) && reject(error),
            );
          } else if (wins(key)) return resolve(result);
        }
      }),
  });
}
