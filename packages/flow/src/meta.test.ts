import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { map } from './combinators/map.ts';
import { definitionOf } from './definition.ts';
import { isHolonError, toWireError } from './errors.ts';
import { flow } from './flow.ts';

const double = (x: number) => x * 2;
const version = (given: unknown) => definitionOf(given)!.version;

describe('meta', () => {
  test('holds what the author wrote, the object itself', () => {
    const meta = { name: 'double', description: 'twice', tags: ['math'], owner: { team: 5 } };
    expect(flow({ fn: double, meta }).meta).toBe(meta);
    expect(flow(double, { meta }).meta).toBe(meta);
    const notes = { name: 'double', description: 'twice', tags: ['math'], performance: { pure: true } };
    expect(flow(double, notes).meta).toBe(notes);
  });

  test('is empty where the author wrote nothing', () => {
    expect([flow(double).meta, flow('double', double, { retry: 1 }).meta, map(double).meta]).toEqual([{}, {}, {}]);
    expect(Object.isFrozen(flow(double).meta)).toBe(true);
  });

  test('notes beside other options are kept, frozen', () => {
    const { meta } = flow('double', double, { retry: 1, description: 'twice', version: 3, meta: { owner: 'me' } });
    expect(meta).toEqual({ owner: 'me', description: 'twice', version: 3 });
    expect(Object.isFrozen(meta)).toBe(true);
  });

  test('a copy keeps it unless given another; notes are added', () => {
    const meta = { name: 'double', owner: 'me' };
    const original = flow(double, { meta });
    expect(original.with({ timeout: 5 }).meta).toBe(meta);
    expect(original.with({ name: 'other' }).meta).toBe(meta);
    expect([flow(original).meta, flow('other', original).meta]).toEqual([meta, meta]);
    expect(original.with({ description: 'twice' }).meta).toEqual({ ...meta, description: 'twice' });
    expect(original.with({ meta: { owner: 'you' } }).meta).toEqual({ owner: 'you' });
  });

  test('its name and version are the flow’s', () => {
    const named = flow({ fn: double, meta: { name: 'twice', version: '1.2' } });
    expect([named.name, version(named)]).toEqual(['twice', '1.2']);
    expect(flow(double, { name: 'twice' }).name).toBe('twice');
    expect(flow('first', double, { meta: { name: 'second' } }).name).toBe('first');
    expect(version(flow(double, { version: 2, meta: { version: 1 } }))).toBe(2);
    expect(version(named.with({ retry: 1 }))).toBe('1.2');
    expect(version(named.with({ version: 7 }))).toBe(7);
  });

  test('is free: what is no name, version or type there is data', () => {
    const meta = { name: 5, version: null, types: 'invoice', retyr: 3 };
    const free = flow('free', double, { meta: meta as never });
    expect([free.name, version(free), free(2)]).toEqual(['free', undefined, 4]);
    expect(free.meta).toBe(meta);
  });

  test('composites have it, too', () => {
    expect(map(double, { description: 'each twice' }).meta).toEqual({ description: 'each twice' });
  });
});

describe('types', () => {
  const isNumber = Object.assign((value: unknown) => typeof value === 'number', { description: 'a number' });
  const checked = flow('double', double, { types: { input: isNumber, output: isNumber } });

  test('throw a TypeError that says what was given, synchronously where the flow is', () => {
    expect(checked(2)).toBe(4);
    expect(() => checked('x' as never)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        message: 'Invalid input type for "double": expected a number. Given: "x"',
      }),
    );
    const broken = flow('broken', (() => 'five') as never as typeof double, { types: { output: isNumber } });
    expect(() => broken(1)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        message: 'Invalid output type for "broken": expected a number. Given: "five"',
      }),
    );
  });

  test('are to everybody else the failures that a schema’s refusals are', () => {
    const refusalOf = (call: () => unknown): unknown => {
      try {
        return call();
      } catch (error) {
        return error;
      }
    };
    const error = refusalOf(() => checked('x' as never));
    expect(error).toBeInstanceOf(TypeError);
    expect([isHolonError(error, 'invalid-input'), isHolonError(error, 'invalid-output')]).toEqual([true, false]);
    expect(toWireError(error)).toMatchObject({ name: 'TypeError', code: 'invalid-input' });
  });

  test('reject where the flow gives a promise', async () => {
    const late = flow('late', async (x: number) => `${x}`, { types: { input: isNumber, output: isNumber } });
    await expect(late('x' as never)).rejects.toThrow(/^Invalid input type for "late"/);
    await expect(late(1)).rejects.toBeInstanceOf(TypeError);
    await expect(late(1)).rejects.toThrow(/^Invalid output type for "late"/);
  });

  test('may stand in the meta', () => {
    const inMeta = flow({ fn: double, meta: { name: 'inMeta', types: { input: isNumber } } });
    expect(() => inMeta('x' as never)).toThrow('Invalid input type for "inMeta": expected a number. Given: "x"');
  });

  test('say their name where they have no description', () => {
    const positive = (value: unknown) => (value as number) > 0;
    expect(() => flow('f', double, { types: { input: positive } })(-1)).toThrow('expected positive. Given: -1');
    expect(() => flow('f', double, { types: { input: () => false } })(-1)).toThrow('types.input refuses it. Given: -1');
  });

  test('several arguments are checked as their list', () => {
    const add = flow('add', (x: number, y: number) => x + y, {
      types: { input: (value) => Array.isArray(value) && value.every(isNumber) },
    });
    expect(add(1, 2)).toBe(3);
    expect(() => add(1, 'b' as never)).toThrow('Invalid input type for "add": types.input refuses it. Given: [1,"b"]');
  });

  test('come after a schema, and stay when a copy has another', () => {
    const even = Object.assign((value: unknown) => (value as number) % 2 === 0, { description: 'even' });
    const both = flow('both', double, { input: z.number(), types: { input: even } });
    expect(() => both('x' as never)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => both(3)).toThrow('Invalid input type for "both": expected even. Given: 3');
    const copied = both.with({ input: z.number().max(10), name: 'copied' });
    expect(() => copied(3)).toThrow('Invalid input type for "copied": expected even. Given: 3');
    expect(() => copied(12)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(both.with({ meta: {} })(3)).toBe(6);
  });

  test('an asynchronous predicate is refused: it would let everything through', () => {
    const asynchronous = flow('f', double, { types: { input: (async () => false) as never } });
    expect(() => asynchronous(1)).toThrow('A predicate in types is asynchronous; only synchronous ones are taken.');
  });
});

describe('mistakes in what an author says', () => {
  test.each<[object, string]>([
    [{ meta: 'x' }, 'meta: "x" is not an object.'],
    [{ meta: null }, 'meta: null is not an object.'],
    [{ description: 5 }, 'description: 5 is not a text.'],
    [{ tags: 'a' }, 'tags: "a" is not a list of texts.'],
    [{ tags: ['a', 5] }, 'tags: ["a",5] is not a list of texts.'],
    [{ performance: true }, 'performance: true is not an object.'],
    [{ types: isNaN }, 'types: [function isNaN] is not an object.'],
    [{ types: { input: 5 } }, 'types.input: 5 is not a function that says whether a value is of the type.'],
    [{ types: { inptu: isNaN } }, 'types: "inptu" is neither "input" nor "output".'],
    [{ version: Number.NaN }, 'version: NaN is neither a text nor a finite number.'],
    [
      { input: isNaN },
      'input is not a Standard Schema (zod 4, valibot, arktype give one). A predicate goes into types: { input }.',
    ],
  ])('%o', (options, message) => {
    expect(() => flow('f', double, options)).toThrow(`flow "f": ${message}`);
  });

  test('data of the author’s own among the options', () => {
    expect(() => flow('f', double, { owner: 'me' } as object)).toThrow(
      /^flow "f": "owner" is not an option\. Known: "retry", .*, "name"\. Data of your own goes into meta: \{ … \}\.$/,
    );
  });
});
