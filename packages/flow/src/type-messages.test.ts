import { expect, test } from 'vitest';
import { complaintsOf, openProject } from './test/compiled.ts';

/** A mistake, with `⟨…⟩` around the place where it has to be reported, and words of the message in order. */
const mistakes: readonly (readonly [source: string, words: string])[] = [
  ['length.pipe(⟨length⟩)', "Flow<string, number, [text: string]>.*parameter of type '(input: number) => number'"],
  ['pipe(length, ⟨length⟩)', "not assignable to type '(input: number) => unknown'"],
  ['later.pipe(⟨(x: number) => x⟩)', "parameter of type '(input: string) => number'"],
  ['length(⟨5⟩)', "'number' is not assignable to parameter of type 'string'"],
  ['flow((x: number) => x, { ⟨tiemout⟩: 5 })', "'tiemout' does not exist.*Did you mean to write 'timeout'"],
  ["flow('f', (x: number) => x, { ⟨owner⟩: 'me' })", "'owner' does not exist"],
  [
    "flow('f', (x: number) => x, { ⟨timeout⟩: 'soon' })",
    `Type '"soon"' is not assignable to type 'Duration | undefined'`,
  ],
  ['flow({ fn: (x: number) => x, ⟨onErorr⟩: () => 0 })', "Did you mean to write 'onError'"],
  [
    "flow('f', (x: number) => x, { ⟨output⟩: text })",
    "SchemaClash<number, string>.*'the body gives', 'the output schema takes only'",
  ],
  ["flow('f', (x: number) => x, { ⟨input⟩: text })", "Type 'string' is not assignable to type 'number'"],
  [
    "graph('g', (g: Graph<number>) => g.add(length, ⟨g.input⟩))",
    "'Wire<number>' is not assignable to parameter of type 'Wire<string>'",
  ],
  [
    "graph('g', (g: Graph<number>) => g.add(join, { a: g.input, ⟨b⟩: g.input }))",
    "Type 'number' is not assignable to type 'string'",
  ],
  ["graph('g', (g: Graph<number>) => g.add(join, ⟨{ a: g.input }⟩))", "Property 'b' is missing"],
  ['retry(later, { ⟨times⟩: 3 })', "'times' does not exist in type 'RetryOptions'"],
  ['circuitBreaker(later, { ⟨threshold⟩: 3 })', "'threshold' does not exist in type 'CircuitOptions<number>'"],
  ['memoize(later, { ⟨maxSize⟩: 3 })', "'maxSize' does not exist"],
  ['batch(async (ids: number[]) => ids, { ⟨wait⟩: 3 })', "'wait' does not exist in type 'BatchOptions'"],
  ['each(later, { ⟨limit⟩: 3 })', "'limit' does not exist"],
  ['parallel({ a: later, ⟨b⟩: 3 })', "'number' is not assignable"],
];

const HEAD = `import { type Graph, type StandardSchema, batch, circuitBreaker, each, flow, graph, memoize, parallel, pipe, retry } from '@holon/flow';
declare const text: StandardSchema<string, string>;
const length = flow((text: string) => text.length);
const later = flow(async (x: number) => String(x));
const join = flow(({ a, b }: { a: number; b: string }) => a + b);
`;

test('a mistake in types is reported at its place, in words', () => {
  const head = HEAD.split('\n').length - 1;
  const lines = mistakes.map(([source]) => source.replaceAll(/[⟨⟩]/g, ''));
  const complaints = complaintsOf(openProject(`${HEAD}${lines.join('\n')}\n`, { noEmit: true })).split(
    /^(?=flows\.ts)/m,
  );
  const found = complaints.map((complaint) => {
    const [, line, column] = /^flows\.ts\((\d+),(\d+)\)/.exec(complaint)!;
    return { at: `${Number(line) - head}:${column}`, message: complaint };
  });
  expect(found.map(({ at }) => at)).toEqual(mistakes.map(([source], i) => `${i + 1}:${source.indexOf('⟨') + 1}`));
  for (const [i, [, words]] of mistakes.entries()) {
    const pattern = words.split('.*').map((part) => part.replaceAll(/[[\](){}|?+^$.*\\/]/g, '\\$&'));
    expect(found[i]!.message).toMatch(new RegExp(pattern.join('.*'), 's'));
  }
});
