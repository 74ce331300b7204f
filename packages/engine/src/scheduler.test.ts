import { describe, expect, test } from 'vitest';
import { decideNext } from './scheduler.ts';

const quiet = { asking: undefined, sameTurn: false, heldBack: undefined };
const full = { kind: 'memory', reason: 'held back' } as const;

describe('decideNext', () => {
  test.each([
    [{ limit: 1, inUse: 0, resuming: 0, waiting: 0 }, 'idle', undefined],
    [{ limit: 1, inUse: 1, resuming: 0, waiting: 0 }, 'idle', undefined],
    [{ limit: 1, inUse: 0, resuming: 0, waiting: 1 }, 'grant', 'waiting'],
    [{ limit: 1, inUse: 0, resuming: 1, waiting: 1 }, 'grant', 'resuming'],
    [{ limit: 1, inUse: 1, resuming: 1, waiting: 1 }, 'wait', undefined],
    [{ limit: 3, inUse: 2, resuming: 0, waiting: 9 }, 'grant', 'waiting'],
    [{ limit: 3, inUse: 3, resuming: 0, waiting: 9 }, 'wait', undefined],
    [{ limit: 1, inUse: 0, resuming: 0, waiting: 0, asking: 'waiting' }, 'grant', 'asking'],
    [{ limit: 1, inUse: 1, resuming: 0, waiting: 0, asking: 'waiting' }, 'wait', undefined],
    [{ limit: 1, inUse: 0, resuming: 0, waiting: 1, asking: 'waiting' }, 'wait', undefined],
    [{ limit: 1, inUse: 0, resuming: 1, waiting: 0, asking: 'waiting' }, 'wait', undefined],
    [{ limit: 1, inUse: 0, resuming: 0, waiting: 1, asking: 'resuming' }, 'grant', 'asking'],
    [{ limit: 1, inUse: 0, resuming: 1, waiting: 0, asking: 'resuming' }, 'wait', undefined],
    [{ limit: 1, inUse: 0, resuming: 1, waiting: 1, asking: 'waiting', sameTurn: true }, 'grant', 'asking'],
    [{ limit: 1, inUse: 1, resuming: 1, waiting: 1, asking: 'waiting', sameTurn: true }, 'wait', undefined],
    // Held back is what has not begun, and only while something runs.
    [{ limit: 9, inUse: 1, resuming: 0, waiting: 0, asking: 'waiting', heldBack: full }, 'wait', undefined],
    [{ limit: 9, inUse: 1, resuming: 0, waiting: 1, heldBack: full }, 'wait', undefined],
    [{ limit: 9, inUse: 0, resuming: 0, waiting: 1, heldBack: full }, 'grant', 'waiting'],
    [{ limit: 9, inUse: 1, resuming: 1, waiting: 1, heldBack: full }, 'grant', 'resuming'],
    [{ limit: 9, inUse: 1, resuming: 0, waiting: 1, asking: 'resuming', heldBack: full }, 'grant', 'asking'],
  ] as const)('%o: %s %s', (facts, kind, to) => {
    const decision = decideNext({ ...quiet, ...facts });
    expect(decision.kind).toBe(kind);
    if (decision.kind === 'grant') expect(decision.to).toBe(to);
  });

  test('says why the others wait', () => {
    expect(decideNext({ ...quiet, limit: 4, inUse: 4, resuming: 0, waiting: 1 })).toEqual({
      kind: 'wait',
      why: { kind: 'slot', limit: 4, reason: 'waiting for one of 4 places: all are taken (maxConcurrency)' },
    });
    expect(decideNext({ ...quiet, limit: 4, inUse: 1, resuming: 0, waiting: 1, heldBack: full })).toEqual({
      kind: 'wait',
      why: full,
    });
  });
});
