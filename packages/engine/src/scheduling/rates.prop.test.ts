import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contender, slotsOf } from '../test/contenders.ts';
import type { Contender } from './waiter.ts';

const runsOfProperty = { numRuns: Number(process.env['FC_RUNS'] ?? 200) };

test('in no stretch of time as long as the interval do more begin than the rate allows, and all begin as soon as it does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.record({ afterMs: fc.nat(60), takesMs: fc.nat(30), leaves: fc.boolean() }), { maxLength: 30 }),
      async (limit, interval, places, arrivals) => {
        const { slots, clock } = slotsOf({ limit: places });
        const begun: number[] = [];
        let gone = 0;
        // A flow of its own for all: copies of one limit.
        const { scheduling } = contender({ rate: { limit, interval } });
        for (const { afterMs, takesMs, leaves } of arrivals) {
          await clock.advance(afterMs);
          const onSlot = (): void => {
            begun.push(clock.elapsed());
            clock.setTimer(() => slots.give(), takesMs);
          };
          const waiter: Contender = { ...contender({ onSlot }), scheduling };
          const waits = slots.take(waiter, 'waiting');
          if (waits === undefined) onSlot();
          else if (leaves) {
            slots.leave(waiter);
            gone += 1;
          }
        }
        await clock.advance(100_000);
        expect(begun).toHaveLength(arrivals.length - gone);
        for (const [i, at] of begun.entries()) {
          const before = begun[i - limit];
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(interval);
        }
        expect(slots.held).toBe(0);
      },
    ),
    runsOfProperty,
  );
});
