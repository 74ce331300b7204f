import { expect, test, vi } from 'vitest';
import { type Settle, WaitedWork } from './work.ts';

function waiter(log: string[], name: string): Settle<unknown> {
  return {
    resolve: (value) => log.push(`${name}: ${String(value)}`),
    reject: (error) => log.push(`${name} failed: ${String(error)}`),
  };
}

test('tells all who wait in the order in which they joined, and those who come later at once', () => {
  const cancel = vi.fn<() => void>();
  const work = new WaitedWork(cancel);
  const log: string[] = [];
  work.join(waiter(log, 'a'));
  const leave = work.join(waiter(log, 'b'));
  work.join(waiter(log, 'c'));
  leave();
  work.settle({ kind: 'value', value: 1 });
  work.settle({ kind: 'error', error: 2 });
  expect(log).toEqual(['a: 1', 'c: 1']);
  work.join(waiter(log, 'late'))();
  expect(log.at(-1)).toBe('late: 1');
  expect([work.outcome, work.left, cancel.mock.calls]).toEqual([{ kind: 'value', value: 1 }, false, []]);
});

test('is canceled once, when the last has left', () => {
  const cancel = vi.fn<() => void>();
  const work = new WaitedWork(cancel);
  const settle = waiter([], 'twice');
  const leave = [work.join(settle), work.join(settle)];
  leave[0]!();
  leave[0]!();
  expect([work.left, cancel.mock.calls.length]).toEqual([false, 0]);
  leave[1]!();
  work.leaveIfUnwaited();
  expect([work.left, cancel.mock.calls.length]).toEqual([true, 1]);
});

test('that nobody has joined is canceled when asked to look', () => {
  const cancel = vi.fn<() => void>();
  new WaitedWork(cancel).leaveIfUnwaited();
  expect(cancel).toHaveBeenCalledOnce();
});
