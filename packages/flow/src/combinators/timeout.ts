import { DEFINITION } from '../brand.ts';
import { whenSettled } from '../deferred.ts';
import { type Duration, durationText, parseDuration } from '../duration.ts';
import { HolonError } from '../errors.ts';
import { type AnyFlow, combinator, slot } from '../flow.ts';
import { isPromiseLike } from '../port.ts';
import { firstSettled } from './first-settled.ts';
import { takeName } from './named.ts';
import type { Wrapped } from './wrapped.ts';

/**
 * A flow that may take no longer than `limit`, else it is aborted and this fails with `timeout`. Always a promise. It acts
 * in direct calls, too; the option `timeout` is the engine's.
 *
 * @throws HolonError `timeout`, when it runs, with the message `Timeout`
 *
 * @example
 * const slow = pipe((page: string) => page.length, sleep('5s'));
 * const quick = timeout(slow, '1s');
 * await quick('a page'); // throws Timeout
 */
export function timeout<F, Args extends readonly unknown[], Out>(
  child: F & ((...args: Args) => Out),
  limit: Duration,
): Wrapped<F, Args, Out>;
export function timeout<F, Args extends readonly unknown[], Out>(
  name: string,
  child: F & ((...args: Args) => Out),
  limit: Duration,
): Wrapped<F, Args, Out>;
export function timeout(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('timeout', given);
  const child = slot(rest[0]);
  const limitMs = parseDuration(rest[1], `${where}: limit`);
  const label = `within ${durationText(limitMs)}`;
  return combinator({
    kind: 'timeout',
    name,
    alwaysPromise: true,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [],
      edges: [
        { from: 'in', to: child, label },
        { from: child, to: 'out' },
      ],
    },
    run: (input, port) =>
      firstSettled(port, (scope, resolve, reject) => {
        const result = scope.call(child, input);
        if (!isPromiseLike(result)) return resolve(result);
        whenSettled(result, resolve, reject);
        const late = () => reject(new HolonError('timeout', 'Timeout', { details: { limitMs } }));
        // Ended early, it is because there is an answer, or because all of this is canceled, which the child tells.
        whenSettled(scope.sleep(limitMs, label), late, () => undefined);
      }),
  });
}
