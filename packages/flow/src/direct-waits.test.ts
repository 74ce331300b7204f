/** What the direct port gives beyond calls and scopes: waits, state, shared work. */
import { describe, expect, test, vi } from 'vitest';
import { context } from './ambient.ts';
import { type AnyFlow, combinator, flow, slot } from './flow.ts';
import type { Port } from './port.ts';
import type { Slot } from './definition.ts';
import type { Settle } from './work.ts';

function composite(run: (port: Port, only: Slot) => unknown, child: unknown = (x: unknown) => x): () => unknown {
  const only = slot(child, { many: true });
  const picture = { slots: [only], marks: [], edges: [] };
  return combinator<AnyFlow>({ kind: 'own', picture, run: (_, port) => run(port, only) }) as unknown as () => unknown;
}

const message = async (promise: unknown): Promise<string> =>
  Promise.resolve(promise).then(
    () => 'no failure',
    (error: Error) => error.message,
  );

describe('a wait', () => {
  test('comes to what settles it first, or to what begin throws', async () => {
    let settle: Settle<number> | undefined;
    const waiting = composite((port) =>
      port.wait<number>('', (given) => {
        settle = given;
        return () => undefined;
      }),
    )();
    settle!.resolve(1);
    settle!.reject(new Error('too late'));
    expect(await waiting).toBe(1);
    const broken = composite((port) =>
      port.wait('', () => {
        throw new Error('broken');
      }),
    )();
    expect(await message(broken)).toBe('broken');
  });

  test('is stopped when its scope ends, and refused after that', async () => {
    const log: string[] = [];
    const own = composite(async (port) => {
      let leaked: Port | undefined;
      await port.scope((scope) => {
        leaked = scope;
        scope.wait('', () => () => log.push('stopped')).catch((error: Error) => log.push(error.message));
      });
      log.push('ended');
      return message(leaked!.wait('', () => () => log.push('never')));
    });
    expect(await own()).toBe('canceled: called in a scope that has ended');
    expect(log).toEqual(['stopped', 'canceled: what it was for is done', 'ended']);
  });

  test('at most for a time stops waiting and goes on with nothing', async () => {
    vi.useFakeTimers();
    const log: string[] = [];
    const own = composite((port) => port.wait('', () => () => log.push('stopped'), 100))() as Promise<unknown>;
    await vi.advanceTimersByTimeAsync(100);
    expect([await own, log]).toEqual([undefined, ['stopped']]);
    vi.useRealTimers();
  });

  test('of a sleep leaves no timer behind', async () => {
    vi.useFakeTimers();
    await composite((port) =>
      port.scope((scope) => {
        scope.sleep(5_000).catch(() => undefined);
      }),
    )();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test('for a signal needs an engine, and says so', async () => {
    expect(await message(composite((port) => port.signal('go'))())).toMatch(
      /^Waiting for the signal "go" needs an engine/,
    );
  });
});

test('state is one for all who hold its key', () => {
  const key = {};
  const count = composite((port) => (port.shared(key, () => ({ n: 0 })).n += 1));
  const other = composite((port) => (port.shared({}, () => ({ n: 0 })).n += 1));
  expect([count(), count(), other(), other()]).toEqual([1, 2, 1, 1]);
});

describe('shared work', () => {
  test('is there at once when it is synchronous, its failure too', () => {
    const outcome = (child: unknown) => composite((port, only) => port.work(only, 1).outcome, child)();
    expect(outcome((x: number) => x + 1)).toEqual({ kind: 'value', value: 2 });
    const failure = new Error('no');
    const fails = (): never => {
      throw failure;
    };
    expect(outcome(fails)).toEqual({ kind: 'error', error: failure });
  });

  test('is canceled when its last waiter has left, and when nobody ever joined', async () => {
    const signals: AbortSignal[] = [];
    const child = flow(async () => {
      const { signal } = context();
      signals.push(signal);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const own = composite(async (port, only) => {
      port.work(only, 1);
      const waited = port.work(only, 2);
      const leave = waited.join({ resolve: () => undefined, reject: () => undefined });
      await Promise.resolve().then(() => undefined);
      const before = signals.map(({ aborted }) => aborted);
      leave();
      return [before, signals.map(({ aborted }) => aborted), waited.left];
    }, child);
    expect(await own()).toEqual([[true, false], [true, true], true]);
  });
});
