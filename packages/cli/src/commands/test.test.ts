import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'div.ts': `import { flow } from '@holon/flow';
export const div = flow('div', (a: number, b: number) => {
  if (b === 0) throw new RangeError('division by zero');
  return { whole: Math.floor(a / b), rest: [a % b] };
});
export const cases = [
  { name: 'seven by two', input: [7, 2], output: { whole: 3, rest: [1] } },
  { input: [1, 0], error: 'division by zero' },
  { input: [1, 0], error: { name: 'RangeError' } },
];`,
});

test('cases beside the flow: one line for each, the count last, exit 0', async () => {
  const { code, stdout, stderr } = await project.holon('test', 'div.ts');
  expect(stderr).toBe('');
  expect(stdout.replaceAll(/\d+(?:\.\d)? m?s/gu, 'T')).toBe(`div  3 cases
✓ seven by two  T
✓ [1,0]  T
✓ [1,0]  T

3 passed in T
`);
  expect(code).toBe(0);
});

test('a case that fails says where the first difference is; exit 1', async () => {
  project.write({
    'cases.json': JSON.stringify([
      { input: [7, 2], output: { whole: 3, rest: [2] } },
      { input: [7, 0], output: 1 },
      { input: [7, 7], error: true },
      { input: [7, 0], error: 'another message' },
      { input: [8, 2], output: { whole: 4, rest: [0] } },
    ]),
  });
  const { code, stdout } = await project.holon('test', 'div.ts', '--cases', 'cases.json');
  expect(code).toBe(1);
  expect(stdout).toContain('    at        .rest[0]\n    expected  2\n    got       1\n');
  expect(stdout).toContain('    expected  a value\n    got       RangeError: division by zero  (in div)\n');
  expect(stdout).toContain('    expected  a failure\n    got       {whole: 1, rest: [0]}\n');
  expect(stdout).toContain('    expected  a failure with the message or code "another message"\n');
  expect(stdout).toMatch(/\n1 passed, 4 failed in [^\n]+\n$/u);
});

test('an input that the flow refuses is a failure that a case can expect', async () => {
  project.write({ 'refused.json': '[{ "input": [1, 2, 3], "error": "invalid-input" }]' });
  expect((await project.holon('test', 'div.ts', '--cases', 'refused.json')).code).toBe(0);
});

test.each([
  ['{ "input": 1 }', '"refused" is not a list of cases'],
  ['[]', 'is an empty list'],
  ['[{ "input": [1, 2], "ouput": 1 }]', 'Case 1 of bad.json has an unknown key "ouput". Did you mean "output"?'],
  ['[{ "input": [1, 2] }]', 'Case 1 of bad.json expects nothing: it needs "output" or "error".'],
  ['[{ "input": 1, "error": { "mesage": "x" } }]', 'Did you mean "message"?'],
  ['[{ "input": 1, "output": 1, "error": true }]', 'expects both an output and an error'],
  ['[1', 'bad.json is not JSON'],
])('cases that are none: %s', async (text, message) => {
  project.write({ 'bad.json': text });
  const { code, stdout, stderr } = await project.holon('test', 'div.ts', '--cases', 'bad.json');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message.replace('"refused"', 'bad.json'));
});

test('a case that can never end is told and fails the whole', async () => {
  project.write({
    'stuck.ts': `import { flow } from '@holon/flow';
export const stuck = flow('stuck', (x: number) => (x === 1 ? new Promise(() => undefined) : x));
export const cases = [{ input: 0, output: 0 }, { input: 1, output: 1 }, { input: 2, output: 2 }];`,
  });
  const { code, stdout } = await project.holon('test', 'stuck.ts');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /✓ 0 .*\n✗ 1\n {4}It awaits a promise that nobody will settle.*\n\nended before all cases were run\n$/u,
  );
});

test('no cases at all, and a cases file that is not there', async () => {
  project.write({ 'bare.ts': `import { flow } from '@holon/flow';\nexport const bare = flow('bare', () => 1);` });
  const [none, missing] = await Promise.all([
    project.holon('test', 'bare.ts'),
    project.holon('test', 'bare.ts', '--cases', 'cass.json'),
  ]);
  expect([none.code, missing.code]).toEqual([2, 2]);
  expect(none.stderr).toContain('bare.ts exports no "cases", and no --cases file was given.');
  expect(missing.stderr).toContain('There is no file "cass.json".');
});

test('an output that can not be read fails its case, and the next one is run', async () => {
  project.write({
    'unreadable.ts': `import { flow } from '@holon/flow';
const deep = (levels: number) => { let value: unknown = []; for (let i = 0; i < levels; i++) value = [value]; return value; };
export const odd = flow('odd', (kind: string) => {
  if (kind === 'getter') return { get a() { throw new Error('no a'); } };
  if (kind === 'deep') return deep(50_000);
  throw new Proxy(new Error('x'), { get() { throw new Error('trap'); } });
});
export const cases = [
  { input: 'getter', output: { a: 1 } },
  { input: 'deep', output: deep(50_000) },
  { input: 'error', error: 'x' },
];`,
  });
  const { code, stdout } = await project.holon('test', 'unreadable.ts');
  expect(code).toBe(1);
  expect(stdout).toContain(`got       a value that can't be compared: reading it threw Error: no a\n`);
  expect(stdout).toContain(`got       a value that can't be compared: it is nested too deeply\n`);
  expect(stdout).toContain('got       UnreadableError: ');
  expect(stdout).toContain('0 passed, 3 failed');
});
