import { type AnyFlow, ArgumentList, HolonError, definitionOf, isHolonError, outlineOf } from '@holon/flow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as bodies from '../../test/isolated/bodies.ts';
import { Addresses, type Place, formatAddress } from '../executors/addresses.ts';
import type { Executor, Host, Invocation } from '../executors/executor.ts';

/** What an executor told, one line for each. */
export interface RecordingHost extends Host {
  readonly told: unknown[][];
  /** Settles once it was told that. */
  hears(what: keyof Host): Promise<void>;
}

export function recordingHost(): RecordingHost {
  const told: unknown[][] = [];
  const waiting: { readonly what: string; readonly resolve: () => void }[] = [];
  const tell =
    (what: string) =>
    (...all: unknown[]): void => {
      told.push([what, ...all]);
      for (const each of waiting) if (each.what === what) each.resolve();
    };
  return {
    told,
    began: tell('began'),
    logged: tell('logged'),
    progressed: tell('progressed'),
    emitted: tell('emitted'),
    hears: (what) => new Promise((resolve) => void waiting.push({ what, resolve })),
  };
}

const addresses = new Addresses({});

/** An invocation of a flow, as an engine makes it. */
export function invocationOf(flow: AnyFlow, input?: unknown, more: Partial<Invocation> = {}): Invocation {
  const spread = input instanceof ArgumentList;
  return {
    address: addresses.of(outlineOf(flow)),
    isolation: definitionOf(flow)!.policies.isolation!,
    input: spread ? input.values : input,
    spread,
    attempt: 1,
    iteration: undefined,
    runId: 'run-1',
    path: flow.name,
    idempotencyKey: `run-1:${flow.name}`,
    budgetMs: undefined,
    ...more,
  };
}

/** What every executor does. @param open makes the one under test */
export function executorSuite(open: () => Executor): void {
  let executor: Executor;
  beforeAll(() => {
    executor = open();
  });
  afterAll(() => executor.close());

  const run = (flow: AnyFlow, input?: unknown, more?: Partial<Invocation>): Promise<unknown> =>
    executor.run(invocationOf(flow, input, more), recordingHost()).result;
  const failureOf = (flow: AnyFlow, input?: unknown): Promise<unknown> =>
    run(flow, input).then(
      (value) => expect.fail(`gave ${String(value)}`),
      (error: unknown) => error,
    );

  describe('values', () => {
    test('of one input, several arguments, and none', async () => {
      expect(await run(bodies.increment, 1)).toBe(2);
      expect(await run(bodies.sum, new ArgumentList([1, 2, 3]))).toBe(6);
      expect(await run(bodies.countArguments)).toBe(0);
    });

    test.each([
      [undefined],
      [null],
      ['a text'],
      [12n],
      [{ deep: [{ list: [1, 2] }], at: new Date(5), set: new Set([1]), map: new Map([['a', { b: 1 }]]) }],
      [new Uint8Array([1, 2, 3])],
    ])('%o goes there and back', async (value) => {
      expect(await run(bodies.echo, value)).toEqual(value);
    });

    test('a hundred at once, each with its own', async () => {
      const all = Array.from({ length: 100 }, (_, i) => i);
      expect(await Promise.all(all.map((i) => run(bodies.increment, i)))).toEqual(all.map((i) => i + 1));
      const paths = all.map((i) => `all[${i}]/whereAmI`);
      const seen = await Promise.all(paths.map((path) => run(bodies.whereAmI, undefined, { path })));
      expect(seen.map((each) => (each as { path: string }).path)).toEqual(paths);
    });
  });

  describe('failures', () => {
    test('keep name, message, stack, code, causes, and properties that are data', async () => {
      const error = (await failureOf(bodies.fail, 'nested')) as Error & Record<string, unknown>;
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({
        name: 'OutOfStock',
        message: 'tea is out of stock',
        code: 'E_STOCK',
        left: { tea: 0 },
      });
      expect(error.stack).toMatch(/^OutOfStock: tea is out of stock\n.*bodies\.ts/su);
      expect(error.cause).toBeInstanceOf(TypeError);
      expect(error.cause).toMatchObject({ message: 'no number' });
      expect((error.cause as Error).cause).toBeInstanceOf(RangeError);
      expect(((error.cause as Error).cause as Error).cause).toBe('a text');
    });

    test('keep the brand of a HolonError', async () => {
      const error = await failureOf(bodies.fail, 'holon');
      expect(isHolonError(error, 'no-match')).toBe(true);
      expect(error).toMatchObject({ message: 'nothing matches', details: { value: 7 }, cause: { message: 'inner' } });
    });

    test('of other kinds', async () => {
      const aggregate = (await failureOf(bodies.fail, 'aggregate')) as AggregateError;
      expect(aggregate).toBeInstanceOf(AggregateError);
      expect(aggregate.errors.map(String)).toEqual(['Error: first', 'TypeError: second']);
      expect(await failureOf(bodies.fail, 'dom')).toMatchObject({ name: 'AbortError', message: 'stopped' });
      expect(await failureOf(bodies.fail, 'text')).toBe('just a text');
      expect(await failureOf(bodies.fail, 'object')).toEqual({ status: 404 });
      await expect(run(bodies.fail, 'hostile')).rejects.toBeDefined();
    });
  });

  describe('context', () => {
    test('says where the body is', async () => {
      const more = { attempt: 3, iteration: 2, runId: 'run-7', path: 'a/b@2/c', idempotencyKey: 'key' };
      expect(await run(bodies.whereAmI, undefined, more)).toEqual(more);
    });

    test('takes what the body tells, in order, all of it before the result', async () => {
      const host = recordingHost();
      const { result } = executor.run(invocationOf(bodies.talk, 3, { budgetMs: 1_000 }), host);
      await result;
      expect(host.told).toEqual([
        ['began'],
        ...[0, 1, 2].flatMap((i) => [
          ['logged', 'info', `line ${i}`, { i }],
          ['progressed', i / 3, `at ${i}`],
          ['emitted', 'counted', i],
        ]),
      ]);
    });

    test('never fails a body for what it tells', async () => {
      const host = recordingHost();
      await executor.run(invocationOf(bodies.logWhatCannotBeCopied), host).result;
      expect(host.told.map(([what, level, message]) => [what, level, message])).toContainEqual([
        'logged',
        'warn',
        'look',
      ]);
    });
  });

  describe('abort', () => {
    test('is heard through the signal, with its reason; what the body then gives is its result', async () => {
      const host = recordingHost();
      const execution = executor.run(invocationOf(bodies.waitForAbort), host);
      await host.hears('logged');
      execution.abort(new HolonError('timeout', 'too slow'));
      execution.abort(new HolonError('canceled', 'the first reason counts'));
      expect(await execution.result).toEqual({ code: 'timeout', message: 'too slow' });
    });

    test('at once ends it: it never begins, or hears of it', async () => {
      const execution = executor.run(invocationOf(bodies.waitForAbort), recordingHost());
      execution.abort(new HolonError('canceled', 'changed my mind'));
      const end = await execution.result.catch((error: unknown) => error);
      expect(end).toMatchObject({ code: 'canceled', message: 'changed my mind' });
    });

    test('reaches flows that the body called', async () => {
      const host = recordingHost();
      const execution = executor.run(invocationOf(bodies.awaitsOther), host);
      await host.hears('logged');
      execution.abort(new HolonError('canceled', 'enough'));
      expect(await execution.result).toEqual({ isAborted: 'enough' });
    });

    test('after its end does nothing', async () => {
      const execution = executor.run(invocationOf(bodies.increment, 1), recordingHost());
      expect(await execution.result).toBe(2);
      execution.abort(new HolonError('canceled', 'too late'));
      expect(await run(bodies.increment, 2)).toBe(3);
    });
  });

  test('flows that a body calls run there as plain functions, in its context', async () => {
    const host = recordingHost();
    const { result } = executor.run(invocationOf(bodies.callsOthers, 8, { path: 'root/callsOthers' }), host);
    expect(await result).toEqual({
      first: 4,
      second: 2,
      failed: 'failed soon',
      siblingSaw: 'canceled: a sibling failed',
    });
    expect(host.told).toEqual([
      ...host.told.filter(([what]) => what === 'began'),
      ['logged', 'info', 'half in root/callsOthers', undefined],
      ['logged', 'info', 'half in root/callsOthers', undefined],
    ]);
  });

  describe('finding flows', () => {
    const exported = new Addresses(bodies);

    test('by what they are exported as, or are part of', async () => {
      const at = (flow: AnyFlow, child?: number): Invocation => {
        const root = outlineOf(flow);
        const node = child === undefined ? root : root.children[child]!;
        return { ...invocationOf(bodies.increment, 10), address: exported.of(node) };
      };
      const all = [
        at(bodies.double),
        at(bodies.triple),
        at(bodies.quadrupleAndFive, 0),
        at(bodies.quadrupleAndFive, 1),
      ];
      await executor.check(all);
      const results = all.map((invocation) => executor.run(invocation, recordingHost()).result);
      expect(await Promise.all(results)).toEqual([20, 30, 40, 50]);
    });

    test('all that are there are found, and nothing is the matter with none', async () => {
      await executor.check([invocationOf(bodies.increment), invocationOf(bodies.sum)]);
      await executor.check([]);
    });

    test('those that are not are refused, all at once, with what to do', async () => {
      const module = new URL('../../test/isolated/bodies.ts', import.meta.url).href;
      const at = (place: Place): Invocation => ({ ...invocationOf(bodies.sum), address: formatAddress([place]) });
      const misnamed = at({ kind: 'export', module, name: 'treble', below: [] });
      const misplaced = at({ kind: 'export', module, name: 'quadrupleAndFive', below: ['six'] });
      const moved = at({ kind: 'line', module, line: 1, name: 'sum' });
      const error = await executor
        .check([misnamed, invocationOf(bodies.sum), moved, misplaced])
        .catch((thrown: unknown) => thrown);
      expect(isHolonError(error, 'not-isolatable')).toBe(true);
      const { message } = error as Error;
      expect(message).toContain("3 flows can't run isolated:");
      expect(message).toContain('finds no flow that it exports as "treble"');
      expect(message).toContain('finds no "six" in "parallel"');
      expect(message).toContain("bodies.ts:1) can't run isolated: a worker that imports its module has none there");
      expect(message).toContain('Make it at the top level of a module, on a line of its own');
      await expect(executor.run(moved, recordingHost()).result).rejects.toMatchObject({ code: 'not-isolatable' });
    });
  });

  test('closed, it ends what runs and takes nothing more', async () => {
    const closing = open();
    const host = recordingHost();
    const execution = closing.run(invocationOf(bodies.waitForAbort), host);
    const settled = execution.result.then(
      () => 'ended',
      () => 'ended',
    );
    await host.hears('logged');
    await closing.close();
    expect(await settled).toBe('ended');
    const late = closing.run(invocationOf(bodies.increment, 1), recordingHost());
    await expect(late.result).rejects.toMatchObject({ code: 'canceled' });
    await closing.close();
  });
}
