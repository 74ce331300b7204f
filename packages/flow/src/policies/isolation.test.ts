import { describe as describeFlow } from '../picture/describe.ts';
import { describe, expect, test } from 'vitest';
import { definitionOf } from '../definition.ts';
import { isolatedAt, isolatedPlaces } from '../isolated.ts';
import { flow, map } from '../index.ts';
import type { Isolation } from './isolation.ts';

const work = flow('work', async (x: number) => x + 1, { isolation: 'thread' });
const twoOnALine = ['a', 'b'].map((name) => flow('same', async () => name, { isolation: 'thread' }));
const alsoNamed = [
  flow('left', async () => 1, { isolation: 'thread' }),
  flow('right', async () => 2, { isolation: 'thread' }),
];

function written(made: unknown): ReturnType<typeof isolatedAt> {
  return isolatedAt(isolatedPlaces(definitionOf(made)!.body)[0]!);
}

describe('isolation', () => {
  test('a direct call ignores it', async () => {
    await expect(work(1)).resolves.toBe(2);
  });

  test('is kept by a copy, and can be given to one', () => {
    const policy = { kind: 'thread', memoryBytes: 64e6 };
    const plain = flow('plain', async () => 1);
    const isolated = plain.with({ isolation: { kind: 'thread', memory: '64MB' } }).with({ timeout: 5 });
    expect(definitionOf(isolated)!.policies.isolation).toEqual(policy);
    expect(definitionOf(plain)!.policies.isolation).toBeNull();
  });

  test.each<[unknown, string]>([
    ['process', '"work": isolation: "process" is neither "thread" nor such as'],
    [{ kind: 'thread', memory: '1 gig' }, 'isolation.memory: "1 gig" is not a size'],
    [
      { kind: 'thread', memory: 500 },
      'isolation.memory: 500 is less than a worker takes to start: give 16 MB or more.',
    ],
    [{ kind: 'thread', memroy: 1 }, 'Did you mean "memory"?'],
    [null, 'null is neither'],
  ])('%o is refused', (isolation, message) => {
    expect(() => work.with({ isolation: isolation as Isolation })).toThrow(message);
  });

  test('of a function that is not async is refused, and so of a composite', () => {
    expect(() => flow('sync', () => 1, { isolation: 'thread' })).toThrow(
      '"sync": isolation: its function is not async',
    );
    expect(() => flow('sync', () => 1).with({ isolation: 'thread' })).toThrow('Write async in front of it');
    expect(() => map('all', work, { isolation: 'thread' })).toThrow(
      '"all": isolation: only a function can run isolated',
    );
  });

  test('is told by whoever stands above it, at any depth', () => {
    const isolates = (made: unknown): boolean => definitionOf(made)!.isolates;
    expect([work, map(work), map(map(work)), map(flow(async (x: number) => x))].map(isolates)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('stands in the picture', () => {
    expect(describeFlow(work).nodes[0]!.policies).toEqual(['in a thread of its own']);
    const limited = work.with({ isolation: { kind: 'thread', memory: '1.5GB' } });
    expect(describeFlow(limited).nodes[0]!.policies).toEqual(['in a thread of its own, up to 1.5 GB']);
  });
});

describe('where isolated flows were written', () => {
  test('is known by line and name; two of one name on one line are several', () => {
    expect(written(work)).toBe(definitionOf(work));
    expect(written(twoOnALine[0])).toBe('several');
    expect(alsoNamed.map(written)).toEqual(alsoNamed.map(definitionOf));
    expect(isolatedAt({ file: 'nowhere.ts', line: 1, name: 'work' })).toBeUndefined();
  });

  test('a copy on the same line is the same body', () => {
    const copied = flow('copied', async () => 1, { isolation: 'thread' }).with({ timeout: 5 });
    expect(written(copied)).not.toBe('several');
    expect(isolatedPlaces(definitionOf(copied)!.body)).toHaveLength(1);
  });

  test('a copy on another line has a second place', () => {
    const original = flow('original', async () => 1, { isolation: 'thread' });
    const place = definitionOf(original)!.origin()!;
    const copied = original.with({ timeout: 5 });
    expect(isolatedPlaces(definitionOf(copied)!.body).map(({ line }) => line)).toEqual([
      place.line,
      definitionOf(copied)!.origin()!.line,
    ]);
  });
});
