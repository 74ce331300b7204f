import { expect, test } from 'vitest';
import { Handles } from './handles.ts';

test('a number ends with its run and is never used again', () => {
  const handles = new Handles<string>();
  const [one, other] = [handles.add('run 1', 'one'), handles.add('run 2', 'other')];
  handles.reset('run 1');
  expect([handles.get(one), handles.get(other)]).toEqual([undefined, 'other']);
  expect(handles.add('run 1', 'next')).toBeGreaterThan(other);
});

test('beyond what a client can look at, the oldest goes', () => {
  const handles = new Handles<number>();
  const [oldest, next] = [handles.add('run', 0), handles.add('run', 1)];
  for (let i = 2; i < 50_000; i++) handles.add('run', i);
  expect(handles.get(oldest)).toBe(0);
  handles.add('run', 50_000);
  expect([handles.get(oldest), handles.get(next)]).toEqual([undefined, 1]);
});
