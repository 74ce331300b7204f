import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'add.ts': `import { flow } from '@holon/flow';
export const add = flow('add', (x: number, y: number) => x + y, { params: ['x', 'y'] });`,
  'order.ts': `import { context, flow, pipe } from '@holon/flow';
export const total = flow('total', async (order: { items: number[] }) => {
  context().log.info('adding up', { items: order.items.length });
  console.log('printed by the body');
  return order.items.reduce((sum, item) => sum + item, 0);
});
export const order = pipe('order', total, (sum: number) => ({ sum }));
export const input = { items: [1, 2, 3] };`,
  'order.json': '{ "items": [10, 20] }',
  'wide.ts': `import { flow, map } from '@holon/flow';
let running = 0;
let most = 0;
const one = flow('one', async () => {
  most = Math.max(most, ++running);
  await new Promise((resolve) => setTimeout(resolve, 5));
  running--;
  return most;
});
export const wide = map('wide', one);
export const input = [1, 2, 3, 4, 5, 6];`,
});

test('prints the result alone on standard output and everything else on standard error', async () => {
  const { code, stdout, stderr } = await project.holon('run', 'order.ts#order');
  expect(code).toBe(0);
  expect(stdout).toBe('{"sum":6}\n');
  expect(stderr).toContain('· order/total  adding up {items: 3}\n');
  expect(stderr).toContain('printed by the body\n');
  expect(stderr).toMatch(/✓ order succeeded after \d+ ms, 2 steps\n$/u);
});

test('--quiet leaves progress and logs out', async () => {
  const { stdout, stderr } = await project.holon('run', 'order.ts#order', '--quiet');
  expect(stdout).toBe('{"sum":6}\n');
  expect(stderr).toBe('printed by the body\n');
});

test('takes its input as JSON text, as a file, as @file and from standard input', async () => {
  const results = await Promise.all([
    project.holon('run', 'order.ts#order', '-q', '--input', '{"items":[4]}'),
    project.holon('run', 'order.ts#order', '-q', '--input', 'order.json'),
    project.holon('run', 'order.ts#order', '-q', '--input', '@order.json'),
    project.start(['run', 'order.ts#order', '-q', '-i', '-'], { stdin: '{"items":[5,6]}' }).ended,
  ]);
  expect(results.map((result) => result.stdout)).toEqual([
    '{"sum":4}\n',
    '{"sum":30}\n',
    '{"sum":30}\n',
    '{"sum":11}\n',
  ]);
});

test('several parameters take a list, or a record by their names', async () => {
  const [list, record] = await Promise.all([
    project.holon('run', 'add.ts', '-i', '[5, 3]'),
    project.holon('run', 'add.ts', '-i', '{"y": 3, "x": 5}'),
  ]);
  expect([list.stdout, record.stdout]).toEqual(['8\n', '8\n']);
});

test.each([
  ['too few', '[5]', '"add" takes 2 arguments; the input has 1: [5]'],
  ['too many', '[5,3,1]', '"add" takes 2 arguments; the input has 3: [5,3,1]'],
  ['no list', '5', '"add" takes 2 arguments, so its input is a list of 2. Given: 5'],
  ['a name is missing', '{"x":1}', '"add" takes x, y; y is missing.'],
])('a wrong number of arguments is a usage error: %s', async (_, input, message) => {
  const { code, stdout, stderr } = await project.holon('run', 'add.ts', '--input', input);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`error  ${message}\n`);
  expect(stderr).toContain(`→  --input '[1, 2]'`);
});

test('an exported input that does not fit is said to be the exported one', async () => {
  project.write({
    'pair.ts': `import { flow } from '@holon/flow';
export const pair = flow('pair', (a: number, b: number) => a + b);
export const input = 4;`,
  });
  const { code, stderr } = await project.holon('run', 'pair.ts');
  expect(code).toBe(2);
  expect(stderr).toContain('The input is the one that the file exports as "input".');
});

test('no input for several parameters is a usage error', async () => {
  const { code, stderr } = await project.holon('run', 'add.ts');
  expect(code).toBe(2);
  expect(stderr).toContain('"add" takes 2 arguments, and none was given.');
});

test('no input for one parameter is a usage error, too', async () => {
  project.write({ 'one.ts': `import { flow } from '@holon/flow';\nexport const one = flow('one', (x: number) => x);` });
  const { code, stdout, stderr } = await project.holon('run', 'one.ts');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('"one" takes an input, and none was given.');
});

test('a map of many items gets no line for each', async () => {
  const { stderr } = await project.holon('run', 'wide.ts#wide');
  expect(stderr).toMatch(/^✓ wide succeeded after [^\n]+, 6 steps\n$/u);
});

test('--concurrency limits how many bodies run at once', async () => {
  const { stdout } = await project.holon('run', 'wide.ts#wide', '-q', '-c', '2');
  expect(Math.max(...(JSON.parse(stdout) as number[]))).toBe(2);
});

test('says what JSON can not say, and prints the best form', async () => {
  project.write({
    'odd.ts': `import { flow } from '@holon/flow';
export const odd = flow('odd', () => {
  const value: Record<string, unknown> = { when: new Date(0), byId: new Map([[1, 10n]]), gone: undefined, n: NaN };
  value.self = value;
  return value;
});`,
  });
  const { code, stdout, stderr } = await project.holon('run', 'odd.ts', '-q');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    when: '1970-01-01T00:00:00.000Z',
    byId: [[1, '10']],
    n: 'NaN',
    self: '[the same as the whole result]',
  });
  expect(stderr).toMatch(/a Date as ISO text +\.when\n/u);
  expect(stderr).toMatch(/a BigInt as text +\.byId\[0\]\[1\]\n/u);
  expect(stderr).toMatch(/undefined as nothing at all +\.gone\n/u);
  expect(stderr).toMatch(/a cycle as a text +\.self\n/u);
});

test('a result that nests too deeply for JSON is told, not crashed on', async () => {
  project.write({
    'deep.ts': `import { flow } from '@holon/flow';
export const deep = flow('deep', () => { let value: unknown = 1; for (let i = 0; i < 1e5; i++) value = [value]; return value; });`,
  });
  const { code, stdout, stderr } = await project.holon('run', 'deep.ts', '-q');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain("its result can't be written as JSON: it is nested too deeply");
});

test('what a flow leaves open does not keep the process, and is named', async () => {
  project.write({
    'open.ts': `import { flow } from '@holon/flow';
export const open = flow('open', () => { setInterval(() => undefined, 1000); return 'done'; });`,
  });
  const { code, stdout, stderr } = await project.holon('run', 'open.ts');
  expect([code, stdout]).toEqual([0, '"done"\n']);
  expect(stderr).toContain('ended with something still open: Timeout');
});

test('a closed pipe is no failure', async () => {
  project.write({
    'big.ts': `import { flow } from '@holon/flow';
export const big = flow('big', () => 'x'.repeat(5_000_000));`,
  });
  const running = project.start(['run', 'big.ts', '-q']);
  running.child.stdout!.destroy();
  const { code, stderr } = await running.ended;
  expect([code, stderr]).toEqual([0, '']);
});
