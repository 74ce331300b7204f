/** What wires may feed, and what a graph comes to. Checked by `tsc`, run by nobody. */
import { expectTypeOf } from 'vitest';
import { z } from 'zod';
import { type Flow, type Graph, type Wire, flow, graph, map } from '../index.ts';

const length = flow((text: string) => text.length);
const later = flow('later', async (x: number) => `${x}`);
const add = flow((x: number, y: number) => x + y);
const inner = graph('inner', (g: Graph<{ x: number }>) => ({ doubled: g.add(add, x(g), x(g)) }));
const x = (g: Graph<{ x: number }>) => g.input.map((given) => given.x);

const outer = graph('outer', (g: Graph<number>) => {
  // a graph is a node, fed by a record
  const first = g.add(inner, { x: g.input });
  expectTypeOf(first).toEqualTypeOf<Wire<{ doubled: number }>>();
  const doubled = first.map((given) => given.doubled);
  // chains and answered failures are nodes
  expectTypeOf(g.add(later.pipe(length), doubled)).toEqualTypeOf<Wire<number>>();
  expectTypeOf(g.add(flow({ fn: later, onError: () => null }), doubled)).toEqualTypeOf<Wire<string | null>>();
  // what a schema takes is what a wire has to give
  const checked = flow((given) => given.n, { input: z.object({ n: z.number().default(1) }) });
  expectTypeOf(g.add(checked, {})).toEqualTypeOf<Wire<number>>();
  expectTypeOf(g.add(checked, { n: doubled })).toEqualTypeOf<Wire<number>>();
  // lists of wires
  expectTypeOf(g.add(map(later), [doubled, g.input])).toEqualTypeOf<Wire<string[]>>();
  // a default may be left to itself, a rest takes any number
  const rest = flow((one: number, ...more: number[]) => one + more.length);
  expectTypeOf(g.add(rest, doubled, doubled, g.input)).toEqualTypeOf<Wire<number>>();
  const optional = flow((one: number, two: number = 1) => one + two);
  expectTypeOf([g.add(optional, doubled), g.add(optional, doubled, g.input)]).toEqualTypeOf<Wire<number>[]>();
  // whatever takes anything takes shapes of wires
  const anything = flow((given: unknown) => typeof given);
  g.add(anything, doubled);
  g.add(anything, { list: [doubled, { deep: g.input }] });
  return { doubled, all: [g.input] };
});
expectTypeOf(outer).toEqualTypeOf<Flow<number, Promise<{ doubled: number; all: [number] }>>>();

graph('wrong', (g: Graph<number>) => {
  // @ts-expect-error a wire too many
  g.add(length.with({ name: 'length' }), g.input.map(String), g.input);
  // @ts-expect-error a wire too many
  g.add(add, g.input, g.input, g.input);
  // @ts-expect-error a wire too few
  g.add(add, g.input);
  // @ts-expect-error it takes nothing
  g.add(() => 1, g.input);
  const promised = g.input.map(async (n) => n);
  // @ts-expect-error a promise is no number
  g.add((n: number) => n, promised);
  // @ts-expect-error the inner graph takes a record
  g.add(inner, g.input);
  // @ts-expect-error a constant is no wire, however deep
  g.add((given: unknown) => given, { list: [g.input, 5] });
  // @ts-expect-error no such field
  g.add(inner, { x: g.input, y: g.input });
  return g.input;
});
