/** Inference at the entry: flows made in the call, and the input each arity takes. Checked by `tsc`, run by nobody. */
import { type AnyFlow, type Graph, flow, graph, map, pipe } from '@holon/flow';
import { expectTypeOf } from 'vitest';
import { createEngine } from './engine.ts';

const { execute, start } = createEngine();
const inc = flow('inc', (x: number) => x + 1);
const add = flow('add', (x: number, y: number) => x + y);
const now = flow('now', () => 'now');
declare const anyFlow: AnyFlow;

expectTypeOf(execute(inc, 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(execute(add, [1, 2])).toEqualTypeOf<Promise<number>>();
expectTypeOf(execute(now)).toEqualTypeOf<Promise<string>>();
expectTypeOf(execute(now, undefined)).toEqualTypeOf<Promise<string>>();
expectTypeOf(execute(map(inc), [1])).toEqualTypeOf<Promise<number[]>>();
expectTypeOf(start(inc, 1).result).toEqualTypeOf<Promise<number>>();
void execute(anyFlow, 'anything');

// made in the call
expectTypeOf(execute(pipe(inc, inc), 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(
  execute(
    pipe('named', inc, (x) => `${x}`),
    1,
  ),
).toEqualTypeOf<Promise<string>>();
expectTypeOf(
  execute(
    flow((x: string) => x.length),
    'text',
  ),
).toEqualTypeOf<Promise<number>>();
const byName = execute(
  graph('g', (g: Graph<{ x: number }>) =>
    g.add(
      inc,
      g.input.map((given) => given.x),
    ),
  ),
  { x: 2 },
);
expectTypeOf(byName).toEqualTypeOf<Promise<number>>();

// @ts-expect-error a text is no number
void execute(inc, 'text');
// @ts-expect-error a text is no number, also where the flow is made in the call
void execute(pipe(inc, inc), 'text');
// @ts-expect-error an argument is missing
void execute(add, [1]);
// @ts-expect-error several arguments are a list
void execute(add, 1);
