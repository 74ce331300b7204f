import { describe as suite, expect, test, vi } from 'vitest';
import { context } from './ambient.ts';
import { parallel } from './combinators/parallel.ts';
import { definitionOf } from './definition.ts';
import { HolonError } from './errors.ts';
import { flow } from './flow.ts';
import { NO_POLICIES } from './options.ts';
import { describe } from './picture/describe.ts';

const boom = new Error('boom');
const fails = (_x: number): number => {
  throw boom;
};

suite('onError', () => {
  test('gives the result when the function fails, and is not asked when it does not', () => {
    const onError = vi.fn<(error: unknown, input: number) => number>(() => 0);
    const half = flow({ fn: (x: number) => (x > 0 ? x / 2 : fails(x)), onError });
    expect(half(4)).toBe(2);
    expect(onError).not.toHaveBeenCalled();
    expect(half(-1)).toBe(0);
    expect(onError).toHaveBeenCalledWith(boom, -1);
  });

  test('a synchronous flow with a synchronous onError stays synchronous; otherwise it is a promise', async () => {
    expect(flow({ fn: fails, onError: () => 'sync' })(1)).toBe('sync');
    const late = flow({ fn: fails, onError: async () => 'late' })(1);
    expect(late).toBeInstanceOf(Promise);
    expect(await late).toBe('late');
    const body = flow({ fn: async (x: number) => fails(x), onError: () => 'body' })(1);
    expect(body).toBeInstanceOf(Promise);
    expect(await body).toBe('body');
    // Only running it shows that it gives a promise.
    const shown = flow({ fn: (x: number) => Promise.resolve(x).then(fails), onError: () => 'shown' });
    expect(await shown(1)).toBe('shown');
  });

  test('what it throws is the failure', async () => {
    const second = new Error('second');
    const give = () => {
      throw second;
    };
    expect(() => flow({ fn: fails, onError: give })(1)).toThrow(second);
    await expect(flow({ fn: async (x: number) => fails(x), onError: give })(1)).rejects.toBe(second);
  });

  test('gets several arguments as their list', () => {
    const seen = flow({ fn: (_a: number, _b: number) => fails(1), onError: (_error, input) => input });
    expect(seen(1, 2)).toEqual([1, 2]);
    expect((seen as never as (a: number) => unknown)(1)).toEqual([1]);
    const optional = flow({ fn: (a: number, _b: number = 2) => fails(a), onError: (_error, input) => input });
    expect([optional(1), optional(1, 3)]).toEqual([1, [1, 3]]);
    const none = flow({ fn: () => fails(1), onError: (_error, input) => input });
    expect(none()).toBe(undefined);
  });

  test('is not given a cancellation', async () => {
    const canceled = new HolonError('canceled', 'canceled: enough');
    const onError = vi.fn<() => string>(() => 'answered');
    const sync = flow({
      fn: () => {
        throw canceled;
      },
      onError,
    });
    expect(sync).toThrow(canceled);
    await expect(flow({ fn: async () => sync(), onError })()).rejects.toBe(canceled);
    expect(onError).not.toHaveBeenCalled();
  });

  test('is not asked in a scope that was canceled, whatever the body throws at its abort', async () => {
    const onError = vi.fn<() => string>(() => 'answered');
    const aborted = flow({
      fn: async (_x: number) => {
        const { signal } = context();
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
      },
      onError,
    });
    await expect(parallel([aborted, async (x: number) => fails(x)])(1)).rejects.toBe(boom);
    expect(onError).not.toHaveBeenCalled();
  });

  test('is shown beside the body, under the name of the function', () => {
    async function charge(cents: number) {
      return cents;
    }
    const { nodes, edges } = describe(flow({ fn: charge, onError: () => 0, retry: 2 }));
    expect(nodes.map(({ id, kind, policies }) => [id, kind, policies])).toEqual([
      ['charge', 'recover', []],
      ['charge/body', 'task', ['retry 2 × exponential']],
      ['charge/onError', 'task', []],
    ]);
    expect(edges.map(({ from, to, label }) => [from, to, label])).toEqual([
      ['charge', 'charge/body', undefined],
      ['charge/body', 'charge/onError', 'failed'],
      ['charge/body', 'charge', undefined],
      ['charge/onError', 'charge', undefined],
    ]);
  });

  test('policies are those of the body, also of a copy', () => {
    const first = flow({ name: 'first', fn: fails, onError: () => 0, timeout: 5, version: 1 });
    const second = first.with({ name: 'second', retry: 2 });
    const policies = (given: typeof first) => {
      const { name, policies: own, recovery } = definitionOf(given)!;
      return [name, own, definitionOf(recovery!.body)!.policies];
    };
    const none = NO_POLICIES;
    expect(policies(first)).toEqual(['first', none, { ...none, timeoutMs: 5 }]);
    expect(policies(second)).toEqual([
      'second',
      none,
      { ...none, retry: expect.objectContaining({ retries: 2 }), timeoutMs: 5 },
    ]);
    expect([first(1), second(1)]).toEqual([0, 0]);
    expect(definitionOf(second)!.version).toBe(1);
  });

  test('of a flow keeps the flow as its body', () => {
    const body = flow('body', fails, { timeout: 5 });
    const safe = flow({ name: 'safe', fn: body, onError: () => 0 });
    expect(definitionOf(safe)!.recovery!.body).toBe(body);
    expect(safe(1)).toBe(0);
  });

  test('schemas are checked around both: a wrong input is the caller’s mistake and not a failure to answer', () => {
    const safe = flow({
      fn: fails,
      onError: () => -1,
      types: { input: (value) => typeof value === 'number', output: (value) => (value as number) >= 0 },
    });
    expect(() => safe('x' as never)).toThrow(/^Invalid input type/);
    expect(() => safe(1)).toThrow(/^Invalid output type/);
  });
});
