import { provenStorage } from '../floors.ts';
import type { Row, Timed } from '../row.ts';
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
      'await loop': { open: async () => timed(loop(step)) },
      'await loop, storage per iteration': { open: () => provenStorage(loop, COUNT, COUNT) },
      Effect: { open: effect },
    },
    goals: [{ of: 'Holon', atMost: 1.5, times: 'await loop, storage per iteration' }],
  },
];

function timed(once: () => unknown): Timed {
  return { kind: 'timed', count: COUNT, expected: COUNT, once };
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
  return timed(() => Effect.runPromise(program));
}
