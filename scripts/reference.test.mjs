import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { root } from './lib/processes.mjs';
import { parseDocComment } from './lib/reference/doc-comment.mjs';
import { moduleOf, writeExamples } from './lib/reference/examples.mjs';
import { readExports } from './lib/reference/read-exports.mjs';
import { kindOf, makeReference, pageFile, runExamples } from './reference.mjs';

vi.setConfig({ testTimeout: 60_000 });

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const index = join(root, 'packages/flow/src/index.ts');

function openFolder() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'reference-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('the reference', () => {
  test('has a doc comment for every export, and an example that holds for every combinator; the page is current', async () => {
    const { text, problems } = await makeReference();
    expect(problems).toEqual([]);
    expect(text === readFileSync(pageFile, 'utf8'), 'docs/reference.md is current: else run `npm run reference`').toBe(
      true,
    );
  });

  test('has examples with right types', () => {
    const folder = openFolder();
    const modules = writeExamples(folder, readExports(index), '@holon/flow').map(({ module }) => module);
    writeFileSync(join(folder, 'check.ts'), readFileSync(join(root, 'scripts/lib/reference/check.ts')));
    const compilerOptions = {
      ...{ noEmit: true, types: ['node'], lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'] },
      ...{ composite: false, allowImportingTsExtensions: true, rewriteRelativeImportExtensions: false },
    };
    const extended = join(root, 'tsconfig.base.json');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: extended, compilerOptions, files: modules }),
    );
    expect(outputOf(() => execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }))).toBe('');
  });
});

/** Puts the package below `folder` in one piece, as it is published. */
async function installBuilt(folder) {
  const installed = join(folder, 'node_modules/@holon/flow');
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(root, 'packages/flow/package.json'), join(installed, 'package.json'));
  const build = await rolldown({ input: index, platform: 'neutral' });
  await build.write({ file: join(installed, 'dist/index.js'), format: 'esm', sourcemap: true });
  await build.close();
}

function outputOf(run) {
  try {
    return run();
  } catch (error) {
    return error.stdout;
  }
}

test.each([
  ['its sources', ['--conditions=holon-source'], false],
  ['what is published', [], true],
  ['what is published, with source maps', ['--enable-source-maps'], true],
])(
  'every combinator knows where its flow was written, and what it is bound to, made by %s',
  async (_what, options, built) => {
    const folder = openFolder();
    const examples = writeExamples(folder, readExports(index), '@holon/flow');
    if (built) await installBuilt(folder);
    const places = runExamples(folder, examples, options).flatMap(({ name, module, flows, error }) => {
      expect(error, name).toBeUndefined();
      const lines = readFileSync(join(folder, module), 'utf8').split('\n');
      return flows
        .filter(({ picture }) => picture.nodes[0].kind === kindOf(name))
        .map((flow) => {
          const [{ origin, label, kind }] = flow.picture.nodes;
          const line = lines[origin.line - 1];
          return {
            name,
            isHere: origin.file === join(folder, module) && line.includes(`const ${flow.name} =`),
            named: label !== kind,
          };
        });
    });
    expect(places.length).toBeGreaterThan(10);
    expect(places.filter(({ isHere, named }) => !isHere || !named)).toEqual([]);
  },
);

describe('an example', () => {
  const outcomesOf = (...codes) => {
    const folder = openFolder();
    const names = new Map([
      ['flow', 'function'],
      ['Flow', 'type'],
    ]);
    const examples = codes.map((code, i) => ({ name: 'own', module: `own-${i}.ts`, code }));
    for (const { module, code } of examples) writeFileSync(join(folder, module), moduleOf(code, names, '@holon/flow'));
    return runExamples(folder, examples, ['--conditions=holon-source']);
  };

  test('is checked where a comment stands behind a call', () => {
    const [held, broken] = outcomesOf(
      "const add: Flow<number, number> = flow((x: number) => x + 1);\nadd(1); // 2\nadd(2); // 3\nadd('a' as never);",
      '[1].concat(1); // [1, 2]',
    );
    expect(held).toMatchObject({ checks: 2, flows: [{ name: 'add' }] });
    expect(broken.error).toContain('[1].concat(1) is [ 1, 1 ], and not [ 1, 2 ].');
  });

  test('may fail as it says, and not otherwise', () => {
    const fails = 'const fail = async () => { throw Object.assign(new Error("no paper"), { code: "empty" }); };\n';
    const [asSaid, otherwise, not] = outcomesOf(
      `${fails}await fail(); // throws empty\nawait fail(); // throws no paper`,
      `${fails}await fail(); // throws full`,
      'Math.abs(1); // throws full',
    );
    expect(asSaid).toMatchObject({ checks: 2 });
    expect(otherwise.error).toContain('await fail() fails otherwise than full.');
    expect(not.error).toContain('Math.abs(1) is 1, and does not fail.');
  });

  test('waits for no clock, and not for ever; and is a program', () => {
    const [slept, endless, broken] = outcomesOf(
      'const began = Date.now();\nawait new Promise((resolve) => setTimeout(resolve, 3_600_000));\nDate.now() - began; // 3600000',
      'await new Promise(() => undefined);',
      'const = 1;',
    );
    expect(slept).toMatchObject({ checks: 1 });
    expect(endless.error).toContain('waits for something that no timer brings');
    expect(broken.error).toContain('does not parse');
  });
});

test('a doc comment is its text and its tags', () => {
  expect(
    parseDocComment(
      '* What it is.\n * More.\n *\n * @throws One\n *   of two\n * @example\n * const x = 1;\n * // @not a tag\n ',
    ),
  ).toEqual({
    text: 'What it is.\nMore.',
    tags: [
      { name: 'throws', text: 'One\n  of two' },
      { name: 'example', text: 'const x = 1;\n// @not a tag' },
    ],
  });
  expect(parseDocComment(' How many. @default 16 ')).toEqual({
    text: 'How many.',
    tags: [{ name: 'default', text: '16' }],
  });
});
