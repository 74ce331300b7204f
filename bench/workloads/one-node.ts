import type { Row, Timed } from '../row.ts';
import { step } from '../step.ts';

const COUNT = 1_000;
const MANY = 100_000;

/** Runs of a single node. */
export const rows: readonly Row[] = [
  {
    name: 'one-node',
    title: 'one-node runs, one after another',
    unit: 'µs',
    per: 'run',
    variants: {
      Holon: { open: async () => oneByOne(await holonRun()) },
      'async call': { open: async () => oneByOne(step) },
      Effect: { open: async () => oneByOne(await effectRun()) },
    },
    goals: [{ of: 'Holon', atMost: 0.6 }],
  },
  {
    name: 'many-runs',
    title: '100,000 runs started at once',
    unit: 'µs',
    per: 'run',
    variants: {
      Holon: { open: async () => atOnce(await holonRun()) },
      'async call': { open: async () => atOnce(step) },
      Effect: { open: async () => atOnce(await effectRun()) },
    },
    goals: [
      { of: 'Holon', atMost: 1.2 },
      { of: 'Holon', atMost: 1, times: 'Effect' },
    ],
  },
];

type OneRun = (x: number) => Promise<unknown>;

function oneByOne(run: OneRun): Timed {
  return {
    kind: 'timed',
    count: COUNT,
    expected: COUNT,
    once: async () => {
      let value = 0;
      for (let i = 0; i < COUNT; i++) value = (await run(value)) as number;
      return value;
    },
  };
}

function atOnce(run: OneRun): Timed {
  return {
    kind: 'timed',
    count: MANY,
    expected: (MANY * (MANY + 1)) / 2,
    once: async () => {
      const open = new Array<Promise<unknown>>(MANY);
      for (let i = 0; i < MANY; i++) open[i] = run(i);
      let sum = 0;
      for (const value of await Promise.all(open)) sum += value as number;
      return sum;
    },
  };
}

async function holonRun(): Promise<OneRun> {
  const { flow } = await import('@holon/flow');
  const { engine, prove } = await import('../holon.ts');
  await prove({ around: (body) => flow('step', body), input: 0, expected: 1, count: 1, path: /^step$/ });
  const one = flow(step);
  return (x) => engine.execute(one, x);
}

async function effectRun(): Promise<OneRun> {
  const { Effect } = await import('effect');
  return (x) => Effect.runPromise(Effect.promise(() => step(x)));
}
