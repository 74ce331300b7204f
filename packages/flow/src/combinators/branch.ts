import { HolonError, textOf } from '../errors.ts';
import { type Flow, combinator, slot } from '../flow.ts';
import { checkKnown } from '../check-known.ts';
import type { OneOf } from './chained.ts';

type Cases<In> = Readonly<Record<string, (input: In) => unknown>>;

/** What a branch over these cases returns. */
type CaseResult<C extends Cases<never>> = OneOf<{ [K in keyof C & string]: ReturnType<C[K]> }>;

/**
 * One of several cases, by the key that `choose` gives for the input; `otherwise` names the case for
 * keys that are none. Synchronous while its cases are; always a promise when one is known to
 * give one.
 *
 * @throws HolonError `no-match`, when it runs, for a key that is no case and no `otherwise`
 *
 * @example
 * const route = branch('route', (order: Order) => order.kind, { book: ship, ebook: email });
 */
export function branch<In, C extends Cases<In>>(
  name: string,
  choose: (input: In) => (keyof C & string) | (string & {}) | number | boolean,
  cases: C,
  options: { readonly otherwise?: (keyof C & string) | undefined } = {},
): Flow<In, CaseResult<C>> {
  const slots = new Map(Object.entries(cases).map(([key, flow]) => [key, slot(flow, { key })]));
  if (slots.size === 0) throw new HolonError('invalid-flow', `branch "${name}" has no cases.`);
  checkKnown(options, ['otherwise'], `branch "${name}"`);
  const otherwise = options.otherwise;
  if (otherwise !== undefined && !slots.has(otherwise)) {
    throw new HolonError(
      'invalid-option',
      `branch "${name}": otherwise: ${textOf(otherwise)} is none of its cases (${[...slots.keys()].join(', ')}).`,
    );
  }
  const which = { id: 'which', shape: 'choice', label: choose.name || 'which' } as const;
  return combinator({
    kind: 'branch',
    name,
    picture: {
      slots: [...slots.values()],
      marks: [which],
      edges: [
        { from: 'in', to: which },
        ...[...slots].map(([key, to]) => ({
          from: which,
          to,
          label: key === otherwise ? `${key}, otherwise` : key,
          when: key,
        })),
        ...[...slots.values()].map((from) => ({ from, to: 'out' as const })),
      ],
    },
    run: (input, port) => {
      const key = String(choose(input as In));
      const chosen = port.choose('which', slots.has(key) ? key : (otherwise ?? key));
      const taken = slots.get(chosen);
      if (taken === undefined) {
        throw new HolonError(
          'no-match',
          `branch "${name}": ${textOf(chosen)} is none of its cases (${[...slots.keys()].join(', ')}), and there is no otherwise. Input: ${textOf(input)}`,
        );
      }
      return port.call(taken, input);
    },
  });
}
