import { provenStorage } from '../floors.ts';
import { lanes, sumOf } from '../lanes.ts';
import { type Row, type Timed, timed } from '../row.ts';
import { type Body, numbers, step } from '../step.ts';

const COUNT = 10_000;
const AT_ONCE = 16;
const items = numbers(COUNT);
const SUM = (COUNT * (COUNT + 1)) / 2;

/** For those that need seconds otherwise. */
const FEW = 1_000;
const FEWER = `of ${FEW}`;
const fewItems = numbers(FEW);
const SUM_OF_FEW = (FEW * (FEW + 1)) / 2;

/** Many items, some at once, then one sum of all. */
export const rows: readonly Row[] = [
  {
    name: 'fan-out',
    title: 'fan-out of 10,000 at concurrency 16, then join',
    unit: 'µs',
    per: 'node',
    variants: {
      Holon: { open: holon },
      '16 lanes by hand': { open: async () => timed(COUNT, SUM, byHand(step)) },
      '16 lanes by hand, storage per item': { open: () => provenStorage(byHand, COUNT, SUM) },
      'p-map': { open: pMap },
      'p-limit': { open: pLimit },
      'Effect.forEach': { open: effect },
      LangGraph: { open: langgraph, note: FEWER },
      Mastra: { open: mastra, note: FEWER },
    },
    goals: [{ of: 'Holon', atMost: 0.8, times: 'p-map' }],
  },
];

async function holon(): Promise<Timed> {
  const { flow, map, pipe } = await import('@holon/flow');
  const { provenFlow } = await import('../holon.ts');
  return provenFlow({
    around: (each) => pipe(map(flow('step', each), { concurrency: AT_ONCE }), sumOf),
    input: items,
    expected: SUM,
    count: COUNT,
    path: /^pipe\/map\[\d+\]\/step$/,
  });
}

function byHand(call: Body): () => Promise<number> {
  return async () => sumOf(await lanes(items, AT_ONCE, call));
}

async function pMap(): Promise<Timed> {
  const { default: map } = await import('p-map');
  return timed(COUNT, SUM, async () => sumOf(await map(items, step, { concurrency: AT_ONCE })));
}

async function pLimit(): Promise<Timed> {
  const { default: limitOf } = await import('p-limit');
  const limit = limitOf(AT_ONCE);
  return timed(COUNT, SUM, async () => sumOf(await limit.map(items, step)));
}

async function effect(): Promise<Timed> {
  const { Effect } = await import('effect');
  const each = Effect.forEach(items, (x) => Effect.promise(() => step(x)), { concurrency: AT_ONCE });
  return timed(COUNT, SUM, () => Effect.runPromise(Effect.map(each, sumOf)));
}

async function langgraph(): Promise<Timed> {
  const { fanOut } = await import('../peers/langgraph.ts');
  const run = fanOut(step, AT_ONCE);
  return timed(FEW, SUM_OF_FEW, () => run(fewItems));
}

async function mastra(): Promise<Timed> {
  const { foreach } = await import('../peers/mastra.ts');
  const run = foreach(step, AT_ONCE);
  return timed(FEW, SUM_OF_FEW, async () => sumOf((await run(fewItems)) as number[]));
}
