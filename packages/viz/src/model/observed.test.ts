import { createEngine } from '@holon/engine';
import { decodeRunState, emptyRunState, fold } from '@holon/engine/events';
import { describe, flow, pipe } from '@holon/flow';
import { expect, test } from 'vitest';
import { modelOf } from './model-of.ts';

const search = flow('search', async (topic: string) => topic);
const enough = flow('enough', async (_: string) => true);
const write = flow('write', async (topic: string) => topic);
const revise = pipe('revise', search, write);
const research = flow('research', async (topic: string) => {
  await search(topic);
  if (await enough(topic)) await revise(topic);
  return write(topic);
});

test('what a run shows of plain code is drawn in the order it happened', async () => {
  const engine = createEngine();
  const run = engine.start(research, 'loops');
  let state = emptyRunState();
  for await (const event of run.events()) {
    state = event.type === 'run.snapshot' ? decodeRunState(event.state) : fold(state, event);
  }
  const { edges } = modelOf(describe(research), state.discovered.values());
  expect(edges.map(({ from, to, observed }) => `${from} -> ${to}${observed ? ' ?' : ''}`)).toEqual([
    ':start -> research/search ?',
    'research/search -> research/enough ?',
    'research/enough -> research/revise/search ?',
    'research/revise/search -> research/revise/write ?',
    'research/revise/write -> research/write ?',
    'research/write -> :end ?',
  ]);
});
