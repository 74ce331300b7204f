import { type Graph, HolonError, branch, flow, graph, isHolonError, loop, map, parallel, pipe } from '@holon/flow';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EngineOptions, type StartOptions, createEngine } from './index.ts';
import { rejection, simulatedEngine } from './test/setting.ts';

const inc = flow('inc', (x: number) => x + 1);
const double = flow('double', async (x: number) => x * 2);

describe('execute', () => {
  test('runs every combinator as the direct call does', async () => {
    const all = pipe(
      'all',
      map('each', pipe('both', inc, double), { concurrency: 3 }),
      parallel({ first: (xs: number[]) => xs[0]!, count: async (xs: number[]) => xs.length }),
      graph('g', (g: Graph<{ first: number; count: number }>) => {
        const a = g.add(
          inc,
          g.input.map((i) => i.first),
        );
        const b = g.add(
          double,
          g.input.map((i) => i.count),
        );
        return g.add((x: number, y: number) => x + y, a, b);
      }),
      loop('grow', double, { while: (x) => x < 100 }),
      branch('size', (x: number) => (x > 200 ? 'big' : 'small'), { big: double, small: inc }),
    );
    const direct = await all([1, 2, 3, 4]);
    await expect(createEngine({ maxConcurrency: 2 }).execute(all, [1, 2, 3, 4])).resolves.toBe(direct);
  });

  test('rejects with the very thing that was thrown, an Error or not', async () => {
    for (const thrown of [new Error('no'), 'text', 7, null, undefined, { code: 'E' }, Symbol('s')]) {
      const failing = flow('failing', async () => {
        throw thrown;
      });
      const within = pipe('p', failing, inc as never);
      expect(await rejection(createEngine().execute(within, undefined as never))).toBe(thrown);
      const sync = flow('sync', () => {
        throw thrown;
      });
      expect(await rejection(createEngine().execute(sync, undefined))).toBe(thrown);
    }
  });

  test('limits how many bodies run at once, over all its runs', async () => {
    const { clock, engine } = simulatedEngine({ maxConcurrency: 3 });
    let running = 0;
    let most = 0;
    const body = flow('body', async (x: number) => {
      running += 1;
      most = Math.max(most, running);
      await clock.sleep(10);
      running -= 1;
      return x;
    });
    const each = map(body, { concurrency: 100 });
    await clock.finish(Promise.all([engine.execute(each, [1, 2, 3, 4]), engine.execute(each, [1, 2, 3, 4])]));
    expect(most).toBe(3);
    expect(clock.elapsed()).toBe(30);
  });

  test.each([1, 2, 3])('nested plain code does not deadlock at a limit of %i', async (maxConcurrency) => {
    const { clock, engine } = simulatedEngine({ maxConcurrency });
    const leaf = flow('leaf', async (x: number) => clock.sleep(1).then(() => x));
    const middle = flow(
      'middle',
      async (x: number) => (await leaf(x)) + (await Promise.all([leaf(x), leaf(x), leaf(x)])).length,
    );
    const outer = flow('outer', async (x: number) =>
      (await Promise.all([middle(x), middle(x)])).reduce((a, b) => a + b, 0),
    );
    expect(await clock.finish(engine.execute(outer, 1))).toBe(8);
  });
});

describe('inputs at an entry', () => {
  const add = flow('add', (a: number, b: number) => a + b);
  const sum = add.with({ params: ['a', 'b'] });
  const engine = createEngine();

  test('a list is the arguments of a flow with several', async () => {
    expect(await engine.execute(add, [5, 3])).toBe(8);
    const piped = pipe('p', add, inc);
    expect(await engine.execute(piped, [5, 3])).toBe(9);
  });

  test('a list is one value for a flow with one', async () => {
    const count = flow('count', (xs: readonly number[]) => xs.length);
    expect(await engine.execute(count, [5, 3, 1])).toBe(3);
  });

  test('a list is one value where at most one parameter is required, unless params names two', async () => {
    const money = flow('money', (cents: number, currency: string = 'EUR') => `${cents} ${currency}`);
    expect(await engine.execute(money, 5)).toBe('5 EUR');
    const named = money.with({ params: ['cents', 'currency'] });
    expect(await engine.execute(named, [5, 'USD'])).toBe('5 USD');
    expect(await engine.execute(named, [5])).toBe('5 EUR');
    expect(() => engine.execute(named, [5, 'USD', 1] as never)).toThrow('takes 2 arguments; 3 were given');
    const total = flow('total', (...amounts: number[]) => amounts.length);
    expect([await engine.execute(total, 5), await engine.execute(total)]).toEqual([1, 0]);
    const between = flow('between', (low: number, high: number, step: number = 1) => [low, high, step]);
    expect(await engine.execute(between, [1, 2])).toEqual([1, 2, 1]);
    expect(() => engine.execute(between, [1, 2, 3] as never)).toThrow('takes 2 arguments; 3 were given');
  });

  test('a parameter with a question mark counts at run time: refused with what to do', () => {
    const money = flow('money', (cents: number, currency?: string) => `${cents} ${currency}`);
    expect(() => engine.execute(money, 5)).toThrow('(b?) counts as one');
    expect(() => engine.execute(money.with({ params: ['cents', 'currency'] }), 5 as never)).toThrow(
      /as a list, such as \[…, …\]\. Given: 5$/,
    );
  });

  test('a record is matched to params', async () => {
    expect(await engine.execute(sum, { b: 3, a: 5 } as never)).toBe(8);
    expect(() => engine.execute(sum, { b: 3 } as never)).toThrow('"add" takes a, b; a is missing.');
  });

  test.each<[string, unknown, string]>([
    ['too many', [1, 2, 3], '"add" takes 2 arguments; 3 were given: [1,2,3]'],
    ['no list', 5, 'give them as a list'],
    ['nothing', undefined, 'give them as a list'],
  ])('%s: thrown at once', (_name, input, message) => {
    expect(() => engine.execute(add, input as never)).toThrow(message);
    expect(() => engine.start(add, input as never)).toThrow(HolonError);
  });

  test('a schema is asked at once, and what it gives back is what the body gets', async () => {
    const typed = flow('typed', (order: { id: string; count: number }) => order.count * 2, {
      input: z.object({ id: z.string(), count: z.number().default(4) }),
    });
    expect(await engine.execute(typed, { id: 'a' } as never)).toBe(8);
    expect(() => engine.execute(typed, { count: 1 } as never)).toThrow('id: Invalid input');
  });

  test('a schema of several arguments checks the list of them', () => {
    const typed = add.with({ input: z.tuple([z.number(), z.number()]) });
    expect(() => engine.execute(typed, [1, 'two'] as never)).toThrow('[1]: Invalid input');
  });

  test('an output that does not fit its schema fails the node, and can be retried', async () => {
    const { clock, engine: simulated } = simulatedEngine();
    let calls = 0;
    const typed = flow('typed', async () => (++calls < 3 ? 'text' : 5), { output: z.number(), retry: 5 });
    expect(await clock.finish(simulated.execute(typed, undefined))).toBe(5);
    const wrong = flow('wrong', () => 'text' as never, { output: z.number() });
    expect(isHolonError(await rejection(simulated.execute(wrong, undefined)), 'invalid-output')).toBe(true);
  });

  test('what a node inside gets is checked when it runs, and fails it', async () => {
    const typed = flow('typed', (x: number) => x, { input: z.number() });
    const within = pipe(
      'p',
      flow('text', () => 'text'),
      typed as never,
    );
    expect(isHolonError(await rejection(engine.execute(within, undefined as never)), 'invalid-input')).toBe(true);
  });
});

describe('options', () => {
  test.each<[unknown, string]>([
    [{ maxConcurrency: 0 }, 'maxConcurrency: 0'],
    [{ maxConcurrency: 1.5 }, 'maxConcurrency: 1.5'],
    [{ gracePeriod: 'soon' }, 'gracePeriod: "soon"'],
    [{ maxConcurency: 2 }, 'Did you mean "maxConcurrency"?'],
    [{ errorRecovery: 3 }, 'createEngine: errorRecovery: the options are 3, not an object'],
    [{ errorRecovery: {} }, 'createEngine: errorRecovery.maxRetries: undefined is not a whole number'],
    [{ errorRecovery: { maxRetries: -1 } }, 'createEngine: errorRecovery.maxRetries: -1 is not a whole number'],
    [
      { errorRecovery: { maxRetries: 1, retries: 2 } },
      'errorRecovery: "retries" is not an option. Known: "maxRetries"',
    ],
    [{ errorRecovery: { maxRetries: 1, jitter: 2 } }, 'createEngine: errorRecovery.jitter: 2'],
    [{ store: {} }, 'createEngine: "store" is not an option'],
    [{ answers: {} }, 'answers'],
    [{ pick: 1 }, 'pick'],
    [{ monitoring: 'yes' }, 'createEngine: monitoring: "yes" is neither true nor false'],
  ])('createEngine(%o) names what it refuses', (options, message) => {
    expect(() => createEngine(options as EngineOptions)).toThrow(message);
  });

  test.each<[unknown, string]>([
    [{ timeout: -1 }, 'timeout: -1'],
    [{ signal: {} }, 'signal'],
    [{ answers: 1 }, 'answers'],
    [{ pause: true }, 'Did you mean "paused"?'],
    [{ paused: 1 }, 'start: paused: 1 is neither true nor false'],
    [{ trace: 'all' }, 'start: trace: "all" is neither true nor false'],
    [{ idempotencyKey: '' }, 'start: idempotencyKey: "" is not a text of at least one character'],
    [{ idempotencyKey: 7 }, 'start: idempotencyKey: 7 is not a text'],
    [{ labels: 'gold' }, 'start: labels: "gold" is not a record of texts'],
    [{ labels: { tenant: 7 } }, 'start: labels: {"tenant":7} is not a record of texts'],
  ])('start(…, %o) names what it refuses', (options, message) => {
    expect(() => createEngine().start(inc, 1, options as StartOptions)).toThrow(message);
  });

  test('what is no flow is refused', () => {
    expect(() => createEngine().execute(((x: number) => x) as never, 1 as never)).toThrow('is not a flow');
  });
});
