/** What a program ships that uses a part of the package. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { bundle } from '../bench/bundle.ts';

const cache = fileURLToPath(new URL('../../../.cache', import.meta.url));

/** The files of this package that are in the bundle of a program. */
async function filesIn(code: string): Promise<string[]> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'bundled-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'program.ts'), code);
  const { modules } = await bundle(join(folder, 'program.ts'), { fromSources: true });
  return Object.entries(modules).flatMap(([file, { renderedLength }]) => {
    const inside = /packages\/flow\/src\/(.*)$/u.exec(file)?.[1];
    return inside === undefined || renderedLength === 0 ? [] : [inside];
  });
}

const combinators = readdirSync(new URL('combinators', import.meta.url));

test('a program has the combinators it uses, and no drawing where it draws nothing', async () => {
  const files = await filesIn(`import { pipe } from '@holon/flow';\nconsole.log(pipe((x: number) => x)(1));`);
  expect(files).toContain('combinators/pipe.ts');
  const others = combinators.filter((name) => !name.endsWith('.test.ts') && files.includes(`combinators/${name}`));
  // What pipe is written with.
  expect(
    others.filter(
      (name) => !['pipe.ts', 'identity.ts', 'iterate.ts', 'chain.ts', 'input.ts', 'named.ts'].includes(name),
    ),
  ).toEqual([]);
  expect(files.filter((name) => /describe|hash|sha256|outline/u.test(name))).toEqual([]);
});

test('a program that only asks what a value is has no combinator at all', async () => {
  const files = await filesIn(`import { isFlow } from '@holon/flow';\nconsole.log(isFlow(1));`);
  expect(files).toContain('definition.ts');
  expect(files.filter((name) => name.startsWith('combinators/') || name === 'direct-port.ts')).toEqual([]);
});

test('importing it for nothing leaves nothing', async () => {
  expect(await filesIn(`import '@holon/flow';\nconsole.log(1);`)).toEqual([]);
});
