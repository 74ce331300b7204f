/** Files as an author writes them: by hand, formatted by nobody, and with types between the lines of code. */
export const authorFiles: Readonly<Record<string, string>> = {
  'author.ts': `import { flow, graph, loop, map, pipe, type Graph } from '@holon/flow';
import { made, type Erased } from './helper.ts';

interface AlsoErased {
  readonly x: number;
}

const plusOne = flow((given: AlsoErased) => given.x + 1);

export const chain = pipe(
  plusOne,
  (x: number) => ({ x }),
  plusOne,
);
export const typed: (given: Erased) => number = pipe(plusOne, (x) => x);
export const copy = chain.with({ timeout: '1s' });
export const chained = pipe(
  chain,
  (x: number) => ({ x }),
).with({ retry: 1 });
const parted =
  loop('own name', (x: number) => x + 1, { max: 2 }).with({ retry: 1 });
const helped = made((given: Erased) => given.x);
const list = [1].map(() => map(plusOne));
const wired = graph('wired graph', (g: Graph<Erased>) => {
  return g.add(plusOne, g.input);
});

/** Each flow with the text from its place on, and its label. */
export const expected: readonly [unknown, string, string][] = [
  [plusOne, 'flow((given', 'plusOne'],
  [chain, 'chain = pipe(', 'chain'],
  [typed, 'pipe(plusOne, (x)', 'typed'],
  [copy, 'with({ timeout', 'copy'],
  [chained, 'with({ retry: 1 });', 'chained'],
  [parted, 'with({ retry: 1 });', 'own name'],
  [helped, 'pipe(step', 'pipe'],
  [list[0], 'map(plusOne', 'map'],
  [wired, 'graph(', 'wired graph'],
];
`,
  'helper.ts': `import { pipe, type AnyFlow } from '@holon/flow';

export interface Erased {
  readonly x: number;
}

export function made(step: (given: Erased) => number): AnyFlow {
  return pipe(step, (x: number) => x);
}
`,
  'by-library.ts': `import type { AnyFlow } from '@holon/flow';
import { together } from 'a-library';

type Step = (x: number) => number;

const plusOne: Step = (x) => x + 1;
const bound: AnyFlow = together(plusOne, plusOne);
const loose = [together(plusOne)];

export const expected: readonly [unknown, string, string][] = [
  [bound, 'together(', 'bound'],
  [loose[0], 'together(plusOne)]', 'parallel'],
];
`,
  'node_modules/a-library/package.json': '{ "type": "module", "exports": "./index.js" }',
  'node_modules/a-library/index.js': `import { parallel } from '@holon/flow';

export function together(...flows) {
  return [flows].map((each) => parallel(each))[0];
}
`,
  // Prints what is known of each flow of the module given.
  'tell.mjs': `import { pathToFileURL } from 'node:url';
const [, , file, jiti] = process.argv;
const load = jiti === undefined
  ? (url) => import(url)
  : (url) => import('jiti').then(({ createJiti }) => createJiti(import.meta.url).import(url));
const { expected } = await load(pathToFileURL(file).href);
const { definitionOf, describe } = await import('@holon/flow');
const told = expected.map(([made, text, label]) => {
  const { origin, nodes } = { origin: definitionOf(made).origin(), nodes: describe(made).nodes };
  return { origin, text, label, shown: nodes[0].label };
});
console.log(JSON.stringify(told));
`,
};
