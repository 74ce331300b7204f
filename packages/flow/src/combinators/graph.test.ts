import { describe, expect, test } from 'vitest';
import { context } from '../ambient.ts';
import { flow } from '../flow.ts';
import { type Graph, graph } from './graph.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const id = (x: number) => x;

describe('graph', () => {
  test('feeds nodes from wires, picked parts, records and tuples of wires', async () => {
    const checkout = graph('checkout', (g: Graph<{ user: number; items: string[] }>) => {
      const user = g.add(
        async (userId: number) => `user ${userId}`,
        g.input.map((order) => order.user),
      );
      const count = g.add(
        (items: string[]) => items.length,
        g.input.map((order) => order.items),
      );
      const pair = g.add((given: readonly [string, number]) => given.join(': '), [user, count]);
      const both = g.add((given: { user: string; count: number }) => `${given.user} has ${given.count}`, {
        user,
        count,
      });
      const joined = g.add((a: string, b: string) => `${a} | ${b}`, pair, both);
      return { joined, first: user.map((name) => name[0]), list: [count, count] };
    });
    expect(await checkout({ user: 7, items: ['a', 'b'] })).toEqual({
      joined: 'user 7: 2 | user 7 has 2',
      first: 'u',
      list: [2, 2],
    });
  });

  test('starts a node as soon as what it needs is there, not level by level', async () => {
    const log: string[] = [];
    const wait = (name: string, turns: number) =>
      flow(name, async (x: number) => {
        log.push(`start ${name}`);
        for (let i = 0; i < turns; i++) await tick();
        log.push(`end ${name}`);
        return x;
      });
    await graph('g', (g: Graph<number>) => {
      const fast = g.add(wait('fast', 1), g.input);
      const slow = g.add(wait('slow', 5), g.input);
      const next = g.add(wait('next', 1), fast);
      return [next, slow];
    })(1);
    expect(log).toEqual(['start fast', 'start slow', 'end fast', 'start next', 'end next', 'end slow']);
  });

  test('a node that nothing is fed from runs as well, and is awaited', async () => {
    const log: string[] = [];
    await graph('g', (g: Graph<number>) => {
      g.add(async () => {
        await tick();
        log.push('aside');
      });
      return g.add(id, g.input);
    })(1);
    expect(log).toEqual(['aside']);
  });

  test('its result may be its input', async () => {
    expect(await graph('g', (g: Graph<number>) => g.input)(5)).toBe(5);
    expect(await graph('g', (g: Graph<number>) => ({ twice: g.input.map((x) => x * 2) }))(5)).toEqual({ twice: 10 });
  });

  test('when one node fails, the others are aborted and awaited, what depends on it never starts', async () => {
    const log: string[] = [];
    const boom = new Error('boom');
    const fails = flow('fails', async (_x: number): Promise<number> => {
      await tick();
      throw boom;
    });
    const waits = flow('waits', async (x: number) => {
      const { signal } = context();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await tick();
      log.push('waits: ended');
      return x;
    });
    const after = flow('after', (x: number) => log.push(`after ${x}`));
    const g = graph('g', (build: Graph<number>) => [
      build.add(after, build.add(fails, build.input)),
      build.add(after.with({ name: 'after waits' }), build.add(waits, build.input)),
    ]);
    await expect(g(1)).rejects.toBe(boom);
    expect(log).toEqual(['waits: ended']);
  });

  test('what throws while a wire is read is a failure of the graph', async () => {
    const g = graph('g', (build: Graph<{ deep?: { x: number } }>) =>
      build.add(
        id,
        build.input.map((given) => given.deep!.x),
      ),
    );
    await expect(g({})).rejects.toThrow(TypeError);
    const late = graph('g', (build: Graph<number>) =>
      build.add(async (x: number) => x, build.input).map((x) => (x as never as { y: { z: 1 } }).y.z),
    );
    await expect(late(1)).rejects.toThrow(TypeError);
  });

  test('a graph is a node of another', async () => {
    const inner = graph('inner', (g: Graph<number>) => g.add((x: number) => x + 1, g.input));
    const outer = graph('outer', (g: Graph<number>) => g.add(inner.with({ name: 'second' }), g.add(inner, g.input)));
    expect(await outer(1)).toBe(3);
  });

  test('what map of a wire gives is data: neither a promise nor a wire', async () => {
    const late = graph('g', (build: Graph<number>) => build.add(id, build.input.map(async (x) => x) as never));
    await expect(late(1)).rejects.toThrow(
      'map() of a wire gave a promise: what takes time is a node, added with g.add.',
    );
    const wires = graph('g', (build: Graph<number>) => build.input.map(() => build.input));
    await expect(wires(1)).rejects.toThrow('map() of a wire gave another wire: give both to the node that needs them.');
  });

  test('a node that takes anything takes records and lists of wires', async () => {
    const keys = graph('g', (build: Graph<number>) =>
      build.add((given: unknown) => Object.keys(given as object), { a: build.input, b: [build.input] }),
    );
    expect(await keys(1)).toEqual(['a', 'b']);
    const bare = graph('g', (build: Graph<number>) => Object.assign(Object.create(null), { a: build.input }) as never);
    expect(await bare(1)).toEqual({ a: 1 });
  });

  test('runs of one graph do not mix', async () => {
    const g = graph('g', (build: Graph<number>) =>
      build.add(
        (a: number, b: number) => [a, b],
        build.add(async (x: number) => x + 1, build.input),
        build.input,
      ),
    );
    expect(await Promise.all([g(1), g(10)])).toEqual([
      [2, 1],
      [11, 10],
    ]);
  });
});
