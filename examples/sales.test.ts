import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@holon/engine';
import { describe as describeFlow } from '@holon/flow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { input, sales } from './sales.ts';

const expected = {
  sold: ['10 × tea: 43.72 €', '2 × pot, large: 1078.00 €', '3 × cup: 35.80 €'],
  aside: [
    'berlin, line 7: no such day',
    'lisbon, line 3: no number',
    'lisbon, line 5: no item',
    'oslo, line 4: nobody knows what a SEK is worth',
  ],
};

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'holon-sales-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('sales as a function', () => {
  test('adds up what makes sense, and sets the rest aside with the reason', async () => {
    expect(await sales(input)).toEqual(expected);
  });

  test('a folder without sheets, and sheets without rows', async () => {
    expect(await sales(folderWith({ 'notes.txt': 'date,item' }))).toEqual({ sold: [], aside: [] });
    const header = 'date;item;count;price;currency\n';
    expect(await sales(folderWith({ 'empty.csv': '', 'new.csv': header }))).toEqual({ sold: [], aside: [] });
  });

  test('columns may stand in any order', async () => {
    const folder = folderWith({ 'x.csv': 'currency,price,count,item,date\nEUR,2.50,"2","a, b",2026-01-31' });
    expect(await sales(folder)).toEqual({ sold: ['2 × a, b: 5.00 €'], aside: [] });
  });
});

describe('sales in an engine', () => {
  test('gives the same, at any limit', async () => {
    await using engine = createEngine({ maxConcurrency: 1 });
    expect(await engine.execute(sales, input)).toEqual(expected);
  });

  test('shows what it decided for each row', async () => {
    await using engine = createEngine();
    const run = engine.start(sales, input);
    const choices: string[] = [];
    run.on((event) => {
      if (event.type === 'choice.made' && event.mark.endsWith('price/:holds')) choices.push(event.value);
    });
    await run.result;
    expect(choices.toSorted()).toEqual([...Array(8).fill('false'), ...Array(4).fill('true')]);
  });
});

test('its picture has what it is made of', () => {
  const kinds = new Set(describeFlow(sales).nodes.map((node) => node.kind));
  for (const kind of ['filter', 'reduce', 'match', 'when', 'maybe', 'result', 'retry', 'timeout', 'fallback'])
    expect([...kinds]).toContain(kind);
  for (const kind of ['split', 'merge', 'validate', 'tap', 'map', 'pipe']) expect([...kinds]).toContain(kind);
});
