import { provenStorage } from '../floors.ts';
import type { Row, Timed } from '../row.ts';
import { type Body, numbers, step } from '../step.ts';

const COUNT = 10_000;
const AT_ONCE = 16;
const items = numbers(COUNT);
const SUM = (COUNT * (COUNT + 1)) / 2;

/** Many items, some at once, then one sum of all. */
export const rows: readonly Row[] = [
  {
    name: 'fan-out',
    title: 'fan-out of 10,000 at concurrency 16, then join',
    unit: 'µs',
    per: 'node',
    variants: {
      Holon: { open: holon },
      '16 lanes by hand': { open: async () => timed(lanes(step)) },
      '16 lanes by hand, storage per item': { open: () => provenStorage(lanes, COUNT, SUM) },
      'p-map': { open: pMap },
      'p-limit': { open: pLimit },
      'Effect.forEach': { open: effect },
    },
    goals: [{ of: 'Holon', atMost: 0.8, times: 'p-map' }],
  },
];

function timed(once: () => unknown): Timed {
  return { kind: 'timed', count: COUNT, expected: SUM, once };
}

function join(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

async function holon(): Promise<Timed> {
  const { flow, map, pipe } = await import('@holon/flow');
  const { provenFlow } = await import('../holon.ts');
  return provenFlow({
    around: (each) => pipe(map(flow('step', each), { concurrency: AT_ONCE }), join),
    input: items,
    expected: SUM,
    count: COUNT,
    path: /^pipe\/map\[\d+\]\/step$/,
  });
}

function lanes(call: Body): () => Promise<number> {
  return async () => {
    const results = new Array<number>(COUNT);
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < COUNT) {
        const index = next++;
        results[index] = await call(items[index]!);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return join(results);
  };
}

async function pMap(): Promise<Timed> {
  const { default: map } = await import('p-map');
  return timed(async () => join(await map(items, step, { concurrency: AT_ONCE })));
}

async function pLimit(): Promise<Timed> {
  const { default: limitOf } = await import('p-limit');
  const limit = limitOf(AT_ONCE);
  return timed(async () => join(await limit.map(items, step)));
}

async function effect(): Promise<Timed> {
  const { Effect } = await import('effect');
  const each = Effect.forEach(items, (x) => Effect.promise(() => step(x)), { concurrency: AT_ONCE });
  return timed(() => Effect.runPromise(Effect.map(each, join)));
}
