import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulatedClock } from './simulated-clock.ts';
import { type Timer, Timers } from './timers.ts';

test('any mix of adding, removing, standing still and going on fires each at its own time', async () => {
  const command = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), ms: fc.nat(50) }),
    fc.record({ kind: fc.constantFrom('remove' as const, 'suspend' as const, 'resume' as const), which: fc.nat(20) }),
    fc.record({ kind: fc.constant('advance' as const), ms: fc.nat(30) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 60 }), async (commands) => {
      const clock = simulatedClock();
      const timers = new Timers(clock, () => expect.unreachable());
      const model: { left: number; state: 'armed' | 'still' | 'gone' | 'fired'; timer: Timer }[] = [];
      const fired: number[] = [];
      for (const step of commands) {
        if (step.kind === 'add') {
          const index = model.length;
          model.push({ left: step.ms, state: 'armed', timer: timers.add(step.ms, () => fired.push(index)) });
        } else if (step.kind === 'advance') {
          await clock.advance(step.ms);
          for (const entry of model) {
            if (entry.state !== 'armed') continue;
            entry.left -= step.ms;
            if (entry.left <= 0) entry.state = 'fired';
          }
        } else {
          const entry = model[step.which];
          if (entry === undefined) continue;
          timers[step.kind](entry.timer);
          if (step.kind === 'remove' && entry.state !== 'fired') entry.state = 'gone';
          if (step.kind === 'suspend' && entry.state === 'armed') entry.state = 'still';
          if (step.kind === 'resume' && entry.state === 'still') entry.state = 'armed';
        }
        expect(fired.toSorted((a, b) => a - b)).toEqual(
          model.flatMap(({ state }, index) => (state === 'fired' ? [index] : [])),
        );
      }
    }),
  );
});
