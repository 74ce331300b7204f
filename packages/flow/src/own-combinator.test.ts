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

  test('lists everything that is wrong with it at once', () => {
    const one = slot(double);
    const elsewhere = slot(double);
    const pick = { id: 'pick', shape: 'choice', label: 'which' } as const;
    const edges = [
      { from: 'in', to: 'pick' },
      { from: pick, to: 'nowhere' },
      { from: elsewhere, to: 'out' },
      { from: double, to: 'in' },
      null,
    ];
    const picture = { slots: [one, one, {}], marks: [pick, pick, { id: '', shape: 'box' }], edges };
    const make = () => combinator({ kind: 'X y!', picture, arity: -1 } as never);
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-flow' }));
    expect(make).toThrow(
      [
        "combinator: the flow can't be made:",
        'kind: "X y!" is no kind: use kebab-case, such as "first-of".',
        'run: undefined is not a function.',
        'arity: -1 is not a whole number from 0.',
        'picture.slots[1] stands there twice: each place has a slot of its own.',
        'picture.slots[2] is no slot: make it with slot(flow).',
        'picture.marks[1]: there is a mark with the id "pick" already.',
        'picture.marks[2]: {"id":"","shape":"box"} is no mark: give an id, a label and the shape "choice" or "join".',
        'picture.edges[0].to is the id of a mark ("pick"): give the mark itself.',
        'picture.edges[1].to: "nowhere" is no place: give a slot, a mark or "out".',
        'picture.edges[2].from is a slot (of "double") that picture.slots doesn\'t have.',
        'picture.edges[3].from is a flow: give its slot.',
        'picture.edges[3].to: "in" is no place: give a slot, a mark or "out".',
        'picture.edges[4]: null is no edge: give { from, to }.',
      ].join('\n  '),
    );
  });

  test.each<[object, string]>([
    [{}, 'picture: undefined is no picture: give { slots, marks, edges }.'],
    [{ picture: { slots: [] } }, 'picture.marks: undefined is not a list.'],
    [{ picture: { slots: [], marks: [], edges: Array(50).fill(0) } }, '… and 30 more.'],
    [{ pictures: [] }, '"pictures" is not an option. Did you mean "picture"?'],
  ])('%j is refused with a reason', (spec, message) => {
    expect(() => combinator({ kind: 'own', run: () => 1, ...spec } as never)).toThrow(message);
  });

  test('calls and decides at what its picture has', () => {
    const only = slot(double);
    const mark = { id: 'which', shape: 'choice', label: 'which' } as const;
    const picture = { slots: [only], marks: [mark], edges: [] };
    const make = (run: Procedure) => combinator({ kind: 'own', name: 'mine', picture, run });
    expect(make((input, port) => port.scope((scope) => scope.call(only, input)))(4)).toBe(8);
    expect(() => make((input, port) => port.call(slot(double), input))(4)).toThrow(
      "mine called a slot that its picture doesn't have",
    );
    expect(() => make((_input, port) => port.scope((scope) => scope.choose('whihc', true)))(4)).toThrow(
      'mine decided at "whihc", a mark that its picture doesn\'t have: list every mark in picture.marks. Did you mean "which"?',
    );
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
