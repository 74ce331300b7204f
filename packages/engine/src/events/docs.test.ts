import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENGINE_EVENT_TYPES, RUN_EVENT_TYPES } from './event-types.ts';

const page = readFileSync(new URL('../../../../docs/events.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([a-z]+\.[a-z]+)` \|(.*)\|(.*)\|$/gm)];

test('docs/events.md has a row for each type of event, once, and no others', () => {
  const types = rows.map(([, type]) => type!);
  expect(types.toSorted()).toEqual([...RUN_EVENT_TYPES, ...ENGINE_EVENT_TYPES].toSorted());
});

test('every row says when', () => {
  expect(rows.filter(([, , when]) => when!.trim() === '').map(([, type]) => type)).toEqual([]);
});

test('every type of event has a comment of its own that says when', () => {
  for (const file of ['event.ts', 'engine-event.ts']) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8');
    const commented = [...source.matchAll(/^ {2}\/\*\* .{10,} \*\/\n {2}\| \{\s+readonly type: '([^']+)'/gm)];
    const all = [...source.matchAll(/^ {2}\| \{\s+readonly type: '([^']+)'/gm)];
    expect(commented.map(([, type]) => type)).toEqual(all.map(([, type]) => type));
    expect(all.length).toBeGreaterThan(3);
  }
});
