import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openProject } from '../test-tools/holon-process.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const source = /```ts\n(.*?)```/su.exec(readme)![1]!;
const project = openProject({ 'shop.ts': source });

/** The README's examples: what is typed, and what it shows. */
const shown = [...readme.matchAll(/```console\n\$ holon ([^\n]*)\n(.*?)```/gsu)].map(([, typed, output]) => ({
  typed: typed!,
  output: output!,
}));

const withoutTimes = (text: string): string => text.replaceAll(/\d+(?:\.\d)? m?s\b/gu, 'T');

test('the README shows five commands', () => {
  expect(shown.map(({ typed }) => typed.split(' ')[0])).toEqual(['run', 'run', 'test', 'debug', 'inspect']);
});

test.each(shown.filter(({ typed }) => !typed.startsWith('debug')))(
  'the README shows what it prints: holon $typed',
  async ({ typed, output }) => {
    const args = typed.split(' ').map((word) => word.replaceAll("'", ''));
    const { stdout, stderr } = await project.holon(...args);
    expect(withoutTimes(`${stderr}${stdout}`)).toBe(withoutTimes(output));
  },
);
