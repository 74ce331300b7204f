/** The plain combinators around one or two flows from number to number, and what each means without any port. */
import { context } from '../ambient.ts';
import { compose } from '../combinators/compose.ts';
import { constant } from '../combinators/constant.ts';
import { fallback } from '../combinators/fallback.ts';
import { filter } from '../combinators/filter.ts';
import { identity } from '../combinators/identity.ts';
import { match } from '../combinators/match.ts';
import { maybe } from '../combinators/maybe.ts';
import { merge } from '../combinators/merge.ts';
import { pipe } from '../combinators/pipe.ts';
import { race } from '../combinators/race.ts';
import { reduce } from '../combinators/reduce.ts';
import { repeat } from '../combinators/repeat.ts';
import { result } from '../combinators/result.ts';
import { retry } from '../combinators/retry.ts';
import { split } from '../combinators/split.ts';
import { tap } from '../combinators/tap.ts';
import { timeout } from '../combinators/timeout.ts';
import { validate } from '../combinators/validate.ts';
import { when } from '../combinators/when.ts';
import type { Flow } from '../flow.ts';
import { type Meaning, type Means, andThen, failsWith, itemsOf, sum, together } from './meaning.ts';

export type Numeric = Flow<number, number | Promise<number>>;

interface Form {
  /** Whether calling it gives a promise: always, or when its first child does. */
  readonly promised: 'always' | 'as its first';
  readonly build: (one: Numeric, other: Numeric, n: number) => Numeric;
  readonly means: (one: Means, other: Means, n: number, x: number) => Meaning;
}

const isEven = (x: number): boolean => x % 2 === 0;
const even = (one: Numeric) => pipe(one, isEven);
const isEvenOf = (meaning: Meaning): boolean => 'value' in meaning && isEven(meaning.value);

/** Fails in the first `times` tries. */
const failFirst = (times: number) => (x: number) => {
  if (context().iteration! < times) throw new Error('not yet');
  return x;
};

/** Ends when it is aborted, and not before. */
async function endless(_x: number): Promise<number> {
  const { signal } = context();
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  return Number.NaN;
}

export const forms: Readonly<Record<string, Form>> = {
  compose: {
    promised: 'as its first',
    build: (one) => compose(identity<number>(), one, pipe()),
    means: (one, _other, _n, x) => one(x),
  },
  constant: {
    promised: 'as its first',
    build: (one, _other, n) => pipe(one, constant(n)),
    means: (one, _other, n, x) => andThen(one(x), () => ({ value: n })),
  },
  merge: {
    promised: 'as its first',
    build: (one, _other, n) =>
      pipe(
        (x: number): [number, number] => [x, n],
        merge(([a, b]) => a + b),
        one,
      ),
    means: (one, _other, n, x) => one(x + n),
  },
  validate: {
    promised: 'as its first',
    build: (one) => validate(even(one), 'odd'),
    means: (one, _other, _n, x) => andThen(one(x), (y) => (isEven(y) ? { value: x } : failsWith('odd'))),
  },
  filter: {
    promised: 'always',
    build: (one, _other, n) => pipe((x: number) => itemsOf(x, n), filter(even(one), { concurrency: 2 }), sum),
    means: (one, _other, n, x) => {
      const asked = itemsOf(x, n).map((item) => ({ item, answer: one(item) }));
      const all = together(asked.map(({ answer }) => answer));
      return andThen(all, () => ({
        value: sum(asked.filter(({ answer }) => isEvenOf(answer)).map(({ item }) => item)),
      }));
    },
  },
  reduce: {
    promised: 'always',
    build: (one, _other, n) =>
      pipe(
        (x: number) => itemsOf(x, n),
        reduce(
          pipe(([soFar, x]: [number, number]) => soFar + x, one),
          1,
        ),
      ),
    means: (one, _other, n, x) =>
      itemsOf(x, n).reduce<Meaning>((soFar, item) => andThen(soFar, (total) => one(total + item)), { value: 1 }),
  },
  repeat: {
    promised: 'always',
    build: (one, _other, n) => repeat(one, n),
    means: (one, _other, n, x) => itemsOf(0, n).reduce<Meaning>((soFar) => andThen(soFar, one), { value: x }),
  },
  race: {
    promised: 'always',
    build: (one, _other, n) => race(n % 2 === 0 ? [one, endless] : [endless, one, endless]),
    means: (one, _other, _n, x) => one(x),
  },
  timeout: {
    promised: 'always',
    build: (one) => timeout(one, '1d'),
    means: (one, _other, _n, x) => one(x),
  },
  retry: {
    promised: 'always',
    build: (one, _other, n) => retry(pipe(failFirst(n), one), 2, 0),
    means: (one, _other, n, x) => (n > 2 ? failsWith('not yet') : one(x)),
  },
  fallback: {
    promised: 'always',
    build: (one, other) => fallback(one, other),
    means: (one, other, _n, x) => {
      const first = one(x);
      return 'value' in first ? first : other(x);
    },
  },
  maybe: {
    promised: 'always',
    build: (one, _other, n) =>
      pipe(
        (x: number) => (x % 3 === 0 ? null : x),
        maybe(one),
        (y) => y ?? n,
      ),
    means: (one, _other, n, x) => (x % 3 === 0 ? { value: n } : one(x)),
  },
  result: {
    promised: 'always',
    build: (one, other, n) =>
      pipe(
        (value: number) => ({ ok: true, value }) as const,
        result(one),
        result(other),
        (tried) => (tried.ok ? tried.value : n),
      ),
    means: (one, other, n, x) => {
      const tried = andThen(one(x), other);
      return 'value' in tried ? tried : { value: n };
    },
  },
  tap: {
    promised: 'always',
    build: (one) => tap(one),
    means: (one, _other, _n, x) => andThen(one(x), () => ({ value: x })),
  },
  split: {
    promised: 'always',
    build: (one, other, n) =>
      pipe(
        split((x: number): number[] => itemsOf(x, n), [one, undefined, other]),
        sum,
      ),
    means: (one, other, n, x) =>
      together(itemsOf(x, n).map((item, i) => (i === 0 ? one(item) : i === 2 ? other(item) : { value: item }))),
  },
  when: {
    promised: 'always',
    build: (one, other) => when(even(one), other),
    means: (one, other, _n, x) => andThen(one(x), (y) => (isEven(y) ? other(x) : { value: x })),
  },
  match: {
    promised: 'always',
    build: (one, other, n) =>
      match(
        [
          [n, one],
          [isEven, other],
        ],
        (x) => x + n,
      ),
    means: (one, other, n, x) => (Object.is(x, n) ? one(x) : isEven(x) ? other(x) : { value: x + n }),
  },
};
