import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contender } from '../../test/contenders.ts';
import { type SchedulerOptions, resolveScheduler } from '../options.ts';
import type { Claim, Contender } from '../waiter.ts';
import type { WaitQueue } from './queue.ts';

const runsOfProperty = { numRuns: Number(process.env['FC_RUNS'] ?? 200) };

const weightOf = ({ labels }: Claim): number => Number(labels['weight']);

const policies: readonly SchedulerOptions[] = [
  'fifo',
  'priority',
  { policy: 'fair', weight: weightOf },
  { policy: 'fair', label: 'weight', weight: weightOf },
  'round-robin',
  {
    policy: 'pick',
    pick: (waiting) =>
      Math.max(
        0,
        waiting.findIndex(({ priority }) => priority >= 1),
      ),
  },
  { policy: 'pick', pick: (waiting) => waiting.length >> 1 },
];

type Step =
  | { readonly kind: 'come'; readonly run: number; readonly priority: number; readonly weight: number }
  | { readonly kind: 'leave'; readonly which: number }
  | { readonly kind: 'serve' }
  | { readonly kind: 'pass'; readonly ms: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('come' as const),
        run: fc.nat(3),
        priority: fc.integer({ min: -2, max: 2 }),
        weight: fc.constantFrom(1, 2, 3),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), which: fc.nat(20) }) },
    { weight: 3, arbitrary: fc.constant<Step>({ kind: 'serve' }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(15_000) }) },
  ),
  { maxLength: 80 },
);

function newcomer({ run, priority, weight }: Extract<Step, { kind: 'come' }>, name: string): Contender {
  return contender({ name, runId: `run${run}`, priority, labels: { weight: String(weight) } });
}

describe.each(policies.map((policy) => [policy] as const))('%o', (policy) => {
  test('serves in the order that it lists, and everyone once', () => {
    fc.assert(
      fc.property(steps, (story) => {
        let now = 0;
        const queue: WaitQueue<Contender> = resolveScheduler(policy, () => now, 'scheduler').makeQueue();
        let inside: Contender[] = [];
        for (const [i, step] of story.entries()) {
          if (step.kind === 'pass') now += step.ms;
          else if (step.kind === 'come') {
            const one = newcomer(step, `w${i}`);
            queue.add(one);
            inside.push(one);
          } else if (step.kind === 'leave' && inside.length > 0) {
            const one = inside[step.which % inside.length]!;
            expect(queue.delete(one)).toBe(true);
            expect(queue.delete(one)).toBe(false);
            inside = inside.filter((other) => other !== one);
          } else if (step.kind === 'serve' && inside.length > 0) {
            const next = queue.peek();
            const one = queue.shift();
            expect(one).toBe(next);
            expect(inside).toContain(one);
            inside = inside.filter((other) => other !== one);
          }
          expect(queue.size).toBe(inside.length);
        }
        const order = queue.list();
        expect(new Set(order)).toEqual(new Set(inside));
        for (const one of order) expect(queue.shift()).toBe(one);
        expect([queue.size, queue.peek(), queue.list()]).toEqual([0, undefined, []]);
      }),
      runsOfProperty,
    );
  });

  test('100,000 who wait come, leave and are served in no time', () => {
    const queue: WaitQueue<Contender> = resolveScheduler(policy, () => 0, 'scheduler').makeQueue();
    const slow = typeof policy === 'object' && policy.policy === 'pick';
    // Each pick is shown all who wait.
    const size = slow ? 2_000 : 100_000;
    const all = Array.from({ length: size }, (_, i) =>
      newcomer({ kind: 'come', run: i % 1_000, priority: i % 3, weight: (i % 3) + 1 }, 'x'),
    );
    for (const one of all) queue.add(one);
    for (const one of all.filter((_, i) => i % 2 === 0)) queue.delete(one);
    expect(queue.list()).toHaveLength(size / 2);
    while (queue.size > 0) queue.shift();
  });
});

describe('priority', () => {
  test('nobody is overtaken by who comes later than the ageing of the levels between them', () => {
    const ageing = 1_000;
    fc.assert(
      fc.property(steps, (story) => {
        let now = 0;
        const queue: WaitQueue<Contender> = resolveScheduler(
          { policy: 'priority', ageing },
          () => now,
          'scheduler',
        ).makeQueue();
        const cameAt = new Map<Contender, number>();
        for (const [i, step] of story.entries()) {
          if (step.kind === 'pass') now += step.ms / 10;
          else if (step.kind === 'come') {
            const one = newcomer(step, `w${i}`);
            queue.add(one);
            cameAt.set(one, now);
          } else if (step.kind === 'serve' && queue.size > 0) {
            const served = queue.shift();
            for (const passed of queue.list()) {
              const levels = served.claim.priority - passed.claim.priority;
              expect(cameAt.get(served)! - cameAt.get(passed)!).toBeLessThanOrEqual(levels * ageing);
            }
          }
        }
      }),
      runsOfProperty,
    );
  });
});

describe('fair', () => {
  test('of those who wait all the time, what each was served, by its weight, differs by one of each at most', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(1, 2, 3, 5), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (weights, served) => {
          const queue: WaitQueue<Contender> = resolveScheduler(
            { policy: 'fair', weight: weightOf },
            () => 0,
            'scheduler',
          ).makeQueue();
          for (const [run, weight] of weights.entries())
            for (let i = 0; i < served; i++) queue.add(newcomer({ kind: 'come', run, priority: 0, weight }, 'x'));
          const counts = weights.map(() => 0);
          for (let i = 0; i < served; i++) {
            counts[Number(queue.shift().claim.runId.slice('run'.length))]! += 1;
            for (const [a, of] of counts.entries())
              for (const [b, other] of counts.entries())
                expect(Math.abs(of / weights[a]! - other / weights[b]!)).toBeLessThanOrEqual(
                  1 / weights[a]! + 1 / weights[b]! + 1e-9,
                );
          }
        },
      ),
      runsOfProperty,
    );
  });
});
