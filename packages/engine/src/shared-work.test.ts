import {
  type AnyFlow,
  type Port,
  type Slot,
  type Work,
  combinator,
  context,
  flow,
  isHolonError,
  pipe,
  slot,
} from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { coreOf } from './engine.ts';
import type { RunCore } from './run-core.ts';
import { collected, hang, lines, rejection, simulatedEngine } from './test/setting.ts';

/** All who call it while it is open share one call of `child`. */
function once(child: unknown, options: { readonly name?: string } = {}): AnyFlow {
  const only = slot(child);
  const key = {};
  const run = (input: unknown, port: Port): unknown => {
    const held = port.shared(key, (): { work: Work | undefined } => ({ work: undefined }));
    held.work ??= port.work(only, input);
    const { work } = held;
    if (work.outcome?.kind === 'value') return work.outcome.value;
    return port.wait('a call that others wait for as well', (settle) => work.join(settle));
  };
  return combinator({ kind: 'once', name: options.name, picture: { slots: [only], marks: [], edges: [] }, run });
}

/** The runs of an engine that it owns itself. */
function owned(engine: Parameters<typeof coreOf>[0]): RunCore[] {
  return coreOf(engine).runs.members.filter(({ parent }) => parent !== undefined);
}

describe('shared work', () => {
  test('is a run of its own in its node’s place, with a link to what started it', async () => {
    const { engine, clock } = simulatedEngine();
    const seen: unknown[] = [];
    const slow = flow('slow', async (x: number) => {
      seen.push(context().path, context().runId);
      await clock.sleep(10);
      return x + 1;
    });
    const root = pipe('root', once(slow, { name: 'shared' }) as never);
    const runs = [engine.start(root, 1), engine.start(root, 2)];
    const events = collected(runs[1]!);
    await clock.advance(5);
    const [work] = owned(engine);
    expect([work!.root.id, work!.parent]).toEqual(['root/shared/slow', { runId: runs[0]!.id, path: 'root/shared' }]);
    expect(runs[1]!.waiting()).toMatchObject([
      { path: 'root/shared', reason: 'a call that others wait for as well', since: 0 },
      { path: 'root', kind: 'dependency' },
    ]);
    expect(await clock.finish(Promise.all(runs.map(({ result }) => result)))).toEqual([2, 2]);
    expect(seen).toEqual(['slow', work!.id]);
    expect(lines(events, 'node.waiting', 'node.resumed')).toEqual([
      'node.waiting root/shared',
      'node.resumed root/shared',
    ]);
    expect(coreOf(engine).runs.isEmpty).toBe(true);
  });

  test('goes on when one of its waiters is canceled, and is canceled with the last', async () => {
    const { engine, clock } = simulatedEngine();
    const shared = once(hang);
    const runs = [engine.start(shared, 1), engine.start(shared, 2)];
    await clock.advance(1);
    const [work] = owned(engine);
    runs[0]!.cancel('enough');
    await clock.advance(1);
    expect([await runs[0]!.outcome, work!.status, runs[1]!.status]).toMatchObject([
      { status: 'canceled' },
      'running',
      'running',
    ]);
    runs[1]!.cancel('enough');
    expect(await work!.outcome).toEqual({ status: 'canceled', reason: 'nobody waits for it any more' });
    expect((await runs[1]!.outcome).status).toBe('canceled');
  });

  test('fails for all who wait with the very same error, where it began', async () => {
    const { engine, clock } = simulatedEngine();
    const failure = new Error('down');
    const shared = once(
      flow('down', async () => {
        await clock.sleep(5);
        throw failure;
      }),
    );
    const runs = [engine.start(shared, 1), engine.start(shared, 2)];
    const outcomes = await clock.finish(Promise.all(runs.map(({ outcome }) => outcome)));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'failed', path: 'once' });
      expect(outcome.status === 'failed' && outcome.error).toBe(failure);
    }
  });

  test('is there at once when it is synchronous, also in plain code without a free place', async () => {
    const { engine } = simulatedEngine({ maxConcurrency: 1 });
    const shared = once((x: number) => x + 1) as unknown as (x: number) => number;
    expect(
      await engine.execute(
        flow('code', (x: number) => shared(x) + 1),
        1,
      ),
    ).toBe(3);
    const later = once((x: number) => Promise.resolve(x + 1)) as unknown as (x: number) => Promise<number>;
    expect(
      await engine.execute(
        flow('code', async (x: number) => (await later(x)) + 1),
        1,
      ),
    ).toBe(3);
  });

  test('that nobody joins is canceled', async () => {
    const { engine, clock } = simulatedEngine();
    const only = slot(hang);
    const own = combinator<AnyFlow>({
      kind: 'own',
      picture: { slots: [only], marks: [], edges: [] },
      run: async (input, port) => {
        port.work(only, input);
        await port.sleep(10);
        return owned(engine).length;
      },
    });
    expect(await clock.finish(engine.execute(own, 1))).toBe(0);
  });

  test('has the answers of the run that started it', async () => {
    const { engine, clock } = simulatedEngine();
    const answers = ({ id }: { readonly id: string }) =>
      id === 'once/hang' ? ({ kind: 'value', value: 'mocked', source: 'test' } as const) : undefined;
    expect(await clock.finish(engine.execute(once(hang), 1, { answers }))).toBe('mocked');
  });

  test('refuses what its picture doesn’t have, and to start where all is canceled', async () => {
    const { engine, clock } = simulatedEngine();
    const attempt = async (work: (port: Port, only: Slot) => unknown): Promise<unknown> => {
      const only = slot((x: unknown) => x);
      const picture = { slots: [only], marks: [], edges: [] };
      const own = combinator<AnyFlow>({ kind: 'own', picture, run: async (_, port) => work(port, only) });
      return clock.finish(rejection(engine.execute(own, 1)));
    };
    const stranger = await attempt((port) => port.work(slot(hang), 1));
    expect(isHolonError(stranger, 'invalid-flow')).toBe(true);
    const late = await attempt(async (port, only) => {
      let leaked: Port | undefined;
      await port.scope((scope) => {
        leaked = scope;
      });
      leaked!.work(only, 1);
    });
    expect(isHolonError(late, 'canceled')).toBe(true);
  });
});
