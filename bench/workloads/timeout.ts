import { lanes, sumOf } from '../lanes.ts';
import { type Row, type Timed, timed } from '../row.ts';
import { type Body, numbers, step } from '../step.ts';

const COUNT = 10_000;
const AT_ONCE = 16;
const TIMEOUT_MS = 10_000;
const items = numbers(COUNT);
const SUM = (COUNT * (COUNT + 1)) / 2;

/** What a timeout adds that never happens: the same with and without it. */
export const rows: readonly Row[] = [
  {
    name: 'timeout',
    title: 'a 10 s timeout armed on every node, 10,000 at concurrency 16',
    unit: 'µs',
    per: 'node',
    variants: {
      'Holon, no timeout': { open: () => holon() },
      Holon: { open: () => holon(TIMEOUT_MS), over: 'Holon, no timeout' },
      'by hand, no timeout': { open: async () => byHand(step) },
      'setTimeout and clearTimeout': { open: async () => byHand(withTimer), over: 'by hand, no timeout' },
      'AbortSignal.timeout': { open: async () => byHand(withSignal), over: 'by hand, no timeout' },
      'p-timeout': { open: pTimeout, over: 'by hand, no timeout' },
      'Effect, no timeout': { open: () => effect(false) },
      Effect: { open: () => effect(true), over: 'Effect, no timeout' },
    },
    goals: [{ of: 'Holon', over: 'Holon, no timeout', atMost: 0.15 }],
  },
];

async function holon(timeout?: number): Promise<Timed> {
  const { flow, map, pipe } = await import('@holon/flow');
  const { provenFlow } = await import('../holon.ts');
  return provenFlow({
    around: (body) => pipe(map(flow('step', body, { timeout }), { concurrency: AT_ONCE }), sumOf),
    input: items,
    expected: SUM,
    count: COUNT,
    path: /^pipe\/map\[\d+\]\/step$/,
  });
}

function byHand(body: Body): Timed {
  return timed(COUNT, SUM, async () => sumOf(await lanes(items, AT_ONCE, body)));
}

const withTimer: Body = async (x) => {
  const timer = setTimeout(tooLate, TIMEOUT_MS);
  try {
    return await step(x);
  } finally {
    clearTimeout(timer);
  }
};

const withSignal: Body = async (x) => {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  signal.addEventListener('abort', tooLate);
  try {
    return await step(x);
  } finally {
    signal.removeEventListener('abort', tooLate);
  }
};

function tooLate(): void {
  throw new Error('no body takes that long');
}

async function pTimeout(): Promise<Timed> {
  const { default: withLimit } = await import('p-timeout');
  return byHand((x) => withLimit(step(x), { milliseconds: TIMEOUT_MS }));
}

async function effect(limited: boolean): Promise<Timed> {
  const { Effect } = await import('effect');
  const body = (x: number) => Effect.promise(() => step(x));
  const limit = (x: number) => Effect.timeout(body(x), TIMEOUT_MS);
  const each = Effect.forEach(items, limited ? limit : body, { concurrency: AT_ONCE });
  return timed(COUNT, SUM, () => Effect.runPromise(Effect.map(each, sumOf)));
}
