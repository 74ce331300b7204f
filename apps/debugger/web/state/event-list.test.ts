import type { RunEvent } from '@holon/engine/events';
import { expect, test } from 'vitest';
import { EventList } from './event-list.ts';

const events = (from: number, count: number): RunEvent[] =>
  Array.from({ length: count }, (_, i) => ({ seq: from + i, at: 0, type: 'run.started' }));

test('stays bounded and counts what it let go', () => {
  const list = new EventList(7);
  for (let from = 8; from < 30_000; from += 100) list.add(events(from, 100));
  expect(list.before).toBe(7);
  expect(list.kept.length).toBeLessThanOrEqual(10_000);
  expect(list.before + list.forgotten + list.kept.length).toBe(list.kept.at(-1)?.seq);
});
