import { context, flow, pipe } from '@holon/flow';
import { describe, expect, test, vi } from 'vitest';
import { rejection, simulatedEngine } from './test/setting.ts';

describe('a flow with onError in the engine', () => {
  test('is asked when the retries of the body are used up, with the failure and the input', async () => {
    const { clock, engine } = simulatedEngine();
    const onError = vi.fn<(error: unknown, input: number) => string>(() => 'answered');
    const charge = flow({
      name: 'charge',
      fn: async (_cents: number): Promise<string> => {
        throw new Error(`attempt ${context().attempt}`);
      },
      onError,
      retry: 2,
    });
    expect(await clock.finish(engine.execute(charge, 5))).toBe('answered');
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'attempt 3' }), 5);
  });

  test('takes several arguments at an entry, and gives onError their list', async () => {
    const { clock, engine } = simulatedEngine();
    const failing = flow({
      fn: async (x: number, y: number): Promise<number> => {
        throw new Error(`${x}, ${y}`);
      },
      onError: (error, input) => [(error as Error).message, input],
    });
    expect(await clock.finish(engine.execute(failing, [1, 2]))).toEqual(['1, 2', [1, 2]]);
  });

  test('gets the timeout of the body', async () => {
    const { clock, engine } = simulatedEngine();
    const slow = flow({
      fn: async () => {
        const { signal } = context();
        return new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('late')));
      },
      onError: (error) => (error as Error).message,
      timeout: 50,
    });
    expect(await clock.finish(engine.execute(slow, undefined))).toBe('timed out after 50 ms');
  });

  test('is not asked when the run is canceled', async () => {
    const { clock, engine } = simulatedEngine();
    const onError = vi.fn<() => void>();
    const open = flow({
      fn: async () =>
        new Promise<void>((_resolve, reject) =>
          context().signal.addEventListener('abort', () => reject(new Error('stopped'))),
        ),
      onError,
    });
    const run = engine.start(open, undefined);
    run.cancel('enough');
    expect(await rejection(clock.finish(run.result))).toMatchObject({ code: 'canceled' });
    expect(onError).not.toHaveBeenCalled();
  });

  test('a chain made by .pipe runs as pipe() does', async () => {
    const add = flow('add', (x: number, y: number) => x + y);
    const text = async (x: number) => `${x}`;
    const { engine } = simulatedEngine();
    expect(
      await engine.execute(
        add.pipe(text).pipe((given) => given.length),
        [50, 50],
      ),
    ).toBe(
      await engine.execute(
        pipe(add, text, (given) => given.length),
        [50, 50],
      ),
    );
  });
});
