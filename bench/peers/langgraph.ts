import { Annotation, END, START, Send, StateGraph } from '@langchain/langgraph';
import type { Body } from '../step.ts';

const Value = Annotation.Root({ value: Annotation<number>() });

const Items = Annotation.Root({
  items: Annotation<number[]>(),
  item: Annotation<number>(),
  sum: Annotation<number>({ reducer: (sum, x) => sum + x, default: () => 0 }),
});

const Values = Annotation.Root({
  values: Annotation<Record<number, number>>({
    reducer: (old, next) => Object.assign(old, next),
    default: () => ({}),
  }),
});

const nodeOf = (body: Body) => async (state: typeof Value.State) => ({ value: await body(state.value) });

/** `count` nodes one after another. */
export function chain(count: number, body: Body): (input: number) => Promise<unknown> {
  const graph = new StateGraph(Value) as StateGraph<unknown, typeof Value.State, typeof Value.Update, string>;
  for (let i = 0; i < count; i++) graph.addNode(`node${i}`, nodeOf(body));
  graph.addEdge(START, 'node0');
  for (let i = 1; i < count; i++) graph.addEdge(`node${i - 1}`, `node${i}`);
  const compiled = graph.addEdge(`node${count - 1}`, END).compile();
  return async (value) => (await compiled.invoke({ value }, { recursionLimit: count + 1 })).value;
}

/** One task for each item, then the sum of all. */
export function fanOut(body: Body, maxConcurrency: number, attempts = 1): (items: number[]) => Promise<unknown> {
  const compiled = new StateGraph(Items)
    .addNode('each', async ({ item }) => ({ sum: await body(item) }), {
      retryPolicy: { maxAttempts: attempts, initialInterval: 0, jitter: false, logWarning: false, retryOn: () => true },
    })
    .addConditionalEdges(START, ({ items }) => items.map((item) => new Send('each', { item })), ['each'])
    .addEdge('each', END)
    .compile();
  return async (items) => (await compiled.invoke({ items }, { maxConcurrency })).sum;
}

/** One node again until it gives `limit`. */
export function loop(limit: number, body: Body): (input: number) => Promise<unknown> {
  const compiled = new StateGraph(Value)
    .addNode('node', nodeOf(body))
    .addEdge(START, 'node')
    .addConditionalEdges('node', ({ value }) => (value < limit ? 'node' : END), ['node', END])
    .compile();
  return async (value) => (await compiled.invoke({ value }, { recursionLimit: limit + 2 })).value;
}

/** Nodes fed by the nodes that `needs` says; the sum of what the `last` give. */
export function dag(
  needs: readonly (readonly number[])[],
  last: readonly number[],
  body: Body,
): () => Promise<unknown> {
  const graph = new StateGraph(Values) as StateGraph<unknown, typeof Values.State, typeof Values.Update, string>;
  needs.forEach((needed, index) =>
    graph.addNode(`node${index}`, async ({ values }) => {
      const [x = 0, ...more] = needed.map((need) => values[need]!);
      return { values: { [index]: await body(x, ...more) } };
    }),
  );
  needs.forEach((needed, index) => {
    if (needed.length === 0) graph.addEdge(START, `node${index}`);
    else
      graph.addEdge(
        needed.map((need) => `node${need}`),
        `node${index}`,
      );
  });
  for (const index of last) graph.addEdge(`node${index}`, END);
  const compiled = graph.compile();
  return async () => {
    const { values } = (await compiled.invoke({ values: {} })) as typeof Values.State;
    return last.reduce((sum, index) => sum + values[index]!, 0);
  };
}
