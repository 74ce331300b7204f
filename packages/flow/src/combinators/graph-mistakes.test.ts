import { describe, expect, test } from 'vitest';
import { type HolonError, isHolonError } from '../errors.ts';
import { flow } from '../flow.ts';
import { type Graph, graph } from './graph.ts';
import { map } from './map.ts';
import { pipe } from './pipe.ts';
import type { Wire } from './wire.ts';

const id = (x: number) => x;
const add = (x: number, y: number) => x + y;

function refusal(build: () => unknown): HolonError {
  try {
    build();
  } catch (error) {
    if (isHolonError(error)) return error;
    throw error;
  }
  throw new Error('it was built');
}

/** The message, with lines counted from the one of the graph. */
function messageOf(build: () => unknown): string {
  const { message, details } = refusal(build);
  const { line, file } = details as { line: number; file: string };
  expect(file).toMatch(/graph-mistakes\.test\.ts$/);
  return message
    .replaceAll(/ \(line (\d+)\)/g, (_all, at: string) => ` (line + ${Number(at) - line})`)
    .replaceAll(`${file}:`, 'file:')
    .replaceAll(/file:(\d+)/g, (_all, at: string) => `line + ${Number(at) - line}`);
}

/** What is wrong with one graph over a number. */
function problemsOf(build: (g: Graph<number>) => unknown): unknown {
  return refusal(() => graph('g', build as never)).details?.['problems'];
}

const noCycles = 'A graph has no cycles: a node is fed by nodes added before it; to go round again, use loop().';
const noResult = 'It has no result: return a wire (what g.add gives), or a record or list of wires.';
const question = 'One marked with a question mark (b?) counts: give it a default, or set params.';
const names =
  'Use 1 to 200 characters without "/" and control characters, and none of ".", "..", __proto__, constructor, prototype.';

describe('mistakes in a graph', () => {
  test('are said at once, each with its line, those in flows made on the way as well', () => {
    // oxfmt-ignore
    const build = () =>
      graph('bad/name', (g: Graph<number>) => {
        const hostile = g.add(flow('a/b', id), g.input);
        const slow = g.add(flow('slow', id, { timeout: '4000d', retyr: 1 } as never), hostile);
        const few = g.add(flow('few', add) as never, slow);
        const copied = g.add(flow('copied', id).with({ timeuot: 1 } as never), few as never);
        const piped = g.add(flow('piped', id).pipe(5 as never), copied);
        const mapped = g.add(id, (piped as Wire<number>).map(5 as never));
        const inner = g.add(graph('inner', () => undefined as never), mapped);
        g.add(flow({ fn: id, onError: 5 as never }), inner as never);
        g.add(7 as never, g.input);
        return g.add(flow('few', id), g.input);
      }, { version: Number.NaN });
    expect(messageOf(build)).toBe(
      [
        'graph "bad/name" can\'t be built (line + 0):',
        'graph:',
        `  name: "bad/name" can't be a name. ${names}`,
        '  version: NaN is neither a text nor a finite number.',
        `flow "a/b": name: "a/b" can't be a name. ${names} (line + 1)`,
        'flow "slow":',
        '  "retyr" is not an option. Did you mean "retry"?',
        '  timeout: "4000d" is not a duration: it is too long. The longest is 3660d, ten years. (line + 2)',
        `Node "few" takes 2 wires and was given 1. Give one for each parameter. ${question} (line + 3)`,
        'with() of "copied": "timeuot" is not an option. Did you mean "timeout"? (line + 4)',
        '5 is neither a flow nor a function. (line + 5)',
        'map() of a wire takes a function; it was given 5. (line + 6)',
        'graph "inner" can\'t be built (line + 7):',
        `  ${noResult} (line + 7)`,
        'flow({…}): onError: 5 is not a function. (line + 8)',
        'Node 9: 7 is neither a flow nor a function. (line + 9)',
        'Two nodes are named "few". Give one another name: .with({ name: "…" }).',
      ].join('\n  '),
    );
    expect(refusal(build)).toMatchObject({ code: 'invalid-graph', details: { problems: { length: 11 } } });
  });

  test('that are all of one kind have the code of that kind', () => {
    const twice = refusal(() => graph('g', (g: Graph<number>) => g.add(flow('a', id), g.add(flow('a', id), g.input))));
    expect([twice.code, twice.details?.['problems']]).toEqual([
      'duplicate-name',
      ['Two nodes are named "a". Give one another name: .with({ name: "…" }).'],
    ]);
    expect(refusal(() => graph('g', (g: Graph<number>) => g.add(flow('a/b', id), g.input))).code).toBe('invalid-name');
    const option = () => graph('g', (g: Graph<number>) => g.add(flow('a', id, { retry: -1 }), g.input));
    expect(refusal(option).code).toBe('invalid-option');
  });

  test('equal function names are none', async () => {
    expect(await graph('g', (g: Graph<number>) => g.add(id, g.add(id, g.input)))(3)).toBe(3);
  });

  test('cycles: a wire that is there only later, a node fed by itself', () => {
    let later: Wire<number> | undefined;
    let self: Wire<number> | undefined;
    const problems = problemsOf((g) => {
      const first = g.add(flow('first', id), later!);
      later = g.add(flow('second', id), first);
      self = g.add(flow('self', id), self!);
      return later;
    });
    expect(problems).toEqual([
      `Parameter 1 of node "first" is undefined, no wire. ${noCycles}`,
      `Parameter 1 of node "self" is undefined, no wire. ${noCycles}`,
    ]);
    const early = problemsOf((g) => {
      // @ts-expect-error a const has no value before its line
      const first: Wire<number> = g.add(id, second);
      const second: Wire<number> = g.add(id, first);
      return second;
    });
    expect(early).toEqual([
      `A wire was used before it was made (Cannot access 'second' before initialization). ${noCycles}`,
    ]);
    const around: Record<string, unknown> = {};
    around['back'] = around;
    expect(problemsOf((g) => g.add(flow('round', id), { wire: g.input, around } as never))).toEqual([
      'Parameter 1 of node "round", at around.back, contains itself.',
    ]);
    const inItself = problemsOf((g) => g.add(own as never, g.input));
    const own = graph('own', (g: Graph<number>) => g.input);
    expect(inItself).toEqual([
      `A wire was used before it was made (Cannot access 'own' before initialization). ${noCycles}`,
    ]);
  });

  test('what is no wire, and a wire of another graph', () => {
    let stranger: Wire<number> | undefined;
    graph('other', (g: Graph<number>) => (stranger = g.input));
    const other = flow('other', id);
    const problems = problemsOf((g) => {
      g.add(flow('foreign', id), stranger!);
      g.add(flow('constant', id), { list: [g.input, { n: 5 }] } as never);
      g.add(flow('flow', id), other as never);
      g.add((x: number) => x, 'text' as never);
      return { total: 5, wire: g.input };
    });
    const constants = 'no wire: use what g.input and g.add give; constants belong into the flow itself.';
    expect(problems).toEqual([
      'Parameter 1 of node "foreign" is a wire of another graph ("other").',
      `Parameter 1 of node "constant", at list.1.n, is 5, ${constants}`,
      'Parameter 1 of node "flow" is the flow "other", no wire: add it with g.add, and use what that gives.',
      `Parameter 1 of node 4 is "text", ${constants}`,
      `The result, at total, is 5, ${constants}`,
    ]);
  });

  const oneMore = 'Several values for one parameter are a record or a list of wires.';
  test.each<[string, unknown, number, string]>([
    ['too few', flow('n', add), 1, `takes 2 wires and was given 1. Give one for each parameter. ${question}`],
    ['none', flow('n', id), 0, `takes 1 wire and was given 0. Give one for each parameter. ${question}`],
    ['too many', flow('n', id), 2, `takes 1 wire and was given 2. ${oneMore}`],
    ['for nothing', flow('n', () => 5), 1, `takes 0 wires and was given 1. ${oneMore}`],
    ['a composite', map('n', id), 2, `takes at most 1 wire and was given 2. ${oneMore}`],
    ['a chain', pipe('n', add, id), 1, `takes 2 wires and was given 1. Give one for each parameter. ${question}`],
    [
      'a default',
      flow('n', (x: number, y: number = 1) => x + y, { params: ['x', 'y'] }),
      3,
      `takes at most 2 wires and was given 3. ${oneMore}`,
    ],
  ])('wires for the parameters: %s', (_name, node, count, problem) => {
    expect(problemsOf((g) => g.add(node as never, ...(Array(count).fill(g.input) as [never])))).toEqual([
      `Node "n" ${problem}`,
    ]);
  });

  test('as many wires as a default or a rest allows are none', async () => {
    const sum = graph('g', (g: Graph<number>) => {
      const one = g.add((x: number, y: number = 10) => x + y, g.input);
      const two = g.add((x: number, y: number = 10) => x + y, one, one);
      return g.add((...all: number[]) => all.length, one, two, two);
    });
    expect(await sum(1)).toBe(3);
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, noResult],
    ['an empty record', {}, noResult],
    [
      'null',
      null,
      'The result is null, no wire: use what g.input and g.add give; constants belong into the flow itself.',
    ],
  ])('a result that is %s', (_name, result, problem) => {
    expect(problemsOf(() => result)).toEqual([problem]);
  });

  test('a build function that is asynchronous; its failure is nobody else’s', async () => {
    const problems = problemsOf(async () => {
      throw new Error('nobody’s');
    });
    expect(problems).toEqual(['Its build function gave a promise: it has to add all nodes, and return, at once.']);
    await Promise.resolve();
  });

  test('nodes added too late', () => {
    let kept: Graph<number> | undefined;
    graph('g', (g: Graph<number>) => {
      kept = g;
      return g.input;
    });
    expect(() => kept!.add(id, kept!.input)).toThrow(
      'graph "g": g.add was called when the graph was built already. Nodes are added before the build function returns.',
    );
  });

  test('what the build function throws is its own, unless it was told of mistakes before', () => {
    const boom = new TypeError('boom');
    const build = () => {
      throw boom;
    };
    expect(() => graph('g', build)).toThrow(boom);
    expect(
      problemsOf((g) => {
        g.add(flow('a/b', id), g.input);
        return build();
      }),
    ).toEqual([`flow "a/b": name: "a/b" can't be a name. ${names}`, 'Its build function threw TypeError: boom.']);
    // What a combinator refuses ends the build.
    expect(problemsOf((g) => g.add(map(id, { concurrency: 0 }), g.input as never))).toEqual([
      'map: concurrency: 0 is neither a whole number from 1 nor Infinity.',
    ]);
    expect(() => graph('g', 5 as never)).toThrow('graph "g": 5 is no build function.');
    expect(() => graph((() => 1) as never, undefined as never)).toThrow(
      'graph has its name first: graph(name, (g) => …).',
    );
  });

  test('a flow made in a build that went wrong is only a stand-in; outside, mistakes are thrown at once', () => {
    let broken: ((x: number) => unknown) | undefined;
    problemsOf((g) => g.add((broken = flow('a/b', id)), g.input));
    expect(() => broken!(1)).toThrow('"a/b" can\'t be a name');
    expect(() => flow('a/b', id)).toThrow('"a/b" can\'t be a name');
  });
});
