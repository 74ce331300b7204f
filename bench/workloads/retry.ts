import { lanes, sumOf } from '../lanes.ts';
import { type Row, type Timed, timed } from '../row.ts';
import { type Body, numbers, step } from '../step.ts';

const COUNT = 5_000;
const AT_ONCE = 16;
const ATTEMPTS = 3;
const items = numbers(COUNT);
const SUM = (COUNT * (COUNT + 1)) / 2;

/** For those that need seconds otherwise. */
const FEW = 500;
const FEWER = `of ${FEW}`;
const fewItems = numbers(FEW);
const SUM_OF_FEW = (FEW * (FEW + 1)) / 2;

/** Bodies that fail twice and then succeed, again without delay, 16 items at once. */
export const rows: readonly Row[] = [
  {
    name: 'retry',
    title: 'two failures then success, no delay, 5,000',
    unit: 'µs',
    per: 'node',
    variants: {
      Holon: { open: holon },
      'try/catch by hand': { open: async () => timed(COUNT, SUM, byHand(flaky(step))) },
      'try/catch by hand, as deep a stack': { open: async () => timed(COUNT, SUM, await asDeep()) },
      'p-retry': { open: pRetry },
      Effect: { open: effect },
      LangGraph: { open: langgraph, note: FEWER },
      Mastra: { open: mastra, note: FEWER },
    },
    goals: [{ of: 'Holon', atMost: 1.3, times: 'try/catch by hand, as deep a stack' }],
  },
];

/** Fails for each input twice, then does what `body` does; and so on from the start. */
function flaky(body: Body, fail: () => never = failed): Body {
  const failures = new Uint8Array(COUNT);
  return async (x) => {
    if (failures[x]! < ATTEMPTS - 1) {
      failures[x]! += 1;
      fail();
    }
    failures[x] = 0;
    return body(x);
  };
}

function failed(): never {
  throw new Error('not yet');
}

function byHand(body: Body): () => Promise<number> {
  const tried: Body = async (x) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await body(x);
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
    }
  };
  return async () => sumOf(await lanes(items, AT_ONCE, tried));
}

/** The same, with as many frames below each failure as there are in the engine: they are what capturing a stack costs. */
async function asDeep(): Promise<() => Promise<number>> {
  const { flow } = await holonFlow();
  const { engine } = await import('../holon.ts');
  const here = await framesOf((fail) => byHand(flaky(step, fail))());
  const there = await framesOf((fail) => engine.execute(flow(flaky(step, fail)), items));
  const missing = Math.max(0, Math.round(there - here));
  const body = flaky(step);
  return byHand((x) => below(missing, body, x));
}

function below(frames: number, body: Body, x: number): Promise<number> {
  return frames === 0 ? body(x) : below(frames - 1, body, x);
}

/** How many frames a failure has on average, those of awaiting callers included, as far as an error keeps them. */
async function framesOf(run: (fail: () => never) => Promise<unknown>): Promise<number> {
  let failures = 0;
  let frames = 0;
  await run(() => {
    const error = new Error('not yet');
    failures += 1;
    frames += error.stack!.split('\n').length - 1;
    throw error;
  });
  return frames / failures;
}

async function holonFlow() {
  const { flow, map, pipe } = await import('@holon/flow');
  const retry = { retries: ATTEMPTS - 1, delay: 0 };
  return { flow: (body: Body) => pipe(map(flow('step', body, { retry }), { concurrency: AT_ONCE }), sumOf) };
}

async function holon(): Promise<Timed> {
  const { flow } = await holonFlow();
  const { provenFlow } = await import('../holon.ts');
  return provenFlow({
    around: (body) => flow(flaky(body)),
    input: items,
    expected: SUM,
    count: COUNT,
    path: /^pipe\/map\[\d+\]\/step$/,
    attempt: ATTEMPTS,
  });
}

async function pRetry(): Promise<Timed> {
  const { default: retry } = await import('p-retry');
  const body = flaky(step);
  const options = { retries: ATTEMPTS - 1, minTimeout: 0, maxTimeout: 0 };
  return timed(COUNT, SUM, async () => sumOf(await lanes(items, AT_ONCE, (x) => retry(() => body(x), options))));
}

async function effect(): Promise<Timed> {
  const { Effect } = await import('effect');
  const body = flaky(step);
  const retried = (x: number) =>
    Effect.retry(
      Effect.tryPromise(() => body(x)),
      { times: ATTEMPTS - 1 },
    );
  const each = Effect.forEach(items, retried, { concurrency: AT_ONCE });
  return timed(COUNT, SUM, () => Effect.runPromise(Effect.map(each, sumOf)));
}

async function langgraph(): Promise<Timed> {
  const { fanOut } = await import('../peers/langgraph.ts');
  const run = fanOut(flaky(step), AT_ONCE, ATTEMPTS);
  return timed(FEW, SUM_OF_FEW, () => run(fewItems));
}

async function mastra(): Promise<Timed> {
  const { foreach } = await import('../peers/mastra.ts');
  const run = foreach(flaky(step), AT_ONCE, ATTEMPTS - 1);
  return timed(FEW, SUM_OF_FEW, async () => sumOf((await run(fewItems)) as number[]));
}
