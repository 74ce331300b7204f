import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example in the README prints what it says', () => {
  const [, code] = /```ts\n(.*?)```/s.exec(readme)!;
  const [, printed] = /```text\n(.*?)```/s.exec(readme)!;
  const folder = mkdtempSync(join(tmpdir(), 'holon-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'example.ts');
  const source = code!
    .replace('@holon/flow', new URL('../../flow/src/index.ts', import.meta.url).href)
    .replace('@holon/engine', new URL('./index.ts', import.meta.url).href);
  writeFileSync(file, source);
  const options = ['--conditions=holon-source', '--disable-warning=ExperimentalWarning'];
  expect(execFileSync(process.execPath, [...options, file], { encoding: 'utf8' })).toBe(printed);
});

test('every file the README names is there', () => {
  const named = [...readme.matchAll(/`((?:src|bench)\/[\w/.-]+)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
});
