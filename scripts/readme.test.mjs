import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the example in the README runs, and prints what it says', () => {
  const [, code] = /```ts\n([\s\S]*?)```/u.exec(readme);
  // Inside the repository, where the packages are found.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'example.ts'), code);
  const printed = execFileSync(process.execPath, ['--conditions=holon-source', join(folder, 'example.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  const length = readFileSync(join(root, 'LICENSE'), 'utf8').length;
  expect(printed.trimEnd().split('\n')).toEqual(['8', `[ ${length} ]`, 'lengths/map[0]/readText']);
});

test('every file that the README links to exists', () => {
  const links = [...readme.matchAll(/(?:\]\(|src="|srcset=")([^)"#]+)/gu)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(8);
  for (const link of links) expect(() => readFileSync(join(root, link)), link).not.toThrow(/ENOENT/u);
});
