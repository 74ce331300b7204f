import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnyFlow, HolonError, isHolonError, transfer } from '@holon/flow';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { increment, talk, waitForAbort } from '../../../test/isolated/bodies.ts';
import * as hostile from '../../../test/isolated/hostile.ts';
import { systemClock } from '../../clock.ts';
import { type RecordingHost, executorSuite, invocationOf, recordingHost } from '../../test/executor-suite.ts';
import { Timers } from '../../timers.ts';
import type { Execution, Executor } from '../executor.ts';
import { Threads } from './threads.ts';

/** Workers start, and are filled until they end: as long as that takes on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

function openThreads(threads = 2): Threads {
  const timers = new Timers(systemClock, (error) => {
    throw error;
  });
  return new Threads({ timers, threads, gracePeriodMs: 1_000 });
}

describe('in worker threads', () => {
  executorSuite(openThreads);
});

const open: Executor[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((executor) => executor.close()));
});

/** Workers of this test. */
function workers(threads: number): Threads {
  const executor = openThreads(threads);
  open.push(executor);
  return executor;
}

function begun(executor: Executor, flow: AnyFlow, input?: unknown): Execution & { readonly host: RecordingHost } {
  const host = recordingHost();
  const execution = executor.run(invocationOf(flow, input), host);
  return { host, result: execution.result, abort: (reason) => execution.abort(reason) };
}

async function failure(execution: Execution): Promise<Error & { readonly code?: string }> {
  return execution.result.then(
    (value) => expect.fail(`gave ${String(value)}`),
    (error) => error as Error,
  );
}

/** What becomes of a body while others run on the same workers. */
async function alone(executor: Executor, work: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'holon-threads-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const gate = join(folder, 'go');
  const other = begun(executor, hostile.holdUntil, gate);
  await other.host.hears('logged');
  await work();
  writeFileSync(gate, 'on');
  expect(await other.result).toBe('on');
}

describe('a forced stop', () => {
  test.each([hostile.spin, hostile.spinAsync])('of an endless loop: $name', async (flow) => {
    const executor = workers(2);
    await alone(executor, async () => {
      const spinning = begun(executor, flow);
      await spinning.host.hears('logged');
      const reason = new HolonError('timeout', 'timed out');
      spinning.abort(reason);
      expect(await failure(spinning)).toBe(reason);
      // Its place is another worker's.
      expect(await begun(executor, increment, 1).result).toBe(2);
    });
  });

  test('of a body that waits for a worker is at once, and leaves the worker to others', async () => {
    const executor = workers(1);
    const first = begun(executor, waitForAbort);
    await first.host.hears('logged');
    const waiting = [begun(executor, talk, 1), begun(executor, talk, 2), begun(executor, talk, 3)];
    const reason = new HolonError('canceled', 'no longer wanted');
    waiting[1]!.abort(reason);
    expect(await failure(waiting[1]!)).toBe(reason);
    first.abort(new HolonError('canceled', 'enough'));
    await first.result;
    expect(await Promise.all([waiting[0]!.result, waiting[2]!.result])).toEqual([1, 3]);
    expect(waiting[1]!.host.told).toEqual([]);
  });
});

describe('a heap that grows without end', () => {
  test.each(Object.keys(hostile.leaks))('of %s ends the body, not the process', async (how) => {
    const executor = workers(2);
    await alone(executor, async () => {
      const error = await failure(begun(executor, hostile.leak, how));
      expect(isHolonError(error, 'worker-out-of-memory')).toBe(true);
      expect(error.message).toContain('more than the 64 MB of heap');
      expect(await begun(executor, hostile.modest, 1).result).toBe(2);
    });
  });
});

describe('a worker that ends', () => {
  test('by process.exit fails the body, and what it told before is heard', async () => {
    const executor = workers(2);
    await alone(executor, async () => {
      const exiting = begun(executor, hostile.exit, 3);
      const error = await failure(exiting);
      expect(isHolonError(error, 'worker-crashed')).toBe(true);
      expect(error.message).toContain('as it does by process.exit()');
      expect(error.message).toContain('code: 3');
      expect(exiting.host.told.filter(([what]) => what !== 'began')).toEqual([
        ['logged', 'info', 'leaving', undefined],
      ]);
      expect(await begun(executor, increment, 1).result).toBe(2);
    });
  });

  test.each([
    [hostile.throwInTimer, RangeError, 'in a timer'],
    [hostile.rejectUnheard, TypeError, 'nobody listens'],
  ])('by an error that nobody catches fails the body, with the error: $0.name', async (flow, type, message) => {
    const executor = workers(2);
    await alone(executor, async () => {
      const error = await failure(begun(executor, flow));
      expect(isHolonError(error, 'worker-crashed')).toBe(true);
      expect(error.cause).toBeInstanceOf(type);
      expect(error.cause).toMatchObject({ message });
      expect(await begun(executor, increment, 1).result).toBe(2);
    });
  });

  test('by what an earlier body has left behind does no harm to the one that runs; the worker is replaced', async () => {
    const executor = workers(1);
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    expect(await begun(executor, hostile.countCalls).result).toBe(1);
    expect(await begun(executor, hostile.leaveBehind).result).toBe('gone');
    expect(await begun(executor, hostile.waitATurn).result).toBe('unharmed');
    expect(await warned).toMatchObject({ code: 'HOLON_LATE_ERROR', message: expect.stringContaining('left behind') });
    expect(await begun(executor, hostile.countCalls).result).toBe(1);
  });
});

describe('what is copied', () => {
  test.each([
    ['in a record', 'what is at .user.save in it is the function save'],
    ['in a list', 'what is at [1][1] in it is Symbol(s)'],
    ['in a map', 'what is at .get("first").call in it is the function call'],
    ['a class with a function', 'what is at .close in it is the function close'],
    ['itself', 'it is the function later'],
    ['a promise', 'what is at .rows[0] in it is a Promise'],
    ['a proxy', 'what is at .proxied in it is an object that can not be read'],
    ['a throwing getter', 'what is at .a.b in it is a getter that throws'],
  ])('a result that cannot be, %s, is named by its path', async (what, message) => {
    const executor = workers(1);
    const error = await failure(begun(executor, hostile.giveUncloneable, what));
    expect(isHolonError(error, 'not-cloneable')).toBe(true);
    expect(error.message).toBe(
      `The result can't be copied to another thread: ${message}. Give plain data, as structuredClone takes it.`,
    );
    expect(await begun(executor, hostile.countCalls).result).toBe(1);
  });

  test('so is an input; the worker never sees it', async () => {
    const executor = workers(1);
    const error = await failure(begun(executor, hostile.take, { on: { done: () => undefined } }));
    expect(isHolonError(error, 'not-cloneable')).toBe(true);
    expect(error.message).toContain(
      "The input can't be copied to another thread: what is at .on.done in it is the function done",
    );
    expect(await begun(executor, hostile.take, {}).result).toBe('object');
  });

  test('buffers are copied, unless they are handed over', async () => {
    const executor = workers(1);
    const left = (): Promise<unknown> => begun(executor, hostile.bytesLeft).result;
    expect(await begun(executor, hostile.giveBuffer, false).result).toEqual({ bytes: new Uint8Array(1_000).fill(7) });
    expect(await left()).toBe(1_000);
    expect(await begun(executor, hostile.giveBuffer, true).result).toEqual({ bytes: new Uint8Array(1_000).fill(7) });
    expect(await left()).toBe(0);

    const bytes = transfer(new Uint8Array(500));
    const { buffer } = bytes;
    expect(await executor.run(invocationOf(hostile.byteLength, bytes), recordingHost()).result).toBe(500);
    expect(bytes.byteLength).toBe(500);
    expect(await executor.run(invocationOf(hostile.byteLength, bytes), recordingHost(), [buffer]).result).toBe(500);
    expect(bytes.byteLength).toBe(0);
  });
});

test('a module is loaded once in each worker, and has a state of its own there', async () => {
  const executor = workers(1);
  const counts = [1, 2, 3].map(() => begun(executor, hostile.countCalls).result);
  expect(await Promise.all(counts)).toEqual([1, 2, 3]);
});
