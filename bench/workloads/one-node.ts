import { type Row, type Timed, timed } from '../row.ts';
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
      XState: { open: async () => oneByOne(await xstateRun()) },
      LangGraph: { open: async () => oneByOne(await langgraphRun(), 20), note: '20 of them' },
      Mastra: { open: async () => oneByOne(await mastraRun(), 100), note: '100 of them' },
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
      XState: { open: async () => atOnce(await xstateRun(), 10_000), note: 'of 10,000' },
      LangGraph: { open: async () => atOnce(await langgraphRun(), 100), note: 'of 100' },
      Mastra: { open: async () => atOnce(await mastraRun(), 1_000), note: 'of 1,000' },
    },
    goals: [
      { of: 'Holon', atMost: 1.2 },
      { of: 'Holon', atMost: 1, times: 'Effect' },
    ],
  },
];

type OneRun = (x: number) => Promise<unknown>;

function oneByOne(run: OneRun, count = COUNT): Timed {
  return timed(count, count, async () => {
    let value = 0;
    for (let i = 0; i < count; i++) value = (await run(value)) as number;
    return value;
  });
}

function atOnce(run: OneRun, count = MANY): Timed {
  return timed(count, (count * (count + 1)) / 2, async () => {
    const open = new Array<Promise<unknown>>(count);
    for (let i = 0; i < count; i++) open[i] = run(i);
    let sum = 0;
    for (const value of await Promise.all(open)) sum += value as number;
    return sum;
  });
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

async function xstateRun(): Promise<OneRun> {
  return (await import('../peers/xstate.ts')).single(step);
}

async function langgraphRun(): Promise<OneRun> {
  return (await import('../peers/langgraph.ts')).chain(1, step);
}

async function mastraRun(): Promise<OneRun> {
  return (await import('../peers/mastra.ts')).chain(1, step);
}
