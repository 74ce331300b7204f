import { expect, test } from 'vitest';
import type { RunEventBody } from './event.ts';
import { emptyRunState, fold } from './fold.ts';
import { decodeRunState, encodeRunState } from './snapshot.ts';

const view = { kind: 'null' } as const;
const opened = (path: string): RunEventBody => ({
  type: 'node.opened',
  path,
  id: 'n',
  parent: undefined,
  branch: 1,
  input: view,
});
const succeeded = (path: string): RunEventBody => ({ type: 'node.succeeded', path, output: view });

function folded(bodies: readonly RunEventBody[], keep: 'open' | 'all') {
  const state = emptyRunState();
  for (const [index, body] of bodies.entries()) fold(state, { seq: index + 1, at: index, ...body }, { keep });
  return state;
}

test('forgets what has ended, or keeps it', () => {
  const bodies = [opened('a'), opened('b'), succeeded('a')];
  expect([...folded(bodies, 'open').instances.keys()]).toEqual(['b']);
  const all = folded(bodies, 'all');
  expect([...all.instances].map(([path, { status, endedAt }]) => [path, status, endedAt])).toEqual([
    ['a', 'succeeded', 2],
    ['b', 'opened', undefined],
  ]);
  expect(all.counts.get('n')).toEqual({ opened: 2, succeeded: 1, failed: 0, canceled: 0 });
});

test('ignores what it has folded in already', () => {
  const state = folded([opened('a')], 'open');
  fold(state, { seq: 1, at: 9, ...succeeded('a') });
  expect(state.instances.size).toBe(1);
});

test('a new attempt begins without the progress of the one before', () => {
  const state = folded(
    [
      opened('a'),
      { type: 'node.progressed', path: 'a', fraction: 0.5, message: undefined },
      { type: 'node.started', path: 'a', attempt: 2 },
    ],
    'open',
  );
  expect(state.instances.get('a')).toMatchObject({ attempt: 2, progress: undefined });
});

test('keeping all, forgets the oldest that have ended when they are too many, and counts them', () => {
  const bodies = [
    opened('open'),
    ...Array.from({ length: 115_000 }, (_, i) => [opened(`n${i}`), succeeded(`n${i}`)]).flat(),
  ];
  const state = folded(bodies, 'all');
  expect(state.instances.size + state.forgotten).toBe(115_001);
  expect(state.instances.size).toBeLessThanOrEqual(110_000);
  expect(state.instances.size).toBeGreaterThanOrEqual(100_000);
  expect(state.instances.has('open')).toBe(true);
  expect(state.instances.has('n0')).toBe(false);
  expect(state.instances.has('n114999')).toBe(true);
});

test('a state goes through JSON and back, and later events don’t change the copy', () => {
  const state = folded(
    [opened('a'), { type: 'choice.made', path: 'a', mark: 'm', value: 'x', index: undefined, forced: false }],
    'all',
  );
  const wire = JSON.stringify(encodeRunState(state));
  const back = decodeRunState(JSON.parse(wire) as ReturnType<typeof encodeRunState>);
  expect(JSON.stringify(encodeRunState(back))).toBe(wire);
  const copy = encodeRunState(state);
  fold(state, { seq: 3, at: 3, ...succeeded('a') }, { keep: 'all' });
  expect(JSON.stringify(copy)).toBe(wire);
});
