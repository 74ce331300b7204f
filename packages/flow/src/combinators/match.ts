import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';
import { type Pattern, fits, patternText } from './pattern.ts';
import type { AnyFunction } from './wrapped.ts';

/** A pattern, or a function that says whether the input fits, and the flow for what does. */
export type MatchCase<In> = readonly [
  pattern: ((input: In) => boolean) | Pattern<NoInfer<In>>,
  flow: (input: In) => unknown,
];

type CaseShape = readonly [unknown, AnyFunction];

/** What one of the cases comes to. */
export type MatchResult<Cases extends readonly CaseShape[]> = Awaited<ReturnType<Cases[number][1]>>;

/**
 * The first of several cases whose pattern fits the input; `otherwise` for what fits none. Always a promise. Where a key
 * says which case it is, use `branch`, whose types ask for every case.
 *
 * @throws HolonError `no-match`, when it runs, for an input that fits no case, and no `otherwise`
 *
 * @example
 * type Order = { kind: 'book' | 'ebook'; count: number };
 * const ship = match(
 *   [
 *     [{ kind: 'ebook' }, (_order: Order) => 'a mail'],
 *     [{ kind: 'book', count: (n) => n > 100 }, () => 'freight'],
 *   ],
 *   ({ count }) => `${count} parcels`,
 * );
 * await ship({ kind: 'book', count: 3 }); // '3 parcels'
 */
export function match<In, const Cases extends readonly CaseShape[], Other = never>(
  name: string,
  cases: Cases & readonly MatchCase<In>[],
  otherwise?: (input: In) => Other,
): Flow<In, Promise<MatchResult<Cases> | Awaited<Other>>>;
export function match<In, const Cases extends readonly CaseShape[], Other = never>(
  cases: Cases & readonly MatchCase<In>[],
  otherwise?: (input: In) => Other,
): Flow<In, Promise<MatchResult<Cases> | Awaited<Other>>>;
export function match(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('match', given);
  const cases = casesOf(rest[0], where);
  const places = cases.map(([, flow]) => slot(flow));
  const otherwise = rest[1] === undefined ? undefined : slot(rest[1]);
  const slots = otherwise === undefined ? places : [...places, otherwise];
  const which = { id: 'which', shape: 'choice', label: 'which' } as const;
  return combinator({
    kind: 'match',
    name,
    alwaysPromise: true,
    picture: {
      slots,
      marks: [which],
      edges: [
        { from: 'in', to: which },
        ...places.map((to, i) => ({ from: which, to, label: patternText(cases[i]![0]), when: i })),
        ...(otherwise === undefined ? [] : [{ from: which, to: otherwise, label: 'otherwise', when: 'otherwise' }]),
        ...slots.map((from) => ({ from, to: 'out' as const })),
      ],
    },
    run: (input, port) => {
      const value = oneInput(input);
      const found = cases.findIndex(([pattern]) => fits(pattern, value, where));
      const chosen = port.choose<string | number>('which', found >= 0 ? found : 'otherwise');
      const taken = chosen === 'otherwise' ? otherwise : places[Number(chosen)];
      if (taken !== undefined) return port.call(taken, value);
      const patterns = cases.map(([pattern]) => patternText(pattern)).join(', ');
      throw new HolonError(
        'no-match',
        `${where}: ${textOf(value)} fits none of ${patterns}, and there is no otherwise.`,
      );
    },
  });
}

function casesOf(cases: unknown, where: string): readonly CaseShape[] {
  const isCases = Array.isArray(cases) && cases.every((each) => Array.isArray(each) && each.length === 2);
  if (isCases && cases.length > 0) return cases as readonly CaseShape[];
  throw new HolonError(
    'invalid-flow',
    `${where}: ${textOf(cases)} is no list of cases: give [[pattern, flow], …], one or more.`,
  );
}
