import { describe, expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { simulatedClock } from './simulated-clock.ts';
import { type Timer, Timers } from './timers.ts';

function setting() {
  const clock = simulatedClock();
  const timers = new Timers(clock, () => expect.unreachable());
  const fired: string[] = [];
  const add = (name: string, ms: number): Timer => timers.add(ms, () => fired.push(`${name} at ${clock.elapsed()}`));
  return { clock, timers, fired, add };
}

describe('Timers', () => {
  test('fire in order of time, and of adding where that is the same', async () => {
    const { clock, fired, add } = setting();
    add('c', 30);
    add('a', 10);
    add('b', 10);
    await clock.advance(29);
    expect(fired).toEqual(['a at 10', 'b at 10']);
    await clock.advance(1);
    expect(fired).toEqual(['a at 10', 'b at 10', 'c at 30']);
  });

  test('a removed one does not fire, wherever in the heap it is', async () => {
    const { clock, timers, fired, add } = setting();
    const all = [5, 3, 8, 1, 9].map((ms) => add(String(ms), ms));
    timers.remove(all[1]!);
    timers.remove(all[3]!);
    timers.remove(all[3]!);
    await clock.advance(100);
    expect(fired).toEqual(['5 at 5', '8 at 8', '9 at 9']);
  });

  test('one that stands still keeps what was left', async () => {
    const { clock, timers, fired, add } = setting();
    const timer = add('a', 100);
    await clock.advance(40);
    timers.suspend(timer);
    timers.suspend(timer);
    await clock.advance(1_000);
    expect(fired).toEqual([]);
    timers.resume(timer);
    timers.resume(timer);
    await clock.advance(59);
    expect(fired).toEqual([]);
    await clock.advance(1);
    expect(fired).toEqual(['a at 1100']);
  });

  test('one removed while it stands still does not come back', async () => {
    const { clock, timers, fired, add } = setting();
    const timer = add('a', 10);
    timers.suspend(timer);
    timers.remove(timer);
    timers.resume(timer);
    await clock.advance(100);
    expect(fired).toEqual([]);
  });

  test('one added while another fires takes its place in the order', async () => {
    const { clock, timers, fired } = setting();
    timers.add(10, () => {
      fired.push('outer');
      timers.add(0, () => fired.push('inner'));
    });
    timers.add(20, () => fired.push('last'));
    await clock.advance(20);
    expect(fired).toEqual(['outer', 'inner', 'last']);
  });

  test('the clock has no timer left when ours have none', () => {
    let open = 0;
    const clock: Clock = {
      now: () => 0,
      elapsed: () => 0,
      setTimer: () => ++open,
      clearTimer: () => {
        open -= 1;
      },
      defer: () => undefined,
    };
    const timers = new Timers(clock, () => expect.unreachable());
    const [a, b] = [timers.add(10, () => undefined), timers.add(20, () => undefined)];
    expect(open).toBe(1);
    timers.remove(a);
    timers.suspend(b);
    expect(open).toBe(0);
  });

  test('a removed one does not keep the clock waiting once the others have fired', () => {
    let elapsed = 0;
    let set: { readonly fire: () => void; readonly ms: number } | undefined;
    const clock: Clock = {
      now: () => elapsed,
      elapsed: () => elapsed,
      setTimer: (fire, ms) => (set = { fire, ms }),
      clearTimer: () => {
        set = undefined;
      },
      defer: () => undefined,
    };
    const timers = new Timers(clock, () => expect.unreachable());
    timers.add(10, () => undefined);
    timers.remove(timers.add(30_000, () => undefined));
    const { fire, ms } = set!;
    elapsed = ms;
    set = undefined;
    fire();
    expect([ms, set]).toEqual([10, undefined]);
  });
});
