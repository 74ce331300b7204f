import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { context } from './ambient.ts';
import { type Procedure, isPromiseLike } from './port.ts';
import { type AnyFlow, combinator, flow, slot } from './flow.ts';

/** A composite of one child and a procedure written here. */
function composite(
  child: unknown,
  run: (call: ReturnType<typeof slot>) => Procedure,
  options: { alwaysPromise?: boolean } = {},
): AnyFlow {
  const only = slot(child, { many: true });
  const marks = [{ id: 'any', shape: 'choice', label: 'any' }] as const;
  const picture = { slots: [only], marks, edges: [] };
  return combinator({ kind: 'own', picture, run: run(only), ...options });
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

describe('a call', () => {
  test('gives the value when it is there, a promise otherwise, and throws what a synchronous child throws', () => {
    const seen: unknown[] = [];
    const child = flow((x: number) =>
      x === 0 ? Promise.resolve('later') : x === 1 ? 'now' : (undefined as never as string).length,
    );
    const own = composite(child, (only) => (_input, port) => {
      seen.push(isPromiseLike(port.call(only, 0)), port.call(only, 1));
      try {
        port.call(only, 2);
      } catch (error) {
        seen.push((error as Error).name);
      }
    });
    own(undefined);
    expect(seen).toEqual([true, 'now', 'TypeError']);
  });
});

describe('a scope', () => {
  test('is synchronous when its body is and nothing is open', () => {
    const own = composite(
      (x: number) => x + 1,
      (only) => (input, port) => port.scope((scope) => scope.call(only, input)),
    );
    expect(own(1)).toBe(2);
  });

  test('that ends while children are open cancels and awaits them, then ends the same way', async () => {
    const log: string[] = [];
    const child = async () => {
      const { signal } = context();
      await untilAborted(signal);
      log.push(`child: ${(signal.reason as Error).message}`);
    };
    const own = composite(child, (only) => (input, port) => {
      return port.scope((scope) => {
        void scope.call(only, undefined);
        if (input === 'throw') throw new Error('boom');
        return 'done';
      });
    });
    expect(await own('return')).toBe('done');
    await expect(own('throw')).rejects.toThrow('boom');
    expect(log).toEqual(['child: canceled: what it was for is done', 'child: canceled: a sibling failed']);
  });

  test('cancels the scopes inside it', async () => {
    const log: string[] = [];
    const leaf = async () => {
      await untilAborted(context().signal);
      log.push('leaf ended');
    };
    const inner = composite(leaf, (only) => (_input, port) => port.scope((scope) => scope.call(only, undefined)));
    const outer = composite(inner, (only) => (_input, port) => {
      return port.scope((scope) => {
        void scope.call(only, undefined);
        return 1;
      });
    });
    expect(await outer(undefined)).toBe(1);
    expect(log).toEqual(['leaf ended']);
  });

  test('that is canceled or has ended starts nothing more', async () => {
    let leaked: (() => unknown) | undefined;
    const started: number[] = [];
    const own = composite(
      (x: number) => started.push(x),
      (only) => (_input, port) =>
        port.scope((scope) => {
          leaked = () => scope.call(only, 2);
          return scope.call(only, 1);
        }),
    );
    own(undefined);
    expect(() => leaked!()).toThrow(
      expect.objectContaining({ code: 'canceled', message: 'canceled: called in a scope that has ended' }),
    );
    expect(started).toEqual([1]);
  });

  test('waits for a child that ignores its signal for one second, no longer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const own = composite(
      () => new Promise(() => undefined),
      (only) => (_input, port) =>
        port.scope((scope) => {
          void scope.call(only, undefined);
          return 'done';
        }),
    );
    let result: unknown;
    void own(undefined).then((value: unknown) => (result = value));
    await vi.advanceTimersByTimeAsync(999);
    expect(result).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(result).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('leaves no timer behind when its children end in time', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const own = composite(
      () => untilAborted(context().signal),
      (only) => (_input, port) =>
        port.scope((scope) => {
          void scope.call(only, undefined);
          return 'done';
        }),
    );
    expect(await own(undefined)).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('flows called from plain code', () => {
  test('are direct calls in the same scope', async () => {
    const inner = flow('inner', () => context().signal);
    const signals: AbortSignal[] = [];
    const outer = flow('outer', async () => {
      signals.push(context().signal, inner());
    });
    await composite(outer, (only) => (_input, port) => port.scope((scope) => scope.call(only, undefined)))(undefined);
    expect(signals[0]).toBe(signals[1]);
  });
});

describe('sleep', () => {
  const sleeper = (seen: string[]) =>
    composite(
      () => undefined,
      () => async (ms, port) => {
        await port.sleep(ms as number);
        seen.push('slept');
      },
    );

  test('waits', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const seen: string[] = [];
    const done = sleeper(seen)(1_000) as Promise<void>;
    await vi.advanceTimersByTimeAsync(999);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(seen).toEqual(['slept']);
  });

  test('ends early when its scope is canceled, and leaves no timer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let ended: unknown;
    const sleeping = composite(
      () => undefined,
      () => async (_input, port) => port.sleep(60_000).catch((error: unknown) => (ended = error)),
    );
    const outer = composite(
      sleeping,
      (only) => (_input, port) =>
        port.scope((scope) => {
          void scope.call(only, undefined);
          return 'done';
        }),
    );
    expect(await outer(undefined)).toBe('done');
    expect(ended).toMatchObject({ code: 'canceled' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('sleep in a scope that ends', () => {
  test('is over then, also when no child is open, and what a child gave is not aborted', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let ended: unknown;
    const own = composite(
      async () => context().signal,
      (only) => (_input, port) =>
        port.scope((scope) => {
          scope.sleep(60_000).catch((error: unknown) => (ended = error));
          return scope.call(only, undefined);
        }),
    );
    const signal = (await own(undefined)) as AbortSignal;
    expect([signal.aborted, vi.getTimerCount()]).toEqual([false, 0]);
    expect(ended).toMatchObject({ code: 'canceled', message: 'canceled: what it was for is done' });
  });
});

test('the clock and chance are the machine’s, decisions are the procedure’s own', () => {
  const own = composite(
    () => undefined,
    () => (_input, port) => [port.now(), port.random(), port.choose('any', 'left')],
  );
  const before = Date.now();
  const [now, draw, chosen] = own(undefined) as [number, number, string];
  expect(now).toBeGreaterThanOrEqual(before);
  expect(draw >= 0 && draw < 1).toBe(true);
  expect(chosen).toBe('left');
});
