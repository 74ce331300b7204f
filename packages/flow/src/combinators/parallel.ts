import type { Slot } from '../definition.ts';
import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { mapResult } from '../deferred.ts';
import { gather } from './gather.ts';
import { takeName } from './named.ts';

type Branch = (input: never) => unknown;
/** What {@link parallel} takes: a record, or a tuple or array. */
export type Branches = readonly Branch[] | Readonly<Record<string, Branch>>;

/** What every branch can be given: the intersection of what each takes. */
export type BranchInput<B extends Branches> = {
  [K in keyof B]: B[K] extends (input: infer I) => unknown ? (input: I) => void : never;
} extends infer Takers
  ? Takers[keyof Takers & (B extends readonly unknown[] ? number : keyof Takers)] extends (input: infer All) => void
    ? All
    : never
  : never;

/** The branches' results under the same keys. */
export type BranchResults<B extends Branches> = {
  -readonly [K in keyof B]: B[K] extends (...args: never[]) => infer Out ? Awaited<Out> : never;
};

/**
 * The same input to every branch at once; results under the branches' keys, or in their order. Always
 * a promise. When one fails, its siblings are aborted and awaited, then it fails the same way.
 *
 * @throws HolonError `invalid-flow` for what is neither a list nor a record of functions; when it runs, what the first
 *   branch that fails throws
 *
 * @example
 * const profile = parallel({
 *   words: (text: string) => text.split(' ').length,
 *   shout: async (text: string) => text.toUpperCase(),
 * });
 * await profile('so it is'); // { words: 3, shout: 'SO IT IS' }
 */
export function parallel<const B extends Branches>(
  name: string,
  branches: B,
): Flow<BranchInput<B>, Promise<BranchResults<B>>>;
export function parallel<const B extends Branches>(branches: B): Flow<BranchInput<B>, Promise<BranchResults<B>>>;
export function parallel(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('parallel', given);
  const { keys, slots } = branchSlots(rest[0], where);
  const isList = Array.isArray(rest[0]);
  const join = { id: 'join', shape: 'join', label: 'all' } as const;
  return combinator({
    kind: 'parallel',
    name,
    alwaysPromise: true,
    picture: {
      slots,
      marks: [join],
      edges: [
        ...slots.map((to) => ({ from: 'in' as const, to })),
        ...slots.map((from) => ({ from, to: join })),
        { from: join, to: 'out' },
      ],
    },
    run: (input, port) => {
      const work = port.scope((scope) => gather(slots.length, slots.length, (i) => scope.call(slots[i]!, input)));
      return isList
        ? work
        : mapResult(work, (results) => Object.fromEntries(keys.map((key, i) => [key, (results as unknown[])[i]])));
    },
  });
}

/**
 * The slots of a record or list of branches, and their keys: of a list, the positions.
 *
 * @throws HolonError `invalid-flow` when it is neither, or has something in it that is no function
 */
export function branchSlots(
  branches: unknown,
  where: string,
): { readonly keys: readonly string[]; readonly slots: readonly Slot[] } {
  if (typeof branches !== 'object' || branches === null) {
    throw new HolonError('invalid-flow', `${where}: ${textOf(branches)} is neither an array nor a record of flows.`);
  }
  const isList = Array.isArray(branches);
  const entries = Object.entries(branches);
  return {
    keys: entries.map(([key]) => key),
    slots: entries.map(([key, branch]) => slot(branch, isList ? {} : { key })),
  };
}
