import { provenStorage } from '../floors.ts';
import { type Row, type Timed, timed } from '../row.ts';
import { type Body, step } from '../step.ts';

const COUNT = 100_000;

/** One body again and again, each time on what it gave the last time. */
export const rows: readonly Row[] = [
  {
    name: 'loop',
    title: 'loop of 100,000',
    unit: 'µs',
    per: 'iteration',
    variants: {
      Holon: { open: holon },
      'await loop': { open: async () => timed(COUNT, COUNT, loop(step)) },
      'await loop, storage per iteration': { open: () => provenStorage(loop, COUNT, COUNT) },
      Effect: { open: effect },
      XState: { open: async () => of(1_000, (await import('../peers/xstate.ts')).loop), note: 'of 1,000' },
      LangGraph: { open: async () => of(200, (await import('../peers/langgraph.ts')).loop), note: 'of 200' },
      Mastra: { open: async () => of(200, (await import('../peers/mastra.ts')).loop), note: 'of 200' },
    },
    goals: [{ of: 'Holon', atMost: 1.5, times: 'await loop, storage per iteration' }],
  },
];

/** A peer's loop. */
function of(limit: number, loop: (limit: number, body: Body) => (input: number) => unknown): Timed {
  const run = loop(limit, step);
  return timed(limit, limit, () => run(0));
}

function loop(call: Body): () => Promise<number> {
  return async () => {
    let value = 0;
    while (value < COUNT) value = await call(value);
    return value;
  };
}

async function holon(): Promise<Timed> {
  const { flow, loop: loopFlow } = await import('@holon/flow');
  const { provenFlow } = await import('../holon.ts');
  return provenFlow({
    around: (body) =>
      loopFlow('count', flow('step', body), {
        while: (x: number) => x < COUNT,
        max: COUNT,
      }),
    input: 0,
    expected: COUNT,
    count: COUNT,
    path: /^count\[\d+\]\/step$/,
  });
}

async function effect(): Promise<Timed> {
  const { Effect } = await import('effect');
  const program = Effect.gen(function* () {
    let value = 0;
    yield* Effect.whileLoop({
      while: () => value < COUNT,
      body: () => {
        const before = value;
        return Effect.promise(() => step(before));
      },
      step: (next) => (value = next),
    });
    return value;
  });
  return timed(COUNT, COUNT, () => Effect.runPromise(program));
}
