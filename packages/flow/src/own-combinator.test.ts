/** A combinator as someone outside this package would write it, through its public surface alone. */
import { describe as suite, expect, test } from 'vitest';
import {
  type Flow,
  type Procedure,
  HolonError,
  combinator,
  describe,
  flow,
  isPromiseLike,
  parallel,
  slot,
} from '@holon/flow';

/** The first of several flows that does not fail. */
function firstOf<In, Out>(name: string, ...options: readonly ((input: In) => Out)[]): Flow<In, Promise<Awaited<Out>>> {
  const slots = options.map((option) => slot(option));
  const next = { id: 'next', shape: 'choice', label: 'failed?' } as const;
  const run: Procedure = async (input, port) => {
    let failure: unknown;
    for (const [index, option] of slots.entries()) {
      try {
        const result = port.scope((scope) => scope.call(option, input));
        return isPromiseLike(result) ? await result : result;
      } catch (error) {
        failure = error;
        if (!port.choose('next', index + 1 < slots.length, index)) break;
      }
    }
    throw new HolonError('no-match', `firstOf "${name}": all failed`, { cause: failure });
  };
  const edges = slots.flatMap((from, i) => [
    { from: i === 0 ? ('in' as const) : next, to: from },
    { from, to: 'out' as const },
    { from, to: next, label: 'failed' },
  ]);
  return combinator({ kind: 'first-of', name, alwaysPromise: true, picture: { slots, marks: [next], edges }, run });
}

suite('a combinator written outside the package', () => {
  const broken = flow('broken', async (x: number): Promise<number> => {
    throw new Error(`no ${x}`);
  });
  const double = flow('double', (x: number) => x * 2);

  test('runs directly', async () => {
    expect(await firstOf<number, number | Promise<number>>('either', broken, double)(4)).toBe(8);
    await expect(firstOf('none', broken)(4)).rejects.toMatchObject({ code: 'no-match', cause: { message: 'no 4' } });
  });

  test('has a picture, inside others as well', () => {
    const either = firstOf<number, number | Promise<number>>('either', broken, double);
    const { nodes, edges } = describe(parallel('both', { either, double }));
    expect(nodes.map(({ id, kind }) => [id, kind])).toEqual([
      ['both', 'parallel'],
      ['both/:join', 'join'],
      ['both/either', 'first-of'],
      ['both/either/:next', 'choice'],
      ['both/either/broken', 'task'],
      ['both/either/double', 'task'],
      ['both/double', 'task'],
    ]);
    expect(edges.filter((edge) => edge.parent === 'both/either')).toHaveLength(6);
  });

  test('takes as many arguments as it says', () => {
    const made = combinator({
      kind: 'own',
      picture: { slots: [], marks: [], edges: [] },
      run: (input) => input,
      arity: 2,
    });
    expect(made.length).toBe(2);
  });
});
