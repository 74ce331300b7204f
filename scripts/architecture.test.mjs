import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8');
const table = page.slice(page.indexOf('## Where is'), page.indexOf('## Seven ideas'));

/** A row of the table: the question, the places, and the name that stands after a place. */
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| Question'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, question, places]) => ({ question, quoted: [...places.matchAll(/`([^`]+)`/gu)].map(([, text]) => text) }));

test('the table is there', () => {
  expect(rows.length).toBeGreaterThan(20);
});

test.each(rows)('$question', ({ quoted }) => {
  expect(quoted, 'names a place').not.toEqual([]);
  let last;
  for (const text of quoted) {
    if (text.includes('/')) {
      last = fileURLToPath(new URL(`../${text}`, import.meta.url));
      expect(existsSync(last), `${text} exists`).toBe(true);
    } else {
      expect(statSync(last).isFile()).toBe(true);
      expect(readFileSync(last, 'utf8'), `${last} has ${text}`).toMatch(
        new RegExp(`(?:function|class|interface|type|const) ${text}\\b`, 'u'),
      );
    }
  }
});
