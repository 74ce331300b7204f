// Flows in every shape there is, for tests that draw.
import {
  type AnyFlow,
  type Flow,
  type FlowPicture,
  type Graph,
  branch,
  combinator,
  describe,
  flow,
  graph,
  loop,
  map,
  parallel,
  pipe,
  slot,
} from '@holon/flow';
import type { ObservedNode } from '../src/index.ts';

/** A task that fits anywhere: `any` because these flows are drawn, not typed. */
// oxlint-disable-next-line typescript/no-explicit-any
export function step(name: string, options = {}): Flow<any, any> {
  return flow(name, async (value: unknown) => value, options);
}

/** A combinator that no package knows: two attempts at once, the faster result goes on; tries again on doubt. */
export function race(name: string, one: AnyFlow, other: AnyFlow): AnyFlow {
  const slots = [slot(one, { key: 'one' }), slot(other, { key: 'other', many: true })] as const;
  const first = { id: 'first', shape: 'join', label: 'first' } as const;
  const doubt = { id: 'doubt', shape: 'choice', label: 'in doubt?' } as const;
  return combinator({
    kind: 'race',
    name,
    picture: {
      slots,
      marks: [first, doubt],
      edges: [
        { from: 'in', to: slots[0] },
        { from: 'in', to: slots[1], label: 'a moment later' },
        { from: slots[0], to: first },
        { from: slots[1], to: first },
        { from: first, to: doubt },
        { from: doubt, to: slots[0], when: true, back: true },
        { from: doubt, to: 'out', when: false },
      ],
    },
    run: (input, port) => port.call(slots[0], input),
  });
}

/** A combinator whose picture shows no edges at all. */
function bag(name: string, ...flows: AnyFlow[]): AnyFlow {
  const slots = flows.map((each) => slot(each));
  return combinator({ kind: 'bag', name, picture: { slots, marks: [], edges: [] }, run: (input) => input });
}

/** One that may do nothing: its entry leads to its exit as well as to its child. */
function maybe(name: string, child: AnyFlow): AnyFlow {
  const only = slot(child);
  const edges = [
    { from: 'in', to: only },
    { from: only, to: 'out' },
    { from: 'in', to: 'out', label: 'skip' },
  ] as const;
  return combinator({ kind: 'maybe', name, picture: { slots: [only], marks: [], edges }, run: (input) => input });
}

const pipeline: AnyFlow = pipe('pipeline', step('read', { retry: 3, timeout: '10s' }), step('split'), step('write'));
const cases: AnyFlow = branch('byKind', (value: unknown) => String(value), {
  book: step('ship'),
  ebook: step('email'),
  gift: step('wrap'),
});
const both: AnyFlow = parallel('both', { words: step('countWords'), links: step('findLinks') });

export const flows: Readonly<Record<string, AnyFlow>> = {
  task: step('alone'),
  pipe: pipeline,
  map: map('all', step('fetchPage'), { concurrency: 8 }),
  parallel: both,
  branch: cases,
  loop: loop('refine', step('improve'), { while: () => false, max: 3 }),
  graph: graph('checkout', (g: Graph<{ user: string }>) => {
    const user = g.add(
      step('fetchUser'),
      g.input.map((order) => order.user),
    );
    const stock = g.add(step('checkStock'), g.input);
    return g.add(step('charge'), { user, stock });
  }),
  passThrough: graph('same', (g: Graph<string>) => g.input),
  nested: pipe(
    'showcase',
    step('list'),
    map('readAll', pipe('readOne', step('read'), both, cases), { concurrency: 4 }),
    loop('refine', parallel('improve', [step('a'), step('b')]), { until: () => true }),
    branch('route', () => 'x', { x: step('x'), y: cases }),
    graph('last', (g: Graph<unknown>) => ({
      p: g.add(step('p'), g.input),
      q: g.add(race('fast', step('r'), step('s')), g.input),
    })),
  ),
  race: race('race', step('fast'), pipe('slow', step('slow'), step('slower'))),
  bag: pipe('outer', step('before'), bag('bag', step('a'), pipe('b', step('c'))), step('after')),
  maybe: pipe('outer', step('before'), maybe('first', step('a')), maybe('second', step('b')), step('after')),
  named: pipe(
    'toString',
    step('%%{init: {"theme":"dark"}}%%'),
    step('end'),
    step('"]; click n1 "javascript:alert(1)"'),
  ),
};

/** Plain code that was seen calling flows, one of which called others itself. */
export function observedRun(): { picture: FlowPicture; observed: ObservedNode[] } {
  const picture = describe(pipe('study', step('plan'), step('research'), step('print')));
  const seen = (id: string, ...after: string[]): ObservedNode => ({
    node: {
      ...{
        id,
        parent: id.slice(0, id.lastIndexOf('/')),
        shape: 'task',
        kind: 'task',
        label: id.slice(id.lastIndexOf('/') + 1),
      },
      ...{ many: false, policies: [], settings: {}, origin: undefined },
    },
    after,
  });
  const observed = [
    seen('study/research/search'),
    seen('study/research/search/ask'),
    seen('study/research/search/rank', 'study/research/search/ask'),
    seen('study/research/enough', 'study/research/search'),
    seen('study/research/write', 'study/research/enough'),
    seen('nowhere/known'),
  ];
  return { picture, observed };
}
