import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mermaidOf } from '../test/parse-mermaid.ts';
import { drawing, review } from '../test/review.ts';

const readme = textAt('../README.md');

function textAt(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, import.meta.url).href), 'utf8');
}

function blockOf(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'u').exec(readme)![1]!;
}

test("the README's example is the code that is run here", () => {
  expect(blockOf('ts')).toBe(textAt('../test/review.ts'));
});

test('the example runs', async () => {
  expect(await review(['one.md', 'another.md'])).toBe('10');
});

test("the README's drawing is what the example gives, and mermaid reads it", async () => {
  expect(blockOf('mermaid')).toBe(drawing);
  const db = await mermaidOf(drawing);
  expect(db.getSubGraphs().map(({ title }) => title.split(/\s/u)[0])).toEqual([
    'analyse',
    'readOne',
    'readAll',
    'refine',
    'report',
    'review',
  ]);
});
