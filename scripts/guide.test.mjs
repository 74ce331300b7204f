import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './lib/processes.mjs';

const file = join(root, 'docs', 'guide.md');
const guide = readFileSync(file, 'utf8');
const steps = [...guide.matchAll(/## ([^\n]*)(?:(?!\n## ).)*?```ts\n(.*?)```\n\n```text\n(.*?)```/gsu)];

test.each(steps.map(([, title, code, printed]) => [title, code, printed]))(
  '%s: runs, and prints what it says',
  (_title, code, printed) => {
    // Inside the repository, where the packages are found.
    mkdirSync(join(root, '.cache'), { recursive: true });
    const folder = mkdtempSync(join(root, '.cache', 'guide-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'step.ts'), code);
    const options = ['--conditions=holon-source', join(folder, 'step.ts')];
    expect(execFileSync(process.execPath, options, { cwd: root, encoding: 'utf8' })).toBe(printed);
  },
);

test('every step that can run does, and every link leads somewhere', () => {
  expect(steps.length).toBe(guide.split('```ts\n').length - 1);
  const prose = guide.replace(/```.*?```/gsu, '');
  const links = [...prose.matchAll(/\]\(([^)#]+)[^)]*\)/gu)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) expect(existsSync(join(dirname(file), link)), link).toBe(true);
});
