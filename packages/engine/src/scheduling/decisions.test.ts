import { describe, expect, test } from 'vitest';
import { contender } from '../test/contenders.ts';
import { type Overdraft, findStuck } from './deadlocks.ts';
import { Key } from './keys.ts';
import { decideFair } from './queues/fair.ts';
import { FifoQueue } from './queues/fifo.ts';
import { decidePriority } from './queues/priority.ts';
import type { Below, Contender } from './waiter.ts';

describe('decidePriority', () => {
  test.each([
    [{ priority: 0, sinceMs: 500 }, 500],
    [{ priority: 1, sinceMs: 500 }, -500],
    [{ priority: -0.5, sinceMs: 500 }, 1_000],
  ])('%o ranks at %d', (ranked, rank) => {
    expect(decidePriority(ranked, 1_000).rank).toBe(rank);
  });

  test('without ageing, only who came first counts', () => {
    expect(decidePriority({ priority: 10, sinceMs: 7 }, 0).rank).toBe(7);
  });
});

describe('decideFair', () => {
  test.each([
    ['one that was idle begins now', { paidAt: 2, nowAt: 7, weight: 1 }, { beginsAt: 7, paidAt: 8 }],
    ['one that was served has to pay first', { paidAt: 9, nowAt: 7, weight: 1 }, { beginsAt: 9, paidAt: 10 }],
    ['one of twice the weight pays half', { paidAt: 9, nowAt: 7, weight: 2 }, { beginsAt: 9, paidAt: 9.5 }],
  ])('%s', (_what, facts, decision) => {
    expect(decideFair(facts)).toEqual(decision);
  });
});

describe('findStuck', () => {
  /** Keys that are held, by whom, and what is below those. */
  function setting() {
    const waitsFor = new Map<Contender, Key>();
    const overdrafts: Overdraft[] = [];
    const key = (name: string): Key => new Key(name, 'key', name, new FifoQueue(), () => undefined);
    const holder = (name: string, below: (self: Contender) => Below): Contender => {
      const self: Contender = {
        ...contender({ name }),
        get below() {
          return below(self);
        },
      };
      return self;
    };
    const child = (above: Contender, waits?: Key): Contender => {
      const one = contender({ name: 'child', above });
      if (waits !== undefined) waitsFor.set(one, waits);
      return one;
    };
    const stuck = (...nested: Contender[]): Contender | undefined =>
      findStuck({ nested, keyAt: (waiter) => waitsFor.get(waiter), overdrafts });
    return { overdrafts, key, holder, child, stuck };
  }

  /** One who holds `held` and waits beneath for `wanted`, beside whatever else there is. */
  function waiting({ holder, child }: ReturnType<typeof setting>, held: Key, wanted: Key, beside = 0, waits = false) {
    const inner: Contender[] = [];
    const outer = holder('outer', () => ({ instances: inner, waits }));
    inner.push(child(outer, wanted));
    for (let i = 0; i < beside; i++) inner.push(child(outer));
    held.holders.add(outer);
    return inner[0]!;
  }

  test('two who wait for each other: the one who has waited longest', () => {
    const world = setting();
    const [x, y] = [world.key('x'), world.key('y')];
    const [a, b] = [waiting(world, x, y), waiting(world, y, x)];
    expect(world.stuck(a, b)).toBe(a);
    expect(world.stuck(b, a)).toBe(b);
  });

  test('a ring of three', () => {
    const world = setting();
    const [x, y, z] = [world.key('x'), world.key('y'), world.key('z')];
    const [a, b, c] = [waiting(world, x, y), waiting(world, y, z), waiting(world, z, x)];
    expect(world.stuck(c, a, b)).toBe(c);
  });

  test('nobody, as long as one holder of a key may end', () => {
    const world = setting();
    const [x, y] = [world.key('x'), world.key('y')];
    const [a, b] = [waiting(world, x, y), waiting(world, y, x)];
    x.holders.add(world.holder('another', () => ({ instances: [], waits: false })));
    expect(world.stuck(a, b)).toBeUndefined();
  });

  test('not the one who needs the key of a holder below whom something runs or sleeps: it would be one too many', () => {
    for (const [beside, waits] of [
      [1, false],
      [0, true],
    ] as const) {
      const world = setting();
      const [x, y] = [world.key('x'), world.key('y')];
      const a = waiting(world, x, y);
      const b = waiting(world, y, x, beside, waits);
      // What b waits for is held by one that stands still, and needs what b's caller holds only once it is done.
      expect(world.stuck(a, b)).toBe(b);
      expect(world.stuck(a)).toBeUndefined();
    }
  });

  test('who only waits behind those who wait for each other is not the one', () => {
    const world = setting();
    const [x, y, z] = [world.key('x'), world.key('y'), world.key('z')];
    const behind = waiting(world, z, x);
    const [a, b] = [waiting(world, x, y), waiting(world, y, x)];
    expect(world.stuck(behind, a, b)).toBe(a);
    expect(world.stuck(behind)).toBeUndefined();
  });

  test('one at a time: nobody, while something runs below one that went beyond a limit', () => {
    const world = setting();
    const [x, y] = [world.key('x'), world.key('y')];
    const [a, b] = [waiting(world, x, y), waiting(world, y, x)];
    world.overdrafts.push({
      holder: world.holder('runs', () => ({ instances: [], waits: false })),
      key: world.key('z'),
    });
    expect(world.stuck(a, b)).toBeUndefined();
  });

  test('who went beyond a limit comes before those who stand still for it', () => {
    const world = setting();
    const [x, y, z] = [world.key('x'), world.key('y'), world.key('z')];
    const older = waiting(world, x, y);
    const newer = waiting(world, x, y);
    waiting(world, y, x);
    z.holders.add(older.above!).add(newer.above!);
    world.overdrafts.push({ holder: newer.above!, key: z });
    expect(world.stuck(older, newer)).toBe(newer);
    // Rather beyond a limit than never.
    expect(world.stuck(older)).toBe(older);
  });
});
