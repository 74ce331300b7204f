import { describe, expect, test } from 'vitest';
import { contender } from '../../test/contenders.ts';
import { type SchedulerOptions, resolveScheduler } from '../options.ts';
import type { Contender } from '../waiter.ts';
import type { WaitQueue } from './queue.ts';

function queueOf(scheduler: SchedulerOptions, elapsed: () => number = () => 0): WaitQueue<Contender> {
  return resolveScheduler(scheduler, elapsed, 'scheduler').makeQueue();
}

function names(waiters: readonly Contender[]): string[] {
  return waiters.map(({ claim }) => claim.path);
}

/** Takes one after the other. */
function drained(queue: WaitQueue<Contender>): string[] {
  const order: string[] = [];
  while (queue.size > 0) order.push(queue.shift().claim.path);
  return order;
}

describe('priority', () => {
  test('the most urgent first, those of one level as they came', () => {
    const queue = queueOf('priority');
    for (const [name, priority] of [
      ['a', 0],
      ['b', 1],
      ['c', -1],
      ['d', 1],
      ['e', 2],
    ] as const)
      queue.add(contender({ name, priority }));
    expect(names(queue.list())).toEqual(['e', 'b', 'd', 'a', 'c']);
    expect(drained(queue)).toEqual(['e', 'b', 'd', 'a', 'c']);
  });

  test('a level is worth as much as the time of ageing', () => {
    let now = 0;
    const queue = queueOf({ policy: 'priority', ageing: '10s' }, () => now);
    queue.add(contender({ name: 'old and low', priority: -1 }));
    now = 19_999;
    queue.add(contender({ name: 'high', priority: 1 }));
    now = 20_001;
    queue.add(contender({ name: 'high, too late', priority: 1 }));
    expect(drained(queue)).toEqual(['high', 'old and low', 'high, too late']);
  });

  test('says what it goes by', () => {
    const queue = queueOf({ policy: 'priority', ageing: 500 });
    expect(queue.why(contender({ priority: 1 }))).toBe('priority high, a level more each 500 ms');
  });
});

describe('round-robin', () => {
  test('one of each run in turn', () => {
    const queue = queueOf('round-robin');
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) queue.add(contender({ name, runId: name[0]! }));
    expect(names(queue.list())).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(drained(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  test('a run whose last one leaves has no turn, and comes anew at the end', () => {
    const queue = queueOf('round-robin');
    const [a, b] = [contender({ name: 'a', runId: 'a' }), contender({ name: 'b', runId: 'b' })];
    queue.add(a);
    queue.add(b);
    expect([queue.delete(a), queue.delete(a)]).toEqual([true, false]);
    queue.add(a);
    expect(drained(queue)).toEqual(['b', 'a']);
  });
});

describe('fair', () => {
  test('shares by weight, between the values of a label', () => {
    const weight = ({ labels }: { labels: Readonly<Record<string, string>> }) => (labels['plan'] === 'pro' ? 2 : 1);
    const queue = queueOf({ policy: 'fair', label: 'plan', weight });
    for (let i = 0; i < 4; i++) queue.add(contender({ name: `free${i}`, labels: { plan: 'free' } }));
    for (let i = 0; i < 4; i++) queue.add(contender({ name: `pro${i}`, labels: { plan: 'pro' } }));
    expect(names(queue.list())).toEqual(['free0', 'pro0', 'pro1', 'free1', 'pro2', 'pro3', 'free2', 'free3']);
    expect(drained(queue)).toEqual(['free0', 'pro0', 'pro1', 'free1', 'pro2', 'pro3', 'free2', 'free3']);
  });

  test('what was idle has saved nothing up, and what was served has to wait for the others', () => {
    const queue = queueOf('fair');
    const add = (...all: string[]) => all.forEach((name) => queue.add(contender({ name, runId: name[0]! })));
    add('a1', 'a2', 'a3', 'a4');
    expect([queue.shift(), queue.shift(), queue.shift()].map(({ claim }) => claim.path)).toEqual(['a1', 'a2', 'a3']);
    add('b1', 'b2', 'b3');
    expect(drained(queue)).toEqual(['b1', 'a4', 'b2', 'b3']);
  });

  test('idle shares are not kept without end', () => {
    const queue = queueOf('fair');
    for (let i = 0; i < 50_000; i++) {
      queue.add(contender({ name: 'x', runId: `run${i}` }));
      queue.shift();
    }
    queue.add(contender({ name: 'y', runId: 'run0' }));
    expect(drained(queue)).toEqual(['y']);
  });

  test('a weight that is none counts as 1, and is told', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const queue = queueOf({ policy: 'fair', weight: () => -1 });
    queue.add(contender({ name: 'a', runId: 'a' }));
    queue.add(contender({ name: 'b', runId: 'b' }));
    expect(drained(queue)).toEqual(['a', 'b']);
    expect((await warned).message).toMatch('weight gave -1, which is no number above 0: it counts as 1.');
  });
});

describe('pick', () => {
  test('goes by what the user says', () => {
    const queue = queueOf({ policy: 'pick', pick: (waiting) => waiting.length - 1 });
    for (const name of ['a', 'b', 'c']) queue.add(contender({ name }));
    expect(names(queue.list())).toEqual(['c', 'b', 'a']);
    expect(queue.peek()?.claim.path).toBe('c');
    expect(drained(queue)).toEqual(['c', 'b', 'a']);
  });

  test.each([[() => 7], [() => Number.NaN], [() => 0.5]])(
    'what is no index is told, and the first goes on',
    async (pick) => {
      const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
      const queue = queueOf({ policy: 'pick', pick });
      for (const name of ['a', 'b']) queue.add(contender({ name }));
      expect(drained(queue)).toEqual(['a', 'b']);
      expect((await warned).message).toMatch('which is no index of the 2 who wait: the first goes on.');
    },
  );

  test('one that throws is told, and the first goes on', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const queue = queueOf({
      policy: 'pick',
      pick: () => {
        throw new Error('no idea');
      },
    });
    queue.add(contender({ name: 'a' }));
    expect(drained(queue)).toEqual(['a']);
    expect((await warned).message).toMatch('no idea');
  });
});

describe('options', () => {
  test.each([
    ['lifo', 'scheduler: "lifo" is not a scheduling policy. Did you mean "fifo"?'],
    [{ policy: 'toString' }, 'scheduler: "toString" is not a scheduling policy'],
    [null, 'scheduler: null is not a scheduling policy'],
    [{ policy: 'priority', aging: 5 }, 'scheduler "priority": "aging" is not an option. Did you mean "ageing"?'],
    [{ policy: 'priority', ageing: -1 }, 'scheduler: ageing: -1 is not a duration'],
    [{ policy: 'fair', label: 5 }, 'scheduler: label: 5 is not the name of a label.'],
    [{ policy: 'fair', weight: 5 }, 'scheduler: weight: 5 is not a function.'],
    ['rate', 'scheduler.limit: undefined is not a whole number from 1'],
    ['pick', 'scheduler: pick: undefined is not a function.'],
  ])('refuses %o', (options, message) => {
    expect(() => queueOf(options as never)).toThrow(message);
  });
});
