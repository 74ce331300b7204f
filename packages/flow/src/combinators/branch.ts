import { HolonError, textOf } from '../errors.ts';
import { type Flow, combinator, slot } from '../flow.ts';
import { checkKnown } from '../check-known.ts';
import type { Choice } from '../port.ts';
import type { OneOf } from './chained.ts';
import { checkNamed } from './named.ts';

/** What {@link branch} chooses from. */
export type Cases<In> = Readonly<Record<string, (input: In) => unknown>>;

/** What a branch over these cases returns. */
export type CaseResult<C extends Cases<never>> = OneOf<{ [K in keyof C & string]: ReturnType<C[K]> }>;

/** Whether `K` is several literals. One alone leaves nothing to choose; `string`, `number` and patterns have no end of keys. */
type IsExact<K extends Choice> =
  // A record of endless keys asks for none of them.
  Readonly<Record<never, never>> extends Readonly<Record<`${K}`, unknown>> ? false : IsUnion<K>;
type IsUnion<K, Each = K> = true extends (Each extends unknown ? ([K] extends [Each] ? false : true) : never)
  ? true
  : false;

/** What stands for a case that is never chosen: nothing fits it. */
export interface NoSuchCase<Keys> {
  readonly 'choose never gives this key, only': Keys;
}

/** What the cases of a `choose` that gives `K` have to be: one for each key and no others, or any where that can't be told. */
type CheckedCases<In, K extends Choice, C, Otherwise> = [Otherwise] extends [never]
  ? IsExact<K> extends true
    ? { readonly [P in `${K}`]: (input: In) => unknown } & {
        readonly [P in keyof NoInfer<C> as string extends P ? never : Exclude<P, Spelt<`${K}`>>]: NoSuchCase<`${K}`>;
      }
    : unknown
  : unknown;
/** A key of digits is a number to types. */
type Spelt<Key extends string> = Key | (Key extends `${infer N extends number}` ? N : never);

/**
 * One of several cases, by the key that `choose` gives for the input; `otherwise` names the case for
 * keys that are none. Synchronous while its cases are; always a promise when one is known to
 * give one.
 *
 * Where `choose` returns one of several literals (`'book' | 'ebook'`, a boolean) and there is no `otherwise`, types ask
 * for a case for each and refuse others. Where it returns any string or number, what is missing shows when it runs.
 *
 * @throws HolonError `no-match`, when it runs, for a key that is no case and no `otherwise`
 *
 * @example
 * const kindOf = (order: { kind: 'book' | 'ebook'; title: string }) => order.kind;
 * const route = branch('route', kindOf, {
 *   book: ({ title }) => `a parcel with ${title}`,
 *   ebook: ({ title }) => `a mail with ${title}`,
 * });
 * route({ kind: 'ebook', title: 'Emma' }); // 'a mail with Emma'
 */
export function branch<In, K extends Choice, C extends Cases<In>, Otherwise extends keyof C & string = never>(
  name: string,
  choose: (input: In) => K,
  cases: C & CheckedCases<In, K, C, Otherwise>,
  options: { readonly otherwise?: Otherwise | undefined } = {},
): Flow<In, CaseResult<C>> {
  checkNamed('branch', name, 'branch(name, choose, cases)');
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
