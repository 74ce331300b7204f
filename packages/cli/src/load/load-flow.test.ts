import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../../test-tools/holon-process.ts';

const project = openProject({
  'math.ts': `import { flow, pipe } from '@holon/flow';
export const add = flow('add', (x: number) => x + 1);
export const double = flow('double', (x: number) => x * 2);
export const both = pipe('both', add, double);
export const helper = (x: number) => x;`,
  'plain.mjs': `export const work = (x) => x;
export const limit = 3;`,
});

const fails = async (file: string): Promise<string> => {
  const { code, stdout, stderr } = await project.holon('run', file, '-i', '1');
  expect([code, stdout], stderr).toEqual([2, '']);
  expect(stderr).not.toMatch(/^\s+at /mu);
  return stderr;
};

test('no such file: the nearest is named', async () => {
  expect(await fails('maht.ts')).toBe('error  There is no file "maht.ts".\n       Did you mean "math.ts"?\n');
  expect(await fails('math')).toContain('Did you mean "math.ts"?');
  expect(await fails('nowhere/math.ts')).toContain('There is no folder "nowhere" either.');
});

test('a folder, and a file that is no module', async () => {
  expect(await fails('.')).toContain('is a folder, not a file.');
  expect(await fails('package.json')).toContain('"package.json" is not a TypeScript or JavaScript file.');
});

test('no flow: what is exported instead', async () => {
  const stderr = await fails('plain.mjs');
  expect(stderr).toContain('plain.mjs exports no flow.');
  expect(stderr).toContain('It exports limit (the number 3), work (a plain function).');
  expect(stderr).toContain('❯ 1 │ export const work = (x) => x;');
});

test('several flows: all of them, in the order they were written, as they have to be typed', async () => {
  const stderr = await fails('math.ts');
  expect(stderr).toBe(`error  math.ts exports 3 flows; say which one.
    →  math.ts#add     task
    →  math.ts#double  task
    →  math.ts#both    pipe
`);
});

test('a flow that is not there: the nearest; one that is none: what it is', async () => {
  expect(await fails('math.ts#duoble')).toContain('math.ts exports no "duoble". Did you mean "double"?');
  expect(await fails('math.ts#helper')).toContain('"helper" of math.ts is a plain function, not a flow.');
});

test('the default export is the one that is meant', async () => {
  project.write({
    'main.ts': `import { flow } from '@holon/flow';
export const first = flow('first', (x: number) => x);
const second = flow('second', (x: number) => x + 100);
export default second;`,
  });
  const [chosen, named] = await Promise.all([
    project.holon('run', 'main.ts', '-q', '-i', '1'),
    project.holon('run', 'main.ts#first', '-q', '-i', '1'),
  ]);
  expect([chosen.stdout, named.stdout]).toEqual(['101\n', '1\n']);
  expect(await fails('main.ts#frist')).toBe(`error  main.ts exports no "frist". Did you mean "first"?
    →  main.ts#first    task
    →  main.ts#default  task "second"
`);
});

test('a syntax error in TypeScript, in JavaScript, and in an imported file: file, line and caret', async () => {
  project.write({
    'broken.ts': `const a: number = 1;\nexport const b = a + ;\n`,
    'broken.js': `const a = 1;\nexport const b = a + ;\n`,
    'importer.js': `import './broken.js';\n`,
  });
  expect(await fails('broken.ts')).toBe(`error  broken.ts can't be read: Expression expected

  broken.ts:2:22
    1 │ const a: number = 1;
  ❯ 2 │ export const b = a + ;
      │                      ^
`);
  expect(await fails('broken.js')).toContain('  broken.js:2:22\n');
  expect(await fails('importer.js')).toContain('  broken.js:2:22\n');
});

test('an import that leads nowhere: the line, the nearest, or what to install', async () => {
  project.write({
    'lost.ts': `import { add } from './mth.ts';\nexport const x = add;\n`,
    'uninstalled.ts': `import left from '@some/pad';\nexport const x = left;\n`,
    'unexported.ts': `import { addd } from './math.ts';\nexport const x = addd;\n`,
  });
  const lost = await fails('lost.ts');
  expect(lost).toContain('lost.ts imports a file that does not exist: mth.ts\n       Did you mean "math.ts"?');
  expect(lost).toContain('lost.ts:1:21');
  const uninstalled = await fails('uninstalled.ts');
  expect(uninstalled).toContain('imports the package "@some/pad", which is not installed here.');
  expect(uninstalled).toContain('→  npm install @some/pad');
  const unexported = await fails('unexported.ts');
  expect(unexported).toContain('"./math.ts" exports no "addd".');
  expect(unexported).toContain('unexported.ts:1:10');
});

test('a module that throws while it is loaded: its error, the line, no trace', async () => {
  project.write({
    'throws.ts': `const settings = undefined as unknown as { port: number };\nexport const port = settings.port;\n`,
    'throws-text.mjs': `throw 'no settings';`,
  });
  const error = await fails('throws.ts');
  expect(error).toContain(
    "throws.ts threw while it was loaded: TypeError: Cannot read properties of undefined (reading 'port')",
  );
  expect(error).toContain('throws.ts:2:30');
  expect(await fails('throws-text.mjs')).toContain('what it threw is not an Error: "no settings"');
});

test('a module that never gets to its end, or ends the process', async () => {
  project.write({
    'waits.ts': `await new Promise(() => undefined);\nexport const x = 1;\n`,
    'exits.ts': `process.exit(0);\n`,
  });
  expect(await fails('waits.ts')).toContain('waits.ts was never loaded to its end');
  expect(await fails('exits.ts')).toContain('exits.ts ended the process while it was loaded, with process.exit(0).');
});

test('a graph with duplicate names and without a result: all problems, with the line', async () => {
  project.write({
    'twice.ts': `import { flow, graph, type Graph } from '@holon/flow';
const step = flow('step', (x: number) => x);
export const twice = graph('twice', (g: Graph<number>) => {
  g.add(step, g.add(step, g.input));
  return undefined;
});`,
  });
  const stderr = await fails('twice.ts');
  expect(stderr).toMatch(/graph "twice" can't be built \(.*twice\.ts:3\):/);
  expect(stderr).toContain('Two nodes are named "step".');
  expect(stderr).toContain('It has no result');
  expect(stderr).toContain('twice.ts:3:22');
});

test('where type stripping does not suffice, a transpiler does, and both share one @holon/flow', async () => {
  project.write({
    'fancy.ts': `import * as holon from '@holon/flow';
import { bonus } from './bonus';
enum Mode { On = 5 }
const traced = (_: unknown, _key: string, descriptor: PropertyDescriptor) => descriptor;
class Adder {
  constructor(private readonly by: number) {}
  @traced
  add(x: number): number { return x + this.by; }
}
export const fancy = holon.flow('fancy', (x: number) => ({
  value: new Adder(Mode.On).add(x) + bonus,
  same: globalThis.stripped === holon,
  runs: holon.context().path,
}));`,
    'bonus.ts': `export const bonus: number = 1000;`,
    // Loaded by Node itself before anything else: what everybody but the transpiler gets.
    'stripped.mjs': `import * as holon from '@holon/flow';\nglobalThis.stripped = holon;`,
  });
  const preload = { NODE_OPTIONS: `--conditions=holon-source --import=${project.folder}/stripped.mjs` };
  const { code, stdout, stderr } = await project.start(['run', 'fancy.ts', '-q', '-i', '1'], { env: preload }).ended;
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ value: 1006, same: true, runs: 'fancy' });
});

test('a transpiled file that asks whether it is the main one is not, and keeps its places', async () => {
  project.write({
    'guarded.ts': `import { flow } from '@holon/flow';
enum Mode { On = 5 }
export const guarded = flow('guarded', (x: number) => x + Mode.On);
if (import.meta.main) console.log('main');`,
  });
  const { stdout, stderr } = await project.holon('inspect', 'guarded.ts');
  expect(stdout).toContain('guarded.ts:3');
  expect(stdout + stderr).not.toContain('main');
});

test('a "#" in a file name is no separator when such a file exists', async () => {
  project.write({ 'c#.ts': `import { flow } from '@holon/flow';\nexport const sharp = flow('sharp', () => 'c');` });
  expect((await project.holon('run', 'c#.ts', '-q')).stdout).toBe('"c"\n');
});

test('a "#" in the name of an export belongs to it', async () => {
  project.write({
    'sharp.ts': `import { flow } from '@holon/flow';\nconst f = flow('f', () => { throw new Error('x'); });\nexport { f as 'a#b', f as 'c d' };`,
  });
  const { code, stderr } = await project.holon('run', 'sharp.ts#a#b');
  expect(code).toBe(1);
  expect(stderr).toContain('next       holon debug sharp.ts#a#b\n');
});

test('an export without a file, and nothing at all', async () => {
  expect(await fails('#add')).toBe(
    'error  "#add" names an export, but no file.\n    →  Name the file first: flow.ts#add\n',
  );
  expect(await fails('')).toContain('The name of the file is empty.');
});

test('a link is followed; one to nothing says where it leads', async () => {
  project.write({
    'dir with ü/real.ts': `import { flow } from '@holon/flow';\nexport const real = flow('real', () => 'here');`,
  });
  symlinkSync('dir with ü/real.ts', join(project.folder, 'link.ts'));
  symlinkSync('nowhere.ts', join(project.folder, 'dangling.ts'));
  expect((await project.holon('run', 'link.ts', '-q')).stdout).toBe('"here"\n');
  expect(await fails('dangling.ts')).toBe('error  "dangling.ts" is a link to "nowhere.ts", which does not exist.\n');
});

test('a module that exports "then" is said to, since JavaScript takes it for a promise', async () => {
  project.write({
    'then.ts': `import { flow } from '@holon/flow';
export const one = flow('one', () => 1);
export const then = (resolve: (value: number) => void) => resolve(5);`,
  });
  expect(await fails('then.ts')).toContain(`then.ts exports a function named "then", so it can't be imported.`);
});
