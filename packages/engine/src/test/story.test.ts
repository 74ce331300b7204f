import { type Graph, flow, graph, map, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import type { RunEvent } from '../index.ts';
import { collected, simulatedEngine } from './setting.ts';
import { faultsOf } from './story.ts';

/** A run with about everything in it that can happen without a debugger. */
async function story(): Promise<readonly RunEvent[]> {
  const { engine, clock } = simulatedEngine({ maxConcurrency: 1 });
  let left = 1;
  const flaky = flow(
    'flaky',
    async (ms: number) => {
      await clock.sleep(ms);
      if (left-- > 0) throw new Error('busy');
      return ms;
    },
    { retry: 1 },
  );
  const code = flow('code', async (ms: number) => flaky(ms));
  const both = graph('both', (g: Graph<number>) =>
    g.add((a: number, b: number) => a + b, g.add(code, g.input), g.input),
  );
  const run = engine.start(
    pipe('all', map('each', both), (sums: number[]) => sums.length),
    [10, 20],
    { paused: true },
  );
  const events = collected(run);
  await clock.advance(5);
  run.resume();
  await clock.finish(run.outcome);
  return events;
}

const renumbered = (events: readonly RunEvent[]): RunEvent[] => events.map((event, at) => ({ ...event, seq: at + 1 }));

test('a whole story has no faults', async () => {
  const events = await story();
  expect(faultsOf(events)).toEqual([]);
  const types = new Set(events.map(({ type }) => type));
  for (const type of ['run.paused', 'node.held', 'node.queued', 'node.retrying', 'node.discovered'] as const)
    expect(types).toContain(type);
});

test('one in which an event is missing has', async () => {
  const events = await story();
  // What may be missing: why it waits, what it found, and pauses that are never resumed.
  const optional: readonly RunEvent['type'][] = ['node.queued', 'node.discovered', 'node.retrying', 'run.resumed'];
  for (const [at, event] of events.entries()) {
    const { type, seq } = event;
    if (optional.includes(type)) continue;
    const next = events.slice(at + 1).find((later) => 'path' in later && 'path' in event && later.path === event.path);
    // An attempt may fail before its start, over its answer.
    if (type === 'node.started' && next?.type === 'node.retrying') continue;
    expect(faultsOf(renumbered(events.toSpliced(at, 1))), `without ${seq} ${type}`).not.toEqual([]);
  }
});

test('one in which an event comes twice, or is out of its number, has', async () => {
  const events = await story();
  const repeatable: readonly RunEvent['type'][] = ['node.queued', 'node.held', 'node.discovered', 'node.retrying'];
  for (const [at, event] of events.entries()) {
    if (!repeatable.includes(event.type))
      expect(faultsOf(renumbered(events.toSpliced(at, 0, event))), `${event.seq} ${event.type} twice`).not.toEqual([]);
    expect(faultsOf(events.toSpliced(at, 1))).not.toEqual([]);
  }
});

test('one whose run ends before an instance has', async () => {
  const events = await story();
  const end = events.at(-1)!;
  expect(faultsOf(renumbered([...events.slice(0, -2), end, events.at(-2)!]))).toEqual([
    expect.stringContaining('run.succeeded: while all is running'),
    expect.stringContaining('after the end of the run'),
  ]);
});
