import { describe, expect, test } from 'vitest';
import { definitionOf, isFlow } from './definition.ts';
import { type FlowOf, flow } from './flow.ts';
import { pipe } from './combinators/pipe.ts';

describe('flow', () => {
  test('is callable as the function it wraps, and synchronous stays synchronous', () => {
    const add = flow((x: number, y: number) => x + y);
    expect(add(5, 3)).toBe(8);
  });

  test('an asynchronous function stays one', async () => {
    const later = flow(async (x: number) => x + 1);
    const result = later(1);
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toBe(2);
  });

  test('throws what the function throws, itself', () => {
    const thrown = { not: 'an Error' };
    const fail = flow(() => {
      throw thrown;
    });
    expect(() => fail()).toThrow(expect.toSatisfy((error: unknown) => error === thrown));
  });

  test('sees as many arguments as were given', () => {
    const count = flow((...items: unknown[]) => items.length);
    expect([count(), count(1), count(undefined, undefined), count(1, 2, 3)]).toEqual([0, 1, 2, 3]);
    const greet = flow((name = 'you') => `hello ${name}`);
    expect([greet(), greet('me')]).toEqual(['hello you', 'hello me']);
  });

  test('an argument list is not an array: arrays arrive whole', () => {
    const first = flow((items: number[]) => items[0]);
    expect(first([7, 8])).toBe(7);
  });

  test('has a name, the explicit one first', () => {
    function double(x: number) {
      return x * 2;
    }
    expect([flow(double).name, flow('twice', double).name, flow((x: number) => x).name]).toEqual([
      'double',
      'twice',
      'task',
    ]);
  });

  test('has the length of its parameters', () => {
    expect(flow((_a: number, _b: string) => 0).length).toBe(2);
    expect(flow((_a: number, _b = 1) => 0, { params: ['a', 'b'] }).length).toBe(2);
  });

  test('knows an async function without calling it', () => {
    expect(definitionOf(flow(async () => 1))).toMatchObject({ asynchronous: true, isTask: true, arity: 0 });
    expect(definitionOf(flow(() => 1))).toMatchObject({ asynchronous: false });
  });

  test('of a flow is a copy under another name', () => {
    const one = flow('one', (x: number) => x + 1, { timeout: '1s' });
    const two = flow('two', one, { retry: 2 });
    expect(two(1)).toBe(2);
    expect([one.name, two.name]).toEqual(['one', 'two']);
    expect(definitionOf(two)?.policies).toMatchObject({ timeoutMs: 1_000, retry: { retries: 2 } });
  });

  test('is recognised, also one made by another copy of the package', () => {
    const foreign = Object.assign(() => 1, { [Symbol.for('holon.flow.v1')]: { kind: 'task' } });
    expect([isFlow(flow(() => 1)), isFlow(foreign), isFlow(() => 1), isFlow(null), isFlow({})]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('with', () => {
  const original = flow('work', (x: number) => x, { retry: 3, timeout: '2s' });

  test('gives a copy; what is not mentioned stays', () => {
    const other = original.with({ timeout: '5s' });
    expect(definitionOf(other)?.policies).toMatchObject({ retry: { retries: 3 }, timeoutMs: 5_000 });
    expect(definitionOf(original)?.policies).toMatchObject({ timeoutMs: 2_000 });
    expect(other(4)).toBe(4);
  });

  test('renames', () => {
    expect(original.with({ name: 'other' }).name).toBe('other');
    expect(original.with({ name: undefined }).name).toBe('work');
  });

  test('works on composites', () => {
    const chain = pipe(original, (x) => x + 1).with({ name: 'chain', timeout: 10 });
    expect(chain(1)).toBe(2);
    expect(definitionOf(chain)).toMatchObject({ kind: 'pipe', name: 'chain', policies: { timeoutMs: 10 } });
  });

  test('refuses unknown options with the nearest known', () => {
    expect(() => original.with({ tiemout: 5 } as never)).toThrow(
      'with() of "work": "tiemout" is not an option. Did you mean "timeout"?',
    );
  });
});

describe('mistakes', () => {
  test.each<[unknown[], string]>([
    [[5], 'flow(…): 5 is not a function.'],
    [['name'], 'flow("name", …): undefined is not a function.'],
    [['name', {}], 'flow("name", …): {} is not a function.'],
    [[() => 1, { retrys: 1 }], 'flow "anonymous": "retrys" is not an option. Did you mean "retry"?'],
    [['a', () => 1, { timeout: -1 }], 'flow "a": timeout: -1 is not a duration: it is negative.'],
    [['a', () => 1, { retry: -1 }], 'flow "a": retry.retries: -1 is not a whole number'],
    [
      ['a', () => 1, { retry: { retries: 1, delya: 5 } }],
      'flow "a": retry: "delya" is not an option. Did you mean "delay"?',
    ],
    [['a', () => 1, { input: {} }], 'flow "a": input is not a Standard Schema'],
    [['a', () => 1, { params: 'x' }], 'flow "a": params: "x" is not a list of names.'],
    [['a', () => 1, null], 'flow "a": the options are null, not an object.'],
    [['a', () => 1, 5], 'flow "a": the options are 5, not an object.'],
  ])('%j', (given, message) => {
    expect(() => (flow as (...args: unknown[]) => FlowOf<[], unknown>)(...given)).toThrow(message);
  });

  test.each([
    ...['', ' ', 'a/b', '.', '..', '__proto__', 'constructor', 'prototype', 'x'.repeat(201)],
    ...['a\nb', 'a\u0000', '\u2028', 'a\u0085', 'a\u202eb', '\u2066a', 'a\ud800', '\udc00a'],
  ])('the name %j', (name) => {
    expect(() => flow(name, () => 1)).toThrow(expect.objectContaining({ code: 'invalid-name' }));
    expect(() => flow(() => 1).with({ name })).toThrow(expect.objectContaining({ code: 'invalid-name' }));
    expect(() => pipe(name, () => 1)).toThrow(expect.objectContaining({ code: 'invalid-name' }));
  });

  test.each([
    'a',
    'größe',
    '日本',
    'two words',
    'a.b',
    'a:b',
    'a[0]',
    'a@2',
    'a%',
    '🔥',
    '👩‍💻',
    '...',
    '.env',
    'x'.repeat(200),
  ])('the name %j is fine', (name) => {
    expect(flow(name, () => 1).name).toBe(name);
  });
});

describe('whatever kind of function', () => {
  test('a generator function is one', async () => {
    const count = flow(function* (n: number) {
      for (let i = 0; i < n; i++) yield i;
    });
    expect([...count(3)]).toEqual([0, 1, 2]);
    const later = flow(async function* (n: number) {
      yield n;
    });
    expect(await later(5).next()).toEqual({ value: 5, done: false });
    expect(definitionOf(later)).toMatchObject({ asynchronous: false });
  });

  test('a class is not', () => {
    class Order {}
    expect(() => flow(Order as never)).toThrow(
      'flow "Order": a class can\'t be called without new; make a flow of (…args) => new Order(…args).',
    );
    expect(() => pipe(class {} as never)).toThrow('flow "anonymous": a class can\'t be called without new');
    expect(flow(String)(5)).toBe('5');
  });

  test('a flow may be a method, and can’t be constructed', () => {
    const service = { base: 5, add: flow((x: number, y: number) => x + y) };
    expect(service.add(1, 2)).toBe(3);
    expect(() => Reflect.construct(service.add, [])).toThrow(TypeError);
    expect(service.add.call({ base: 6 }, 1, 2)).toBe(3);
    expect(service.add).toBeInstanceOf(Function);
  });

  test('a bound function has the name of what was bound; a name that is none is none', () => {
    function double(x: number) {
      return x * 2;
    }
    expect(flow(double.bind(null).bind(null)).name).toBe('double');
    expect(flow(Object.defineProperty((x: number) => x, 'name', { value: 5 })).name).toBe('task');
  });
});

describe('the object form', () => {
  test('is the same flow', () => {
    const double = flow({ name: 'double', fn: (x: number) => x * 2, retry: 2, version: 'a' });
    expect([double(2), double.name]).toEqual([4, 'double']);
    expect(definitionOf(double)).toMatchObject({ kind: 'task', version: 'a', policies: { retry: { retries: 2 } } });
    expect(flow({ fn: (x: number) => x }).name).toBe('task');
    expect(flow({ fn: double, timeout: 5 }).name).toBe('double');
  });

  test.each<[unknown[], string]>([
    [[{}], 'flow({…}): fn: undefined is not a function.'],
    [[{ fn: 5 }], 'flow({…}): fn: 5 is not a function.'],
    [[{ fn: () => 1, onError: 5 }], 'flow({…}): onError: 5 is not a function.'],
    [[{ fn: () => 1 }, {}], 'flow({…}): it takes one object; options go into that.'],
    [[{ fn: () => 1, onErorr: () => 1 }], 'flow "anonymous": "onErorr" is not an option. Did you mean "onError"?'],
    [[{ fn: () => 1, name: 'a/b' }], 'flow "a/b": name: "a/b" can\'t be a name.'],
    [
      [() => 1, { onError: () => 1 }],
      'flow "anonymous": onError stands beside the function: flow({ fn, onError, … }).',
    ],
    [['a', () => 1, { name: 'b' }], 'flow "a": name: "b" is a second name beside "a".'],
    [[() => 1, 'a'], 'flow "anonymous": the options are "a", not an object. A name comes first.'],
    [[[]], 'flow(…): [] is not a function.'],
  ])('%o is refused', (given, message) => {
    expect(() => (flow as (...args: unknown[]) => unknown)(...given)).toThrow(message);
  });
});

test('all that is wrong with one flow is said at once', () => {
  const options = { retyr: 3, timeout: -1, retry: { retries: -1, backof: 'fixed' }, owner: 'me', params: 5 };
  expect(() => flow('a\nb', () => 1, options as never)).toThrow(
    [
      'flow "a\\nb":',
      'name: "a\\nb" can\'t be a name. Use 1 to 200 characters without "/" and control characters, and none of ".", "..", __proto__, constructor, prototype.',
      '"retyr" is not an option. Did you mean "retry"?',
      expect.anything(),
    ]
      .slice(0, 3)
      .join('\n  '),
  );
  try {
    flow('a', () => 1, options as never);
  } catch (error) {
    expect(error).toMatchObject({
      code: 'invalid-option',
      details: {
        problems: [
          '"retyr" is not an option. Did you mean "retry"?',
          expect.stringMatching(/^"owner" is not an option\. Known: .* Data of your own goes into meta: \{ … \}\.$/),
          'params: 5 is not a list of names.',
          'retry: "backof" is not an option. Did you mean "backoff"?',
          expect.stringMatching(/^timeout: -1 is /),
        ],
      },
    });
  }
});
