import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'echo.ts': `import { flow } from '@holon/flow';\nexport const echo = flow('echo', (value: unknown) => value);`,
  'order.json': '{\n  "id": 7,\n  "items": [1, 2,],\n}\n',
});

const refuses = async (input: string, stdin?: string): Promise<string> => {
  const { code, stdout, stderr } = await project.start(
    ['run', 'echo.ts', '-i', input],
    stdin === undefined ? {} : { stdin },
  ).ended;
  expect([code, stdout], stderr).toEqual([2, '']);
  return stderr;
};

test('JSON text that is none: what is wrong, where, the excerpt with a caret', async () => {
  expect(await refuses('{"id": 7, items: []}'))
    .toBe(`error  --input is not JSON: there is a key without quotes; write "items" (line 1, column 11).

  --input:1:11
  ❯ 1 │ {"id": 7, items: []}
      │           ^
`);
});

test('a file that is not JSON: its name, line and column', async () => {
  const stderr = await refuses('order.json');
  expect(stderr).toContain(
    'order.json is not JSON: there is a "," before "]"; JSON has no trailing commas (line 3, column 17).',
  );
  expect(stderr).toContain('  ❯ 3 │   "items": [1, 2,],\n      │                 ^\n');
});

test('standard input that is not JSON, or empty', async () => {
  expect(await refuses('-', '[1, 2')).toContain(
    'standard input is not JSON: there is the end of the text; expected "," or "]" (line 1, column 6).',
  );
  expect(await refuses('-', '')).toContain('standard input is empty; expected JSON.');
});

test('a file that is not there: the nearest', async () => {
  expect(await refuses('oder.json')).toContain(
    '--input is neither JSON nor a file: oder.json\n       Did you mean "order.json"?',
  );
  expect(await refuses('@oder.json')).toContain('There is no file "oder.json".\n       Did you mean "order.json"?');
});

test('a bare word: how a text is written', async () => {
  expect(await refuses('hello')).toContain(`For a text write --input '"hello"'.`);
});

test('a file, or standard input, that is not UTF-8 is refused, not changed in silence', async () => {
  writeFileSync(join(project.folder, 'latin.json'), Buffer.from('"caf\xe9"', 'latin1'));
  writeFileSync(join(project.folder, 'marked.json'), '\ufeff"café"');
  expect(await refuses('latin.json')).toContain('latin.json is not text in UTF-8, as JSON has to be.');
  expect((await project.holon('run', 'echo.ts', '-q', '-i', 'marked.json')).stdout).toBe('"café"\n');
});

test('a folder, and no path at all', async () => {
  project.write({ 'folder.json/x': '' });
  expect(await refuses('@folder.json')).toContain('"folder.json" is a folder, not a file.');
  expect(await refuses('@')).toContain('The path of the JSON file is empty.');
});

test.skipIf(process.platform === 'win32')('a named pipe is read like a file', async () => {
  const pipe = join(project.folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  const running = project.start(['run', 'echo.ts', '-q', '-i', 'pipe']);
  await writeFile(pipe, '{"from":"a pipe"}');
  expect((await running.ended).stdout).toBe('{"from":"a pipe"}\n');
});
