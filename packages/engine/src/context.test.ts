import { context, flow, map, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from './index.ts';
import { collected, simulatedEngine } from './test/setting.ts';

describe('context()', () => {
  test('is the body’s own: before and after awaits, in plain functions, in parallel branches', async () => {
    const { clock, engine } = simulatedEngine();
    const paths = flow('async', async (ms: number) => {
      const before = context().path;
      await clock.sleep(ms);
      await Promise.resolve();
      return [before, context().path];
    });
    const plain = flow('plain', (ms: number) => clock.sleep(ms).then(() => [context().path]));
    const sync = flow('sync', () => [context().path]);
    const both = flow('both', async (ms: number) => [
      ...(await paths(ms)),
      ...(await plain(ms)),
      ...sync(),
      context().path,
    ]);
    const each = map('m', both);
    expect(await clock.finish(engine.execute(each, [3, 1, 2]))).toEqual(
      [0, 1, 2].map((i) => [
        `m[${i}]/both/async`,
        `m[${i}]/both/async`,
        `m[${i}]/both/plain`,
        `m[${i}]/both/sync`,
        `m[${i}]/both`,
      ]),
    );
  });

  test('knows the iteration or item it is part of, also after an await and in flows that its code calls', async () => {
    const { clock, engine } = simulatedEngine();
    const note = flow('note', () => context().iteration);
    const seen = flow('seen', async (ms: number) => {
      await clock.sleep(ms);
      return [context().iteration, note()];
    });
    const each = map(
      'm',
      pipe(seen, (found) => [...found, context().iteration]),
    );
    expect(await clock.finish(engine.execute(each, [3, 1]))).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(await clock.finish(engine.execute(seen, 1))).toEqual([undefined, undefined]);
  });

  test('works when taken apart', async () => {
    const { clock, engine } = simulatedEngine();
    const run = engine.start(
      flow('apart', async () => {
        const { log, progress, emit, signal, attempt, runId } = context();
        const { info } = log;
        await clock.sleep(1);
        info('hello');
        progress(0.5);
        emit('mine', 1);
        return [signal.aborted, attempt, runId];
      }),
      undefined as never,
    );
    expect(await clock.finish(run.result)).toEqual([false, 1, run.id]);
  });

  test('what a body tells becomes events', async () => {
    const { clock, engine } = simulatedEngine();
    const telling = flow('telling', async () => {
      const { log, progress, emit } = context();
      log.debug('a');
      log.warn('b', { x: 1 });
      progress(0.25, 'a quarter');
      progress(7);
      progress(Number.NaN);
      emit('order.placed', [1]);
      emit('ping');
    });
    const run = engine.start(telling, undefined);
    const events = collected(run);
    await clock.finish(run.result);
    const told = events
      .filter(({ type }) => ['node.logged', 'node.progressed', 'node.emitted'].includes(type))
      .map(({ seq: _, at: __, ...rest }: RunEvent) => rest);
    const path = 'telling';
    expect(told).toEqual([
      { type: 'node.logged', path, level: 'debug', message: 'a', data: undefined },
      {
        type: 'node.logged',
        path,
        level: 'warn',
        message: 'b',
        data: { kind: 'object', type: undefined, entries: [['x', { kind: 'number', value: 1 }]], total: 1 },
      },
      { type: 'node.progressed', path, fraction: 0.25, message: 'a quarter' },
      { type: 'node.progressed', path, fraction: 1, message: undefined },
      { type: 'node.progressed', path, fraction: 0, message: undefined },
      {
        type: 'node.emitted',
        path,
        name: 'order.placed',
        data: { kind: 'array', items: [{ kind: 'number', value: 1 }], total: 1 },
      },
      { type: 'node.emitted', path, name: 'ping', data: undefined },
    ]);
  });

  test('a run started by a body is no part of it', async () => {
    const { clock, engine } = simulatedEngine();
    const inner = flow('inner', async () => context().path);
    const outer = flow('outer', async () => [await engine.execute(inner, undefined), context().path]);
    expect(await clock.finish(engine.execute(outer, undefined))).toEqual(['inner', 'outer']);
  });

  test('is inert in a direct call', async () => {
    const { runId, path, attempt, idempotencyKey } = await flow(async () => context())();
    expect({ runId, path, attempt, idempotencyKey }).toEqual({
      runId: undefined,
      path: undefined,
      attempt: 1,
      idempotencyKey: undefined,
    });
  });

  test('predicates of a composite belong to the composite', async () => {
    const { engine, clock } = simulatedEngine();
    const seen: (string | undefined)[] = [];
    const stepped = pipe(
      'p',
      flow('a', async (x: number) => x),
      (x: number) => {
        seen.push(context().path);
        return x;
      },
    );
    await clock.finish(engine.execute(stepped, 1));
    expect(seen).toEqual(['p/task']);
  });
});
