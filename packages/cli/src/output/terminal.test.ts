import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'wrong.ts': `import { flow } from '@holon/flow';
export const wrong = flow('wrong', (x: number) => x);
export const cases = Array.from({ length: 2_000 }, (_, i) => ({ name: 'case '.repeat(20) + i, input: i, output: i === 1_999 ? -1 : i }));`,
});

test('whoever stops reading standard output does not change how the command ends', async () => {
  const running = project.start(['test', 'wrong.ts']);
  await running.until('stdout', /2,000 cases/u);
  running.child.stdout!.destroy();
  const { code, stderr } = await running.ended;
  expect([code, stderr]).toEqual([1, '']);
});

test('whoever stops reading standard error still gets the result', async () => {
  const running = project.start(['run', 'wrong.ts', '-i', '7']);
  running.child.stderr!.destroy();
  const { code, stdout } = await running.ended;
  expect([code, stdout]).toEqual([0, '7\n']);
});

test.skipIf(process.platform !== 'linux')('a result that can not be written is a failure', async () => {
  const bin = fileURLToPath(new URL('../../bin/holon.js', import.meta.url));
  const shell = promisify(execFile)('sh', ['-c', `"${process.execPath}" "${bin}" run wrong.ts -q -i 7 > /dev/full`], {
    cwd: project.folder,
  });
  await expect(shell).rejects.toMatchObject({
    code: 1,
    stderr: "Standard output can't be written: the disk is full.\n",
  });
});
