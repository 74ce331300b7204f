import { describe, expect, test } from 'vitest';
import { definitionOf } from '../definition.ts';
import { flow } from '../flow.ts';
import { pipe } from './pipe.ts';

describe('pipe', () => {
  test('each step gets what the one before it gave; synchronous while its steps are', () => {
    const shout = pipe(
      (text: string) => text.trim(),
      (text) => text.toUpperCase(),
      (text) => `${text}!`,
    );
    expect(shout(' hey ')).toBe('HEY!');
  });

  test('is a promise from the first asynchronous step on', async () => {
    const chain = pipe(
      (x: number) => x + 1,
      async (x) => x * 10,
      (x) => `${x}`,
    );
    expect(chain(1)).toBeInstanceOf(Promise);
    expect(await chain(1)).toBe('20');
  });

  test('also when only running it shows that a step is asynchronous', async () => {
    const chain = pipe(
      (x: number) => Promise.resolve(x + 1),
      (x) => x * 2,
    );
    expect(await chain(1)).toBe(4);
  });

  test('its first step may take several arguments', () => {
    const sum = pipe(
      'sum',
      (x: number, y: number) => x + y,
      (x) => x * 2,
    );
    expect(sum(1, 2)).toBe(6);
    expect([sum.name, sum.length]).toEqual(['sum', 2]);
  });

  test('steps may come as an array', () => {
    const steps = [1, 2, 3].map((n) => (x: number) => x + n);
    expect(pipe(steps)(0)).toBe(6);
    expect(pipe('named', steps).name).toBe('named');
  });

  const fails = (): string => {
    throw new Error('boom');
  };
  test.each<[string, () => string | Promise<string>]>([
    ['synchronous', fails],
    ['asynchronous', async () => fails()],
  ])('fails as its %s step fails, and later steps don’t start', async (_kind, step) => {
    const started: string[] = [];
    const chain = pipe(step, (value: string) => started.push(value));
    await expect((async () => chain())()).rejects.toThrow('boom');
    expect(started).toEqual([]);
  });

  test('known to be asynchronous, it rejects and never throws', async () => {
    const chain = pipe(
      (): number => {
        throw new Error('boom');
      },
      async (x) => x,
    );
    const result = chain();
    expect(result).toBeInstanceOf(Promise);
    await expect(result).rejects.toThrow('boom');
  });

  test('of no steps it gives what it is given, of one it is that step; with a name it is a pipe of its own', () => {
    const step = flow('step', (x: number) => x + 1);
    expect([pipe()(5), pipe('none')(5), pipe('none').name, pipe<number, number>([])(5)]).toEqual([5, 5, 'none', 5]);
    expect([pipe(step), pipe([step])]).toEqual([step, step]);
    expect(pipe((x: number) => x + 1)(1)).toBe(2);
    const named = pipe('named', step);
    expect([named(1), named.name, definitionOf(named)?.kind]).toEqual([2, 'named', 'pipe']);
  });

  test('mistakes', () => {
    expect(() => pipe([5 as never])).toThrow('5 is neither a flow nor a function.');
    expect(() => pipe(5 as never)).toThrow('5 is neither a flow nor a function.');
  });

  test('its steps are flows: those given, and new ones for plain functions', () => {
    const given = flow('given', (x: number) => x);
    const chain = pipe(given, (x) => x);
    const [first, second] = definitionOf(chain)!.picture.slots;
    expect(first!.flow).toBe(given);
    expect(definitionOf(second!.flow)?.kind).toBe('task');
  });
});
