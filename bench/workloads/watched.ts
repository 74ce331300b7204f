import assert from 'node:assert/strict';
import type { AnyFlow } from '@holon/flow';
import type { RunEvent } from '@holon/engine';
import { sumOf } from '../lanes.ts';
import { type Row, type Variant, timed } from '../row.ts';
import { numbers, step } from '../step.ts';

const STEPS = 1_000;
const ITEMS = 10_000;

/** What it costs to be watched: by a listener, by a debug session. */
export const rows: readonly Row[] = [
  watchedRow('watched-chain', 'chain of 1,000, watched', STEPS, chain, 0, STEPS),
  watchedRow(
    'watched-fan-out',
    'fan-out of 10,000 at 16, watched',
    ITEMS,
    fanOut,
    numbers(ITEMS),
    (ITEMS * (ITEMS + 1)) / 2,
  ),
];

function watchedRow(name: string, title: string, count: number, make: Make, input: unknown, expected: number): Row {
  const nobody = 'Holon, unwatched';
  const of = (open: (flow: AnyFlow) => Promise<() => unknown>): Variant => ({
    open: async () => timed(count, expected, await open(await make())),
  });
  return {
    name,
    title,
    unit: 'µs',
    per: 'node',
    variants: {
      [nobody]: of(async (flow) => {
        const { engine } = await import('../holon.ts');
        return () => engine.start(flow, input).result;
      }),
      'one listener': of((flow) => listened(flow, input, count, () => 0)),
      'one listener that reads paths': of((flow) => listened(flow, input, count, pathLength)),
      'a debug session': of((flow) => debugged(flow, input)),
    },
    goals: [
      { of: 'one listener', atMost: 2, times: nobody },
      { of: 'one listener that reads paths', atMost: 4, times: nobody },
      { of: 'a debug session', atMost: 1.5, times: nobody },
    ],
  };
}

type Make = () => Promise<AnyFlow>;

/** The flow, and beside it a node that never runs: where breakpoints can be set and not be hit. */
async function besideNever(main: AnyFlow): Promise<AnyFlow> {
  const { branch, flow } = await import('@holon/flow');
  return branch('way', () => 'main', { main, never: flow('never', step) });
}

async function chain(): Promise<AnyFlow> {
  const { flow, pipe } = await import('@holon/flow');
  return besideNever(pipe(Array.from({ length: STEPS }, () => flow('step', step))));
}

async function fanOut(): Promise<AnyFlow> {
  const { flow, map, pipe } = await import('@holon/flow');
  return besideNever(pipe(map(flow('step', step), { concurrency: 16 }), sumOf));
}

function pathLength(event: RunEvent): number {
  return 'path' in event ? event.path.length : 0;
}

/** Every node has to be heard of: opened, started and succeeded. */
async function listened(
  flow: AnyFlow,
  input: unknown,
  count: number,
  read: (event: RunEvent) => number,
): Promise<() => unknown> {
  const { engine } = await import('../holon.ts');
  return async () => {
    const run = engine.start(flow, input);
    let heard = 0;
    let sum = 0;
    run.on((event) => {
      heard += 1;
      sum += read(event);
    });
    const value = await run.result;
    assert.ok(heard > 3 * count && sum >= 0);
    return value;
  };
}

async function debugged(flow: AnyFlow, input: unknown): Promise<() => unknown> {
  const { openDebugSession } = await import('@holon/engine');
  const { engine } = await import('../holon.ts');
  const session = openDebugSession(flow, { engine });
  const [placed] = session.setBreakpoints([
    { node: 'never', phase: 'entry' },
    { node: 'never', phase: 'exit' },
  ]);
  assert.equal(placed?.verified, true);
  return () => session.start(input).run.result;
}
