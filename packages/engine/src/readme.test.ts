import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const examples = [...readme.matchAll(/```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/gs)];

test.each(examples.map(([, code, printed], index) => [index + 1, code!, printed!] as const))(
  'example %i in the README prints what it says',
  (_number, code, printed) => {
    const folder = mkdtempSync(join(tmpdir(), 'holon-readme-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'example.ts');
    const source = code
      .replace('@holon/flow', new URL('../../flow/src/index.ts', import.meta.url).href)
      .replace('@holon/engine', new URL('./index.ts', import.meta.url).href);
    writeFileSync(file, source);
    const options = ['--conditions=holon-source', '--disable-warning=ExperimentalWarning'];
    expect(execFileSync(process.execPath, [...options, file], { encoding: 'utf8' })).toBe(printed);
  },
);

test('every example in the README that can run does', () => {
  expect(examples.length).toBe(readme.split('```ts\n').length - 1);
  expect(examples.length).toBeGreaterThan(2);
});

test('every file the README names is there', () => {
  const named = [...readme.matchAll(/`((?:src|bench)\/[\w/.-]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});
