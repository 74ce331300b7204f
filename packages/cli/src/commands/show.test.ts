import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowPicture } from '@holon/flow';
import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'shop.ts': `import { branch, flow, map, pipe } from '@holon/flow';
const price = flow('price', (id: number) => id * 10, { timeout: '2s' });
const pay = flow('pay', async (sum: number) => sum, { retry: 3 });
export const shop = pipe('shop', map('prices', price), (all: number[]) => all.length, pay);
export const input = [1, 2];`,
  // Node can't strip an enum: another loader takes it.
  'colours.ts': `import { flow } from '@holon/flow';

enum Colour {
  Red,
  Green,
}
type Name = string;
export const nameOf = flow((colour: Colour): Name => Colour[colour]!);`,
});

test('inspect shows the tree with kinds, places and policies', async () => {
  const { code, stdout, stderr } = await project.holon('inspect', 'shop.ts');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(`shop  pipe
  address  shop.ts#shop
  written  shop.ts:4
  id       shop
  takes    one input
  gives    a promise
  input    [1, 2] (exported as "input")

  ├─ prices        map   shop.ts:4
  │  └─ price × n  task  shop.ts:2  timeout 2 s
  ├─ task          task  shop.ts:4
  └─ pay           task  shop.ts:3  retry 3 × exponential
`);
});

test('inspect knows lines and names in what was transpiled, too', async () => {
  const { stdout } = await project.holon('inspect', 'colours.ts', '--json');
  const { picture } = JSON.parse(stdout) as { picture: FlowPicture };
  expect(picture.nodes[0]).toMatchObject({
    label: 'nameOf',
    origin: { file: join(project.folder, 'colours.ts'), line: 8 },
  });
});

test('inspect --json gives the same as data', async () => {
  const { stdout } = await project.holon('inspect', 'shop.ts#shop', '--json');
  const data = JSON.parse(stdout) as { picture: { root: string; nodes: { id: string }[] } };
  expect(data).toMatchObject({
    version: 1,
    export: 'shop',
    label: 'shop',
    kind: 'pipe',
    arity: 1,
    hasDefaultInput: true,
  });
  expect(data.picture.nodes.map((node) => node.id)).toEqual([
    'shop',
    'shop/prices',
    'shop/prices/price',
    'shop/task',
    'shop/pay',
  ]);
});

test('visualize prints Mermaid by default, DOT when asked, and writes files', async () => {
  const [mermaid, dot, file] = await Promise.all([
    project.holon('visualize', 'shop.ts'),
    project.holon('visualize', 'shop.ts', '--format', 'dot'),
    project.holon('visualize', 'shop.ts', '-o', 'shop.dot'),
  ]);
  expect(mermaid.stdout).toMatch(/^flowchart /u);
  expect(dot.stdout).toMatch(/^digraph /u);
  expect(file.stdout).toBe('');
  expect(file.stderr).toContain('✓ shop.dot  dot,');
  expect(readFileSync(join(project.folder, 'shop.dot'), 'utf8')).toBe(dot.stdout);
});

test('an unknown format and a file that can not be written are usage errors', async () => {
  const [format, output] = await Promise.all([
    project.holon('visualize', 'shop.ts', '-f', 'mermiad'),
    project.holon('visualize', 'shop.ts', '-o', 'no/such/folder/x.dot'),
  ]);
  expect([format.code, output.code]).toEqual([2, 2]);
  expect(format.stderr).toContain('--format: "mermiad" is not known. Did you mean "mermaid"?');
  expect(output.stderr).toContain(`--output: "no/such/folder/x.dot" can't be written`);
  expect(existsSync(join(project.folder, 'no'))).toBe(false);
});

test('an exported input that can not be read is shown as such', async () => {
  project.write({
    'trap.ts': `import { flow } from '@holon/flow';
export const one = flow('one', (x: unknown) => x);
export const input = { get a() { throw new Error('no a'); } };`,
  });
  const { code, stdout } = await project.holon('inspect', 'trap.ts');
  expect(code).toBe(0);
  expect(stdout).toContain('  input    unreadable no a (exported as "input")\n');
});
