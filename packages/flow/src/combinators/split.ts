import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { gather } from './gather.ts';
import { takeName } from './named.ts';

/** What a splitter gives: a tuple, kept as one, or an array. */
type Parts = readonly unknown[] | readonly [];

/** A flow for each part, or for the first ones; a place left undefined, or none, is a part that passes through. */
export type PartFlows<P extends Parts> = { readonly [I in keyof P]?: ((part: P[I]) => unknown) | undefined };

/** What the parts have become. */
export type SplitResults<P extends Parts, F extends readonly unknown[]> = number extends P['length']
  ? (PartResult<F[number], P[number]> | P[number])[]
  : { -readonly [I in keyof P]: I extends keyof F ? PartResult<F[I], P[I]> : P[I] };
type PartResult<F, Part> = F extends (...args: never[]) => infer Out ? Awaited<Out> : Part;

/**
 * Takes its input apart and gives each part to a flow of its own, all at once: part i to flow i. A part without a flow
 * passes through. Always a promise of the parts in order. When one fails, its siblings are aborted and awaited,
 * then it fails the same way.
 *
 * @throws HolonError `invalid-output`, when it runs, where the splitter gives no array
 *
 * @example
 * const pair = (line: string): [string, string] => [line.slice(0, 1), line.slice(2)];
 * const parsed = split(pair, [(key) => key.toUpperCase(), Number]);
 * await parsed('a=5'); // ['A', 5]
 */
export function split<In, P extends Parts, const F extends PartFlows<P>>(
  splitter: (input: In) => P | Promise<P>,
  flows: F,
): Flow<In, Promise<SplitResults<P, F>>>;
export function split<In, P extends Parts, const F extends PartFlows<P>>(
  name: string,
  splitter: (input: In) => P | Promise<P>,
  flows: F,
): Flow<In, Promise<SplitResults<P, F>>>;
export function split(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('split', given);
  const splitter = slot(rest[0]);
  const flows = rest[1];
  if (!Array.isArray(flows))
    throw new HolonError('invalid-flow', `${where}: ${textOf(flows)} is not an array of flows.`);
  const places = flows.map((flow: unknown) => (flow === undefined ? undefined : slot(flow)));
  const slots = places.filter((place) => place !== undefined);
  const join = { id: 'join', shape: 'join', label: 'all' } as const;
  return combinator({
    kind: 'split',
    name,
    alwaysPromise: true,
    picture: {
      slots: [splitter, ...slots],
      marks: [join],
      edges: [
        { from: 'in', to: splitter },
        ...places.flatMap((to, i) => (to === undefined ? [] : [{ from: splitter, to, label: `part ${i + 1}` }])),
        { from: splitter, to: join, label: 'other parts' },
        ...slots.map((from) => ({ from, to: join })),
        { from: join, to: 'out' as const },
      ],
    },
    run: async (input, port) => {
      const parts = await port.call(splitter, input);
      if (!Array.isArray(parts)) {
        throw new HolonError(
          'invalid-output',
          `${where}: the splitter has to give an array; it gave ${textOf(parts)}.`,
        );
      }
      return port.scope((scope) =>
        gather(parts.length, parts.length, (i) => {
          const place = places[i];
          return place === undefined ? parts[i] : scope.call(place, parts[i]);
        }),
      );
    },
  });
}
