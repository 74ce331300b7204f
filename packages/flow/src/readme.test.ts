import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

test('the example in the README prints what it says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, code] = /```ts\n(.*?)```/s.exec(readme)!;
  const [, printed] = /```text\n(.*?)```/s.exec(readme)!;
  const folder = mkdtempSync(join(tmpdir(), 'holon-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'example.ts');
  writeFileSync(file, code!.replace('@holon/flow', new URL('./index.ts', import.meta.url).href));
  const options = ['--conditions=holon-source', '--disable-warning=ExperimentalWarning'];
  expect(execFileSync(process.execPath, [...options, file], { encoding: 'utf8' })).toBe(printed);
});
