import { expect, test } from 'vitest';
import { openProject } from '../test-tools/holon-process.ts';

const project = openProject({
  'wait.ts': `import { context, flow } from '@holon/flow';
export const polite = flow('polite', () => new Promise((_, reject) => {
  const { signal, log } = context();
  const timer = setInterval(() => undefined, 1000);
  signal.addEventListener('abort', () => { clearInterval(timer); reject(signal.reason); });
  log.info('started');
}));
export const deaf = flow('deaf', () => {
  context().log.info('started');
  return new Promise((resolve) => setTimeout(resolve, 60_000));
});`,
});

test.each([
  ['SIGINT', 130, 'interrupted by Ctrl-C'],
  ['SIGTERM', 143, 'terminated by SIGTERM'],
] as const)('%s cancels the run and ends with %i', async (signal, code, reason) => {
  const running = project.start(['run', 'wait.ts#polite']);
  await running.until('stderr', /started/u);
  running.child.kill(signal);
  const ended = await running.ended;
  expect([ended.code, ended.stdout]).toEqual([code, '']);
  expect(ended.stderr).toContain(`canceling: ${reason}`);
  expect(ended.stderr).toMatch(/■ polite canceled after/u);
});

test('a body that ignores its signal is waited for, named, and left', async () => {
  const running = project.start(['run', 'wait.ts#deaf']);
  await running.until('stderr', /started/u);
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('… waiting a moment for deaf to stop; Ctrl-C again ends it at once.');
  expect(stderr).toContain('Left running, since code in this process can only be asked to stop: deaf');
});

test('a second Ctrl-C ends it at once', async () => {
  const running = project.start(['run', 'wait.ts#deaf']);
  await running.until('stderr', /started/u);
  running.child.kill('SIGINT');
  await running.until('stderr', /canceling/u);
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(stderr).not.toContain('canceled after');
});

test('a test run that is interrupted says how far it came', async () => {
  project.write({ 'cases.json': '[{ "input": 1, "output": 1 }]' });
  const running = project.start(['test', 'wait.ts#polite', '--cases', 'cases.json']);
  await running.until('stdout', /1 case/u);
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('Interrupted after 0 of 1 case.');
});
