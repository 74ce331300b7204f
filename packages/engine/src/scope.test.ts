import { HolonError } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { Scope, asCanceled } from './scope.ts';

const reason = new HolonError('canceled', 'enough');

describe('Scope', () => {
  test('cancels its members and inner scopes, each once, and nothing further out', () => {
    const outer = new Scope(undefined);
    const middle = new Scope(outer);
    const inner = new Scope(middle);
    const told: string[] = [];
    middle.add({ onCanceled: () => told.push('member of middle') });
    inner.add({ onCanceled: () => told.push('member of inner') });
    middle.cancel(reason);
    middle.cancel(new HolonError('canceled', 'again'));
    expect(told).toEqual(['member of inner', 'member of middle']);
    expect(inner.canceled).toBe(reason);
    expect(outer.canceled).toBeUndefined();
  });

  test('one opened in a canceled one is canceled from the start', () => {
    const outer = new Scope(undefined);
    outer.cancel(reason);
    const inner = new Scope(outer);
    expect(inner.canceled).toBe(reason);
    expect(inner.signal.aborted).toBe(true);
    expect(inner.signal.reason).toBe(reason);
  });

  test('its signal is aborted with the reason, whether it was read before or after', () => {
    const scope = new Scope(undefined);
    const { signal } = scope;
    expect(signal.aborted).toBe(false);
    scope.cancel(reason);
    expect(signal.reason).toBe(reason);
    expect(scope.signal).toBe(signal);
  });

  test('tells when nothing in it is open: at once, or after the last has left, once', () => {
    const scope = new Scope(undefined);
    const told: string[] = [];
    scope.whenEmpty(() => told.push('at once'));
    const [a, b] = [{ onCanceled: () => undefined }, { onCanceled: () => undefined }];
    scope.add(a);
    scope.add(b);
    scope.whenEmpty(() => told.push('later'));
    scope.delete(a);
    expect(told).toEqual(['at once']);
    scope.delete(b);
    scope.delete(b);
    expect(told).toEqual(['at once', 'later']);
  });

  test('a member that leaves while it is canceled, and takes another along, disturbs nothing', () => {
    const scope = new Scope(undefined);
    const told: string[] = [];
    const b = { onCanceled: () => told.push('b') };
    const a = {
      onCanceled: () => {
        told.push('a');
        scope.delete(a);
        scope.delete(b);
      },
    };
    scope.add(a);
    scope.add(b);
    scope.cancel(reason);
    expect(told[0]).toBe('a');
    expect(scope.isEmpty).toBe(true);
  });

  test('closed, it takes nothing more and no longer hears of its outer scope', () => {
    const outer = new Scope(undefined);
    const inner = new Scope(outer);
    inner.close();
    outer.cancel(reason);
    expect(inner.canceled).toBeUndefined();
    expect(inner.refusal).toMatchObject({ code: 'canceled' });
    expect(outer.isEmpty).toBe(true);
  });
});

test('a timeout above is a cancellation below, with the timeout as its cause', () => {
  const timeout = new HolonError('timeout', 'timed out after 5 ms');
  expect(asCanceled(timeout)).toMatchObject({ code: 'canceled', cause: timeout });
  expect(asCanceled(reason)).toBe(reason);
});
