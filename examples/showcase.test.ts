import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '@holon/engine';
import { describe as describeFlow } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { input, showcase } from './showcase.ts';
import { modulesFolder } from './showcase/modules-folder.ts';

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
