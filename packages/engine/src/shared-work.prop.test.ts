/** Canceling any of several runs that share work never cancels or fails the others; the last one to leave cancels it. */
import { type AnyFlow, batch, context, debounce, flow, memoize, throttle } from '@holon/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coreOf } from './engine.ts';
import { simulatedEngine } from './test/setting.ts';

const numRuns = Number(process.env['FC_RUNS'] ?? 300);

interface Caller {
  readonly startsAt: number;
  readonly input: number;
  /** How long after its start it is canceled; beyond its end it is not. */
  readonly canceledAfter: number;
}

const callers = fc.array(
  fc.record<Caller>({
    startsAt: fc.nat({ max: 60 }),
    input: fc.nat({ max: 2 }),
    canceledAfter: fc.oneof(fc.constant(100_000), fc.nat({ max: 120 })),
  }),
  { minLength: 1, maxLength: 6 },
);

const kinds = ['memoize', 'batch', 'debounce', 'throttle'] as const;

test.each(kinds)('%s', async (kind) => {
  await fc.assert(
    fc.asyncProperty(
      callers,
      fc.nat({ max: 50 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      async (all, takesMs, maxConcurrency, obedient) => {
        const { engine, clock } = simulatedEngine({ maxConcurrency, gracePeriod: 10 });
        let open = 0;
        const body = async (): Promise<void> => {
          open += 1;
          // Deaf ones are left behind after the grace period: they count as open until then.
          const { signal } = context();
          await clock.sleep(takesMs, obedient ? signal : undefined).finally(() => {
            open -= 1;
          });
        };
        const one = flow('one', async (x: number) => {
          await body();
          return x;
        });
        const many = flow('many', async (xs: number[]) => {
          await body();
          return xs;
        });
        const shared = (
          kind === 'memoize'
            ? memoize(one)
            : kind === 'batch'
              ? batch(many, { size: 3, delay: 20 })
              : kind === 'debounce'
                ? debounce(one, 15)
                : throttle(one, 40)
        ) as AnyFlow;

        const outcomes = await clock.finish(
          Promise.all(
            all.map(async ({ startsAt, input, canceledAfter }) => {
              await clock.sleep(startsAt);
              const run = engine.start(shared, input);
              clock.setTimer(() => run.cancel('enough'), canceledAfter);
              return run.outcome;
            }),
          ),
        );
        for (const [i, outcome] of outcomes.entries()) {
          const { canceledAfter, input } = all[i]!;
          if (canceledAfter === 100_000) expect(outcome.status, `caller ${i}`).toBe('succeeded');
          else expect(outcome.status).toMatch(/^(?:succeeded|canceled)$/);
          if (outcome.status === 'succeeded' && (kind === 'memoize' || kind === 'batch'))
            expect(outcome.value).toBe(input);
        }
        // Nothing goes on for nobody: no run, no place taken, no body beyond its grace.
        await clock.advance(11);
        expect(coreOf(engine).runs.isEmpty).toBe(true);
        expect(coreOf(engine).slots.inUse).toBe(0);
        if (obedient) expect(open).toBe(0);
      },
    ),
    { numRuns },
  );
});
