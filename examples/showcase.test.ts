import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createDebugger, createEngine } from '@holon/engine';
import { describe as describeFlow } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { input, showcase } from './showcase.ts';
import { modulesFolder } from './showcase/modules-folder.ts';
import type { SearchState } from './showcase/query.ts';

describe('showcase', () => {
  test('finds as many sections as were wanted, best first, in packages that are installed', async () => {
    const { results, story } = await showcase(input);
    expect(results).toHaveLength(input.wanted);
    expect(results.map((hit) => hit.rank)).toEqual([1, 2, 3, 4, 5]);
    expect(results.map((hit) => hit.score)).toEqual(results.map((hit) => hit.score).toSorted((a, b) => b - a));
    for (const hit of results)
      expect(existsSync(join(modulesFolder, hit.package, 'package.json')), hit.package).toBe(true);
    expect(story.length, 'the default query has to be refined').toBeGreaterThan(2);
  });

  test('gives the same for the same tree', async () => {
    expect(await showcase(input)).toEqual(await showcase(input));
  });

  test('a query that nothing matches ends without results', async () => {
    const { results, terms } = await showcase({ query: 'xylophonist', packages: 5, wanted: 3 });
    expect(results).toEqual([]);
    expect(terms).toEqual([]);
  });

  test('an input out of range says what was expected', async () => {
    await expect(showcase({ ...input, packages: 0 })).rejects.toThrow(/packages: .*>=1/);
  });

  test('its picture has all main shapes', () => {
    const { nodes } = describeFlow(showcase);
    expect(new Set(nodes.map((node) => node.kind))).toEqual(
      new Set(['graph', 'task', 'map', 'pipe', 'parallel', 'join', 'loop', 'choice', 'branch']),
    );
    expect(nodes.filter((node) => node.shape === 'task')).toHaveLength(13);
  });
});

test('in an engine the showcase gives the same', async () => {
  await using engine = createEngine({ maxConcurrency: 3 });
  expect(await engine.execute(showcase, input)).toEqual(await showcase(input));
});

test('a changed query, edited where it is paused, finds other sections', async () => {
  const debug = createDebugger(showcase);
  debug.setBreakpoint('search');
  const run = debug.run(input);
  expect(await run.stopped()).toMatchObject({ path: 'showcase/refine[0]/round/search' });
  const opened = run.value('input');
  if (opened.kind !== 'value' || opened.json === undefined) throw new Error('the input is not there to be edited');
  const state = JSON.parse(opened.json) as SearchState;
  expect(state.query.terms).toContain('parallel');
  run.edit({ ...state, query: { ...state.query, terms: ['parse', 'date|time'] } });
  debug.removeBreakpoint('search');
  expect(await run.continue()).toBeUndefined();
  const { terms, results } = await run.result;
  expect(terms).toEqual(['parse', 'date|time']);
  for (const hit of results) expect(`${hit.heading} ${hit.snippet}`.toLowerCase()).toMatch(/pars|date|time/);
  await debug.close();
});
