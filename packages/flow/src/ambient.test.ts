import { describe, expect, onTestFinished, test } from 'vitest';
import { type AmbientCell, ambientSlot, context, inertContext } from './ambient.ts';
import { flow } from './flow.ts';
import { parallel } from './combinators/parallel.ts';

describe('context', () => {
  test('is inert outside a run', () => {
    const { signal, attempt, runId, path, idempotencyKey, log, progress, emit } = context();
    expect({ aborted: signal.aborted, attempt, runId, path, idempotencyKey }).toEqual({
      aborted: false,
      attempt: 1,
      runId: undefined,
      path: undefined,
      idempotencyKey: undefined,
    });
    log.info('nobody listens');
    progress(0.5, 'half');
    emit('mine', {});
  });

  test('listeners put on its inert signal do not pile up on one', () => {
    expect(context().signal).not.toBe(context().signal);
  });

  test('has the signal of the scope in a direct call, until the first await', async () => {
    const signals: AbortSignal[] = [];
    const body = async () => {
      signals.push(context().signal);
    };
    await parallel([flow('a', body), flow('b', body)])(undefined as never);
    expect(signals[0]).toBe(signals[1]);
  });

  test('a body that has returned leaves nothing behind', () => {
    const inside = flow(() => context());
    expect(inside()).toBe(inertContext);
    expect(context()).toBe(inertContext);
  });
});

describe('whoever fills the slot', () => {
  test('takes the calls of the body it runs, and gives its context', () => {
    const slot = ambientSlot();
    onTestFinished(() => {
      delete slot.current;
    });
    const add = flow('add', (a: number, b: number) => a + b);
    const cell: AmbientCell = {
      context: { ...inertContext, runId: 'r1' },
      callFlow: (called, input) => [called.name, input],
    };
    slot.current = () => cell;
    expect(context().runId).toBe('r1');
    expect(add(1, 2)).toEqual(['add', { values: [1, 2] }]);
    slot.current = () => undefined as never;
    expect(add(1, 2)).toBe(3);
  });

  test('is one for the whole process', () => {
    expect((globalThis as Record<symbol, unknown>)[Symbol.for('holon.ambient.v1')]).toBe(ambientSlot());
  });
});
