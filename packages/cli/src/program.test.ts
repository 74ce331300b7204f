import { expect, test } from 'vitest';
import { openProject } from '../test-tools/holon-process.ts';

const project = openProject({
  'one.ts': `import { flow } from '@holon/flow';\nexport const one = flow('one', () => 1);`,
});

test('--version and --help', async () => {
  const [version, help] = await Promise.all([project.holon('--version'), project.holon('--help')]);
  expect(version).toMatchObject({ code: 0, stderr: '' });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+/u);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const command of ['run', 'test', 'debug', 'visualize', 'inspect'])
    expect(help.stdout).toMatch(new RegExp(`^  ${command} <file> `, 'mu'));
  expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('holon help run is holon run --help', async () => {
  const [word, option] = await Promise.all([project.holon('help', 'run'), project.holon('run', '--help')]);
  expect(word).toEqual(option);
});

test.each(['run', 'test', 'debug', 'visualize', 'inspect'])('holon %s --help has examples', async (command) => {
  const { code, stdout } = await project.holon(command, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Examples:\\n  \\$ (?:.* )?holon ${command} `, 'u'));
});

test.each([
  [['rnu', 'one.ts'], 'Unknown command "rnu". Did you mean "run"?'],
  [['run', 'one.ts', '--inptu', '1'], 'Unknown option "--inptu". Did you mean "--input"?'],
  [['run'], 'Missing required argument "file[#export]".'],
  [['run', 'one.ts', '1'], 'Too many arguments for "run". Expected 1 argument but got 2'],
  [['run', 'one.ts', '--input'], 'Option "-i, --input <json>" argument missing.'],
  [['run', 'one.ts', '-c', '0'], '--concurrency: "0" is not a whole number from 1.'],
  [['run', 'one.ts', '-t', '5 minutes'], '--timeout: "5 minutes" is not a duration.'],
] as const)('holon %j is a usage error', async (args, message) => {
  const { code, stdout, stderr } = await project.holon(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`error  ${message}`);
});

test('without arguments it shows its help, as an error', async () => {
  const { code, stdout, stderr } = await project.holon();
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: holon');
});

test('colours only where they are asked for', async () => {
  const [plain, colored, forbidden] = await Promise.all([
    project.holon('run', 'two.ts'),
    project.start(['run', 'two.ts'], { env: { FORCE_COLOR: '1' } }).ended,
    project.start(['run', 'two.ts'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).ended,
  ]);
  expect(plain.stderr).not.toContain('\u001b[');
  expect(colored.stderr).toContain('\u001b[31m');
  expect(forbidden.stderr).not.toContain('\u001b[');
});

test('holon help of a command that there is not', async () => {
  const { code, stderr } = await project.holon('help', 'rnu');
  expect(code).toBe(2);
  expect(stderr).toContain('Unknown command "rnu". Did you mean "run"?');
});

test('on a Node that is too old it says so, and here how to run it', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } });`;
  project.write({ 'old-node.mjs': old });
  const env = { NODE_OPTIONS: `--import=${project.folder}/old-node.mjs` };
  const { code, stdout, stderr } = await project.start(['run', 'one.ts'], { env }).ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    'holon needs Node 22.18 or later; this is Node 20.11.0.\n    →  This repository brings its own: run it as npx holon …\n',
  );
});
