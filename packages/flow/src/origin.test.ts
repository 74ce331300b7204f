import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { definitionOf } from './definition.ts';
import { flow } from './flow.ts';
import { loop } from './combinators/loop.ts';
import { pipe } from './combinators/pipe.ts';
import { captureOrigin } from './origin.ts';

const here = fileURLToPath(import.meta.url);

/** The line of this file that has `text`. */
function lineWith(text: string, source: string): number {
  return source.split('\n').findIndex((line) => line.includes(text)) + 1;
}

describe('where a flow was written', () => {
  test('is file and line here, through all combinators', async () => {
    const { readFileSync } = await import('node:fs');
    const source = readFileSync(here, 'utf8');
    const task = flow('task here', (x: number) => x);
    const chain = pipe('pipe here', task, (x) => x);
    const round = loop('loop here', task, { max: 2 });
    for (const made of [task, chain, round]) {
      expect(definitionOf(made)?.origin()).toMatchObject({ file: here, line: lineWith(`'${made.name}'`, source) });
    }
  });

  test('is right under Node’s type stripping, also in a folder with a space', () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holon origin ')));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'written.ts');
    const index = JSON.stringify(new URL('./index.ts', import.meta.url).href);
    writeFileSync(
      file,
      [
        `import { flow, pipe, definitionOf, describe } from ${index};`,
        `interface Erased { readonly x: number }`,
        `const step = flow((given: Erased) => given.x);`,
        ``,
        `export const chain = pipe(`,
        `  step,`,
        `  (x: number) => x + 1,`,
        `);`,
        `const places = [step, chain].map((made) => definitionOf(made)?.origin());`,
        `console.log(JSON.stringify({ places, labels: describe(chain).nodes.map((node) => node.label) }));`,
      ].join('\n'),
    );
    const printed = execFileSync(
      process.execPath,
      ['--conditions=holon-source', '--disable-warning=ExperimentalWarning', file],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(printed)).toEqual({
      places: [
        { file, line: 3, column: expect.any(Number) },
        { file, line: 5, column: expect.any(Number) },
      ],
      labels: ['chain', 'step', 'task'],
    });
  });

  test('is not known where the stack has been made something else', () => {
    const before = Error.prepareStackTrace;
    onTestFinished(() => {
      Error.prepareStackTrace = before;
    });
    Error.prepareStackTrace = (_error, frames) => frames;
    expect(captureOrigin()()).toBeUndefined();
  });

  test('leaves the length of everyone’s stacks alone', () => {
    const before = Error.stackTraceLimit;
    captureOrigin();
    expect(Error.stackTraceLimit).toBe(before);
  });
});
