import { describe, expect, test } from 'vitest';
import { contender, slotsOf } from '../test/contenders.ts';
import type { Contender } from './waiter.ts';

describe('Slots', () => {
  const setting = (limit: number) => {
    const { slots } = slotsOf({ limit });
    const granted: string[] = [];
    const waiter = (name: string): Contender => contender({ name, onSlot: () => granted.push(name) });
    return { slots, granted, waiter };
  };

  test('first come, first served', () => {
    const { slots, granted, waiter } = setting(1);
    expect(slots.take(waiter('a'), 'waiting')).toBeUndefined();
    expect(slots.take(waiter('b'), 'waiting')).toMatch('waiting for');
    expect(slots.take(waiter('c'), 'waiting')).toMatch('waiting for');
    slots.give();
    expect(granted).toEqual(['b']);
    slots.give();
    expect(granted).toEqual(['b', 'c']);
    slots.give();
    expect(slots.inUse).toBe(0);
  });

  test('a body that has begun goes before one that has not', () => {
    const { slots, granted, waiter } = setting(1);
    slots.take(waiter('a'), 'waiting');
    slots.take(waiter('newcomer'), 'waiting');
    slots.take(waiter('begun'), 'resuming');
    slots.give();
    expect(granted).toEqual(['begun']);
  });

  test('who leaves is not called, and those behind move up', () => {
    const { slots, granted, waiter } = setting(1);
    const [b, c] = [waiter('b'), waiter('c')];
    slots.take(waiter('a'), 'waiting');
    slots.take(b, 'waiting');
    slots.take(c, 'waiting');
    slots.leave(b);
    expect(slots.queued()).toEqual([c]);
    slots.give();
    expect(granted).toEqual(['c']);
  });

  test('a place given back within a batch may be taken again before anybody in the queue', () => {
    const { slots, granted, waiter } = setting(1);
    slots.take(waiter('a'), 'waiting');
    slots.take(waiter('b'), 'waiting');
    slots.batch(() => {
      slots.give();
      expect(slots.take(waiter('a again'), 'waiting')).toBeUndefined();
      slots.give();
      expect(granted).toEqual([]);
    });
    expect(granted).toEqual(['b']);
  });

  test('outside a batch a newcomer waits behind those in the queue', () => {
    const { slots, waiter } = setting(2);
    slots.take(waiter('a'), 'waiting');
    slots.take(waiter('b'), 'waiting');
    slots.take(waiter('c'), 'waiting');
    expect(slots.take(waiter('d'), 'waiting')).toMatch('waiting for');
    expect(slots.queued()).toHaveLength(2);
  });

  test('a batch that throws still lets the others go on', () => {
    const { slots, granted, waiter } = setting(1);
    slots.take(waiter('a'), 'waiting');
    slots.take(waiter('b'), 'waiting');
    expect(() =>
      slots.batch(() => {
        slots.give();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(granted).toEqual(['b']);
  });

  test('waiters that give back at once are served in a loop, not in a recursion', () => {
    const { slots } = slotsOf({ limit: 1 });
    let served = 0;
    slots.take(contender({}), 'waiting');
    for (let i = 0; i < 50_000; i++) {
      slots.take(
        contender({
          onSlot: () => {
            served += 1;
            slots.give();
          },
        }),
        'waiting',
      );
    }
    slots.give();
    expect(served).toBe(50_000);
  });
  test.each(['fifo', 'priority', 'fair', 'round-robin'] as const)(
    '%s: a body that wanted to go on may leave',
    (scheduler) => {
      const { slots } = slotsOf({ scheduler });
      const granted: string[] = [];
      const begun = { onSlot: () => void granted.push('begun') };
      slots.take(contender({}), 'waiting');
      slots.take(contender({ name: 'new', onSlot: () => void granted.push('new') }), 'waiting');
      slots.take(begun, 'resuming');
      slots.leave(begun);
      slots.leave(begun);
      slots.give();
      expect(granted).toEqual(['new']);
    },
  );
});
