import { type AnyFlow, type Graph, branch, flow, graph, loop, map, parallel, pipe } from '@holon/flow';
import fc from 'fast-check';
import { race } from './flows.ts';

/** Texts that mean something to some drawing language, and anything else that may be a name. */
const HOSTILE = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\N',
    '\\"',
    '<b>',
    '&lt;',
    '#quot;',
    '#35;',
    '%%{init: {}}%%',
    '%% x',
    '---',
    '-->',
    '"]',
    '}}',
    '|x|',
    ';',
    ':::',
  ],
  ...[
    'end',
    'subgraph',
    'click n0 call()',
    'style n0 fill:#f00;',
    'classDef',
    'graph',
    'node',
    'digraph {',
    '$$x$$',
    '1. a',
    '- a',
    '# a',
    '**a**',
  ],
  ...[
    'toString',
    'valueOf',
    'hasOwnProperty',
    '0',
    'fa:fa-car',
    '\u200b',
    '👩‍👩‍👧',
    '日本語',
    'é',
    'ﬂ°°60¶ß',
    '[x]',
    'a%b@c~d:e',
  ],
];

const arbitraryName: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 90 }),
  )
  // Of those that may be names at all.
  .filter((name) => {
    try {
      flow(name, () => undefined);
      return true;
    } catch {
      return false;
    }
  });

/** Any flow of any of the combinators, and of one that the packages don't know, with hostile names. */
export const arbitraryFlow: fc.Arbitrary<AnyFlow> = fc.letrec<{
  flow: AnyFlow;
  task: AnyFlow;
  flows: AnyFlow[];
  named: Record<string, AnyFlow>;
}>((tie) => {
  const one = tie('flow');
  const several = tie('flows');
  return {
    task: arbitraryName.map((name) => flow(name, (value: unknown) => value) as AnyFlow),
    flows: fc.array(one, { minLength: 1, maxLength: 3 }),
    named: fc.dictionary(arbitraryName, one, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    flow: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      tie('task'),
      several.map((flows) => pipe(...(flows as [never]))),
      several.map((flows) => parallel(flows)),
      tie('named').map((flows) => parallel(flows) as AnyFlow),
      fc.tuple(arbitraryName, one).map(([name, each]) => map(name, each)),
      fc.tuple(arbitraryName, one).map(([name, body]) => loop(name, body, { max: 2 }) as AnyFlow),
      fc.tuple(arbitraryName, tie('named')).map(([name, flows]) => branch(name, () => 'x', flows) as AnyFlow),
      fc.tuple(arbitraryName, one, one).map(([name, a, b]) => race(name, a, b)),
      fc
        .tuple(arbitraryName, several, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }))
        .map(([name, flows, picks]) => dagOf(name, flows, picks)),
    ),
  };
}).flow;

/** A graph whose nodes are each fed by the input or an earlier one. */
function dagOf(name: string, flows: readonly AnyFlow[], picks: readonly number[]): AnyFlow {
  return graph(name, (g: Graph<unknown>) => {
    const wires = [g.input];
    flows.forEach((each, index) => {
      const from = wires[picks[index]! % wires.length]!;
      // Two nodes of a graph must not share an explicit name.
      wires.push(g.add(each.with({ name: `${index} ${each.name}`.slice(0, 200) }), from));
    });
    return { all: wires.slice(1) };
  }) as AnyFlow;
}
