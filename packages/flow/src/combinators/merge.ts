import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { takeName } from './named.ts';

/**
 * Several values into one: what `merger` makes of the tuple, or record, of them. The counterpart of `split` and
 * `parallel`. Synchronous while its merger is.
 *
 * @throws what the merger throws
 *
 * @example
 * const parts = parallel({ head: (text: string) => text.slice(0, 1), tail: (text: string) => text.slice(1) });
 * const swapped = merge(({ head, tail }: { head: string; tail: string }) => `${tail} ${head}`);
 * await pipe(parts, swapped)('abc'); // 'bc a'
 */
export function merge<In, Out>(merger: (input: In) => Out): Flow<In, Out>;
export function merge<In, Out>(name: string, merger: (input: In) => Out): Flow<In, Out>;
export function merge(...given: unknown[]): AnyFlow {
  const { name, rest } = takeName('merge', given);
  const merger = slot(rest[0]);
  return combinator({
    kind: 'merge',
    name,
    picture: {
      slots: [merger],
      marks: [],
      edges: [
        { from: 'in', to: merger },
        { from: merger, to: 'out' },
      ],
    },
    run: (input, port) => port.call(merger, input),
  });
}
