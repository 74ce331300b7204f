import { expect, test } from 'vitest';
import { Keyed } from './keyed.ts';

test('keeps a state for each key, and lets go of idle ones as they become many', () => {
  const keyed = new Keyed(() => ({ busy: false }));
  const isIdle = (state: { busy: boolean }) => !state.busy;
  const busy = keyed.of('busy', isIdle);
  busy.busy = true;
  for (let i = 0; i < 10_000; i++) keyed.of(`key ${i}`, isIdle);
  expect(keyed.size).toBeLessThanOrEqual(256);
  expect(keyed.of('busy', isIdle)).toBe(busy);
  for (let i = 0; i < 1_000; i++) keyed.of(`busy ${i}`, isIdle).busy = true;
  expect(keyed.size).toBeGreaterThanOrEqual(1_000);
});
