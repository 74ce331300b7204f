import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import type { Flow } from '@holon/flow';
import { type Row, type Timed, timed } from '../row.ts';

const FIBS = 200;
const CALLS = 1_000;
const threads = availableParallelism();

/** Bodies in worker threads, all given at once. */
export const rows: readonly Row[] = [
  row('threads', 'fib(27) × 200 in threads', 'fib', FIBS, [27, 196_418], 1 / 0.95),
  row('dispatch', '1,000 bodies that do nothing, in threads', 'nothing', CALLS, [1, 1], 1.3),
];

type Name = 'fib' | 'nothing';

function row(
  name: string,
  title: string,
  body: Name,
  count: number,
  [input, result]: [number, number],
  atMost: number,
): Row {
  const given = new Array<number>(count).fill(input);
  const expected = new Array<number>(count).fill(result);
  return {
    name,
    title,
    unit: 'µs',
    per: 'call',
    // Most of it does not happen on the main thread.
    clock: 'wall',
    variants: {
      Holon: { open: () => holon(body, given, expected) },
      piscina: { open: () => piscina(body, given, expected) },
    },
    goals: [{ of: 'Holon', atMost: Number(atMost.toFixed(3)), times: 'piscina' }],
  };
}

async function holon(body: Name, given: readonly number[], expected: readonly number[]): Promise<Timed> {
  const { createEngine } = await import('@holon/engine');
  const { map } = await import('@holon/flow');
  const { endlessFlow, fibFlow, nothingFlow, whereFlow } = await import('../threaded/flows.ts');
  const engine = createEngine({ threads });
  const around = <Out>(each: Flow<number, Promise<Out>>) => map(each, { concurrency: given.length });

  const paths = await engine.execute(around(whereFlow), [1, 2, 3]);
  assert.deepEqual(paths, ['map[0]/where', 'map[1]/where', 'map[2]/where']);
  const run = engine.start(around(endlessFlow), [1, 2, 3]);
  setTimeout(() => run.cancel('in the middle'), 100);
  assert.equal((await run.outcome).status, 'canceled');

  const flow = around(body === 'fib' ? fibFlow : nothingFlow);
  return timed(given.length, expected, () => engine.execute(flow, given));
}

async function piscina(name: Name, given: readonly number[], expected: readonly number[]): Promise<Timed> {
  const { Piscina } = await import('piscina');
  const filename = new URL('../threaded/bodies.ts', import.meta.url).href;
  const pool = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  return timed(given.length, expected, () => Promise.all(given.map((x) => pool.run(x, { name }))));
}
