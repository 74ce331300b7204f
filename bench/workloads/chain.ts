import { provenStorage } from '../floors.ts';
import { type Row, type Timed, type Variant, timed } from '../row.ts';
import { type Body, type SyncBody, step, syncStep } from '../step.ts';

const COUNT = 1_000;
/** For those that need seconds otherwise. */
const FEW = 100;
const FEWER = `of ${FEW}`;

/** Steps one after another, each on what the one before it gave. */
export const rows: readonly Row[] = [
  {
    name: 'chain',
    title: 'chain of 1,000',
    unit: 'µs',
    per: 'node',
    variants: {
      Holon: holon(step),
      'await loop': { open: async () => timed(COUNT, COUNT, loop(step)) },
      'await loop, storage per step': { open: () => provenStorage(loop, COUNT, COUNT) },
      'Effect.gen': { open: async () => timed(COUNT, COUNT, await effectGen()) },
      'Effect.flatMap': { open: async () => timed(COUNT, COUNT, await effectFlatMap()) },
      XState: { open: async () => of(COUNT, (await import('../peers/xstate.ts')).chain) },
      LangGraph: { open: async () => of(FEW, (await import('../peers/langgraph.ts')).chain), note: FEWER },
      Mastra: { open: async () => of(FEW, (await import('../peers/mastra.ts')).chain), note: FEWER },
    },
    goals: [
      { of: 'Holon', atMost: 1.5, times: 'await loop, storage per step' },
      { of: 'Holon', atMost: 1, times: 'Effect.gen' },
      { of: 'Holon', atMost: 1.3, times: 'Effect.flatMap' },
    ],
  },
  {
    name: 'chain-sync',
    title: 'chain of 1,000, synchronous bodies',
    unit: 'µs',
    per: 'node',
    variants: {
      Holon: holon(syncStep),
      loop: { open: async () => timed(COUNT, COUNT, syncLoop) },
    },
    goals: [{ of: 'Holon', atMost: 0.1 }],
  },
];

function holon(body: Body | SyncBody): Variant {
  return {
    open: async () => {
      const { flow, pipe } = await import('@holon/flow');
      const { provenFlow } = await import('../holon.ts');
      return provenFlow({
        around: (each) => pipe(Array.from({ length: COUNT }, () => flow('step', each))),
        input: 0,
        expected: COUNT,
        count: COUNT,
        path: /^pipe\/step(?:~\d+)?$/,
        body,
      });
    },
  };
}

/** A peer's chain. */
function of(count: number, chain: (count: number, body: Body) => (input: number) => unknown): Timed {
  const run = chain(count, step);
  return timed(count, count, () => run(0));
}

function loop(call: Body): () => Promise<number> {
  return async () => {
    let value = 0;
    for (let i = 0; i < COUNT; i++) value = await call(value);
    return value;
  };
}

function syncLoop(): number {
  let value = 0;
  for (let i = 0; i < COUNT; i++) value = syncStep(value);
  return value;
}

async function effectGen(): Promise<() => unknown> {
  const { Effect } = await import('effect');
  const chain = Effect.gen(function* () {
    let value = 0;
    for (let i = 0; i < COUNT; i++) {
      const before = value;
      value = yield* Effect.promise(() => step(before));
    }
    return value;
  });
  return () => Effect.runPromise(chain);
}

async function effectFlatMap(): Promise<() => unknown> {
  const { Effect } = await import('effect');
  let chain = Effect.succeed(0);
  for (let i = 0; i < COUNT; i++) chain = Effect.flatMap(chain, (value) => Effect.promise(() => step(value)));
  return () => Effect.runPromise(chain);
}
