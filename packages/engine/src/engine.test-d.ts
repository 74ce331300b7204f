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

// optional and rest parameters: a list only where run time takes one
const money = flow('money', (cents: number, currency: string = 'EUR') => `${cents} ${currency}`);
const total = flow('total', (...amounts: number[]) => amounts.length);
const named = money.with({ params: ['cents', 'currency'] });
expectTypeOf(execute(money, 5)).toEqualTypeOf<Promise<string>>();
expectTypeOf(execute(total, 5)).toEqualTypeOf<Promise<number>>();
expectTypeOf(execute(total)).toEqualTypeOf<Promise<number>>();
expectTypeOf(execute(named, [5, 'USD'])).toEqualTypeOf<Promise<string>>();
expectTypeOf(execute(named, [5])).toEqualTypeOf<Promise<string>>();
expectTypeOf(
  start(
    pipe(named, (text) => text.length),
    [5],
  ).result,
).toEqualTypeOf<Promise<number>>();
// @ts-expect-error one required parameter: no list
void execute(money, [5, 'USD']);
// @ts-expect-error no required parameter: no list
void execute(total, [1, 2]);
// @ts-expect-error named parameters are a list
void execute(named, 5);
// @ts-expect-error named parameters are a list, on a handle as well
start(named, 5);

// @ts-expect-error a text is no number
void execute(inc, 'text');
// @ts-expect-error a text is no number, also where the flow is made in the call
void execute(pipe(inc, inc), 'text');
// @ts-expect-error an argument is missing
void execute(add, [1]);
// @ts-expect-error several arguments are a list
void execute(add, 1);

// several at once: the tuple of their results, of flows made in the call as well
const { executeParallel } = createEngine();
expectTypeOf(executeParallel([[inc, 1], [add, [1, 2]], [now], [now, undefined]])).toEqualTypeOf<
  Promise<[number, number, string, string]>
>();
expectTypeOf(
  executeParallel([
    [pipe(inc, (x) => `${x}`), 1],
    [map(inc), [1]],
  ]),
).toEqualTypeOf<Promise<[string, number[]]>>();
expectTypeOf(executeParallel([1, 2].map((x) => [inc, x] as const))).toEqualTypeOf<Promise<number[]>>();
// @ts-expect-error a text is no number
void executeParallel([[inc, 'text']]);
// @ts-expect-error an input is missing
void executeParallel([[inc]]);
// @ts-expect-error one key can't stand for several
void executeParallel([[inc, 1]], { idempotencyKey: 'k' });

// what a listener hears follows from what it listens to
const { on } = createEngine();
on('node.failed', (event, source) => {
  expectTypeOf(event.path).toEqualTypeOf<string>();
  expectTypeOf(source.runId).toEqualTypeOf<string>();
});
on('engine.closed', (event, source) => {
  expectTypeOf(event.type).toEqualTypeOf<'engine.closed'>();
  expectTypeOf(source).toEqualTypeOf<undefined>();
});
on('*', (event, source) => {
  if (event.type === 'run.failed') expectTypeOf(event.path).toEqualTypeOf<string>();
  expectTypeOf(source?.runId).toEqualTypeOf<string | undefined>();
});
start(inc, 1).on('node.started', ({ attempt }) => expectTypeOf(attempt).toEqualTypeOf<number>());
// @ts-expect-error there is no such event
on('node.fialed', () => undefined);
// @ts-expect-error a run has no events of its engine
start(inc, 1).on('engine.closed', () => undefined);
