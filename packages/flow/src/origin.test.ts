import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe as suite, expect, onTestFinished, test } from 'vitest';
import { bundle } from '../bench/bundle.ts';
import { definitionOf } from './definition.ts';
import type { AnyFlow } from './flow.ts';
import { type SourcePosition, captureOrigin } from './origin.ts';
import { describe } from './picture/describe.ts';
import { authorFiles } from './test/author-files.ts';
import { installBuilt, tsc } from './test/install-built.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
/** Inside the repository, where the loaders are found; with a space, which URLs write otherwise. */
const cache = join(repository, '.cache');
mkdirSync(cache, { recursive: true });
/** A project that has this package installed, and one that finds the sources of the repository. */
const project = mkdtempSync(join(cache, 'an author '));
const workspace = mkdtempSync(join(cache, 'an author '));
afterAll(() => {
  for (const folder of [project, workspace]) rmSync(folder, { recursive: true, force: true });
});

/** What `tell.mjs` says of a flow. */
interface Told {
  readonly origin?: SourcePosition | undefined;
  /** What stands at its place, and its label, as the author's file says. */
  readonly text: string;
  readonly label: string;
  /** The label it has. */
  readonly shown: string;
}

function run(folder: string, ...args: readonly string[]): string {
  const options = ['--disable-warning=ExperimentalWarning', ...args];
  return execFileSync(process.execPath, options, { cwd: folder, encoding: 'utf8' });
}

function tell(folder: string, file: string, { node = [] as readonly string[], jiti = false } = {}): Told[] {
  return JSON.parse(run(folder, ...node, 'tell.mjs', join(folder, file), ...(jiti ? ['jiti'] : []))) as Told[];
}

/** Of each flow its file, the text at its place, and its label. */
function placed(told: readonly Told[], { columns = true } = {}): string[] {
  return told.map(({ origin, text, shown }) => {
    if (origin === undefined) return `nowhere: ${shown}`;
    const line = authorFiles[basename(origin.file)]?.split('\n')[origin.line - 1] ?? '';
    const call = line.indexOf(text);
    // V8 points at the name that is called, or behind it.
    const isThere = call <= origin.column - 1 && origin.column - 1 <= call + text.indexOf('(');
    return `${origin.file} ${call >= 0 && (isThere || !columns) ? text : `${line}:${origin.column}`}: ${shown}`;
  });
}

function wanted(folder: string, told: readonly Told[]): string[] {
  const fileOf = (text: string): string =>
    Object.keys(authorFiles).findLast((name) => !name.includes('/') && authorFiles[name]!.includes(text))!;
  return told.map(({ text, label }) => `${join(folder, fileOf(text))} ${text}: ${label}`);
}

/** Compiles an author's files into `out`. */
function compile(file: string, options: object): void {
  const compilerOptions = {
    ...{ target: 'es2024', module: 'nodenext', strict: true, types: [], rootDir: '.', outDir: 'out' },
    ...{ skipLibCheck: true, rewriteRelativeImportExtensions: true, noImplicitAny: false, ...options },
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  run(project, tsc, '-p', 'tsconfig.json');
}

function writeInto(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

beforeAll(async () => {
  for (const folder of [project, workspace])
    writeInto(folder, { ...authorFiles, 'package.json': '{ "type": "module" }' });
  await installBuilt(project);
}, 60_000);

const flags: readonly (readonly string[])[] = [[], ['--enable-source-maps']];

suite('where a flow was written is right', { timeout: 60_000 }, () => {
  test('under vitest', async () => {
    const { expected } = (await import(join(workspace, 'author.ts'))) as { expected: [AnyFlow, string, string][] };
    const told = expected.map(([made, text, label]) => {
      const origin = definitionOf(made)!.origin();
      return { origin, text, label, shown: describe(made).nodes[0]!.label };
    });
    expect(placed(told)).toEqual(wanted(workspace, told));
  });

  test.each([
    ['the build of this package', project, []],
    ['its sources', workspace, ['--conditions=holon-source']],
    ['everything built in frozen', workspace, ['--conditions=holon-source', '--frozen-intrinsics']],
  ])('under Node’s type stripping, with %s', (_what, folder, node) => {
    const told = tell(folder, 'author.ts', { node });
    expect(placed(told)).toEqual(wanted(folder, told));
  });

  test('under jiti, to the line', () => {
    const told = tell(project, 'author.ts', { jiti: true });
    expect(placed(told, { columns: false })).toEqual(wanted(project, told));
  });

  test.each([
    ['beside it', { sourceMap: true }],
    ['inside it', { inlineSourceMap: true }],
    ['with a root for its sources', { sourceMap: true, sourceRoot: '..' }],
  ])('in what the compiler makes, with a source map %s, whether Node uses it or not', (_where, options) => {
    compile('author.ts', options);
    for (const node of flags) {
      const told = tell(project, 'out/author.js', { node });
      expect(placed(told)).toEqual(wanted(project, told));
    }
  });

  test.each([['inline' as const], [true]])(
    'in a bundle with this package in it, with a source map (%s)',
    async (map) => {
      await bundle(join(project, 'author.ts'), { outDir: project, sourcemap: map });
      for (const node of flags) {
        const told = tell(project, 'bundle.js', { node });
        expect(placed(told)).toEqual(wanted(project, told));
      }
    },
  );

  test('when a library makes it: the call of the library, not the library', () => {
    compile('by-library.ts', { sourceMap: true });
    for (const file of ['by-library.ts', 'out/by-library.js']) {
      const told = tell(project, file);
      expect(placed(told)).toEqual(wanted(project, told));
    }
  });
});

suite('where the source is not to be had', { timeout: 60_000 }, () => {
  test('a build without maps is itself the place', () => {
    compile('author.ts', {});
    const told = tell(project, 'out/author.js');
    expect(new Set(told.map(({ origin }) => origin?.file))).toEqual(
      new Set(['author.js', 'helper.js'].map((name) => join(project, 'out', name))),
    );
    expect(told.map(({ shown }) => shown)).toEqual(told.map(({ label }) => label));
  });

  test('a bundle without maps has no place at all, rather than a wrong one', async () => {
    await bundle(join(project, 'author.ts'), { outDir: project });
    const told = tell(project, 'bundle.js');
    expect(told.map(({ origin }) => origin)).toEqual(told.map(() => undefined));
  });

  test.each([
    ['a map that is none', 'not json'],
    ['a map that is not there', undefined],
  ])('%s is no map', (_what, map) => {
    compile('author.ts', { sourceMap: true });
    const file = join(project, 'out/author.js.map');
    if (map === undefined) rmSync(file);
    else writeFileSync(file, map);
    expect(tell(project, 'out/author.js')[0]!.origin).toMatchObject({ file: join(project, 'out/author.js') });
  });

  test('labels are those of the build where the sources are not installed', () => {
    compile('author.ts', { sourceMap: true });
    const moved = new Map(
      ['author.ts', 'helper.ts'].map((name) => [join(project, name), join(project, `${name}.bak`)]),
    );
    onTestFinished(() => moved.forEach((to, from) => renameSync(to, from)));
    moved.forEach((to, from) => renameSync(from, to));
    const told = tell(project, 'out/author.js');
    expect(placed(told)).toEqual(wanted(project, told));
  });

  test('this package without a map of its own knows all the same', () => {
    const map = join(project, 'node_modules/@holon/flow/dist/index.js.map');
    renameSync(map, `${map}.bak`);
    onTestFinished(() => renameSync(`${map}.bak`, map));
    const told = tell(project, 'author.ts');
    expect(placed(told)).toEqual(wanted(project, told));
  });

  test('it is not known where the stack has been made something else', () => {
    const before = Error.prepareStackTrace;
    onTestFinished(() => {
      Error.prepareStackTrace = before;
    });
    Error.prepareStackTrace = (_error, frames) => frames;
    expect(captureOrigin()()).toBeUndefined();
  });
});

test('everyone’s stacks stay as long as they were', () => {
  const before = Error.stackTraceLimit;
  captureOrigin();
  expect(Error.stackTraceLimit).toBe(before);
});
