import { createEngine } from '@holon/engine';
import { expect, test } from 'vitest';
import { input, research } from './research.ts';

test('reads as deep as it was asked to, asking on with what came up', async () => {
  const { sources, questions, themes } = await research(input);
  expect(sources.length).toBeGreaterThanOrEqual(input.depth);
  expect(questions[0]).toBe('abort running task');
  expect(questions.length).toBeGreaterThan(1);
  expect(themes.length).toBeGreaterThan(0);
});

test('a topic that nothing is written about ends after one round', async () => {
  expect(await research({ topic: 'xylophonist', depth: 5 })).toEqual({
    topic: 'xylophonist',
    questions: ['xylophonist'],
    sources: [],
    themes: [],
  });
});

test('in an engine it gives the same, and its children are found as it runs', async () => {
  await using engine = createEngine();
  const run = engine.start(research, input);
  const found = new Set<string>();
  run.on((event) => {
    if (event.type === 'node.discovered') found.add(event.node.id);
  });
  const result = await run.result;
  expect(result).toEqual(await research(input));
  expect([...found]).toEqual(
    expect.arrayContaining(['research/collect', 'research/search', 'research/read', 'research/write']),
  );
});
