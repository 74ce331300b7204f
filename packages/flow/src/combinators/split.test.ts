import { describe, expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { split } from './split.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const words = (line: string) => line.split(' ');

describe('split', () => {
  test('gives part i to flow i, all at once, and the parts back in order; always a promise', async () => {
    const log: string[] = [];
    const step = (name: string, turns: number) => async (part: string) => {
      log.push(`start ${name}`);
      for (let i = 0; i < turns; i++) await tick();
      log.push(`end ${name}`);
      return `${name}: ${part}`;
    };
    const both = split('both', words, [step('a', 3), step('b', 1)]);
    expect(await both('x y')).toEqual(['a: x', 'b: y']);
    expect(log).toEqual(['start a', 'start b', 'end b', 'end a']);
    expect(split(words, [])('x')).toBeInstanceOf(Promise);
  });

  test('a part without a flow passes through, a flow without a part does not run', async () => {
    const shout = (part: string) => part.toUpperCase();
    expect(await split(words, [shout])('a b c')).toEqual(['A', 'b', 'c']);
    expect(await split(words, [undefined, shout])('a b c')).toEqual(['a', 'B', 'c']);
    expect(await split(async (line: string) => line.split(' '), [shout, shout])('a')).toEqual(['A']);
    expect(await split((_line: string): string[] => [], [shout])('a')).toEqual([]);
  });

  test('when one part fails the others are aborted and awaited, then it fails the same way', async () => {
    const log: string[] = [];
    const waits = async () => {
      const { signal } = context();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await tick();
      log.push('waits: ended');
    };
    const fails = async () => {
      await tick();
      throw new Error('boom');
    };
    await expect(split(words, [waits, fails])('a b')).rejects.toThrow('boom');
    expect(log).toEqual(['waits: ended']);
  });

  test('fails as the splitter fails, and where it gives no array', async () => {
    await expect(split((_line: string) => Promise.reject<string[]>(new Error('boom')), [])('a')).rejects.toThrow(
      'boom',
    );
    await expect(split('s', (line: string) => line as never as string[], [])('ab')).rejects.toMatchObject({
      code: 'invalid-output',
      message: 'split "s": the splitter has to give an array; it gave "ab".',
    });
  });

  test('mistakes', () => {
    expect(() => split('s', words, 5 as never)).toThrow('split "s": 5 is not an array of flows.');
    expect(() => split(words, [5 as never])).toThrow('5 is neither a flow nor a function.');
  });
});
