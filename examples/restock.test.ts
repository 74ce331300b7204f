import { createEngine } from '@holon/engine';
import { afterEach, describe, expect, test } from 'vitest';
import { asked } from './restock/supplier.ts';
import { input, mails, restock } from './restock.ts';

const ordered = { articles: 33, pieces: 117, euros: 449, by: 'nobody' };

afterEach(() => {
  mails.length = 0;
});

test('as a function, it orders what is short, and asks the warehouse in batches', async () => {
  const before = asked.stock;
  expect(await restock(input)).toEqual(ordered);
  // 48 articles in batches of 10, and what had to be asked again.
  expect(asked.stock - before).toBeLessThanOrEqual(10);
  expect(asked.rate).toBe(3);
  expect(mails).toEqual(['33 articles ordered, approved by nobody']);
});

test('as a function, there is nobody to approve a large order', async () => {
  await expect(restock({ ...input, budget: 100 })).rejects.toMatchObject({ code: 'needs-engine' });
});

describe('in an engine', () => {
  test('it comes to the same', async () => {
    await using engine = createEngine();
    expect(await engine.execute(restock, input)).toEqual(ordered);
    expect(mails).toEqual(['33 articles ordered, approved by nobody']);
  });

  test('a large order waits until somebody approves it', async () => {
    await using engine = createEngine();
    const run = engine.start(restock, { ...input, budget: 100 });
    const waits = new Promise<void>((resolve) => {
      run.on((event) => {
        if (event.type === 'node.waiting' && event.path === 'restock/approval/false') resolve();
      });
    });
    await waits;
    expect(run.waiting()[0]).toMatchObject({ reason: 'waiting for the signal "approve"' });
    expect(() => run.signal('approve', { by: 7 })).toThrow('by:');
    run.signal('approve', { by: 'ada' });
    expect(await run.result).toEqual({ ...ordered, by: 'ada' });
  });

  test('canceled while it waits, it orders nothing', async () => {
    await using engine = createEngine();
    const run = engine.start(restock, { ...input, budget: 100 });
    run.on(({ type }) => {
      if (type === 'node.waiting' && run.waiting().some(({ reason }) => reason.includes('approve'))) run.cancel('no');
    });
    expect(await run.outcome).toEqual({ status: 'canceled', reason: 'no' });
    expect(mails).toEqual([]);
  });
});
