import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import {
  type BreakerState,
  type CallResult,
  NEW_BREAKER,
  decideBreaker,
  resolveBreakerOptions,
  settleBreaker,
} from './circuit-breaker.ts';

const policies = fc.record({
  failures: fc.integer({ min: 1, max: 4 }),
  probes: fc.integer({ min: 1, max: 3 }),
  successes: fc.integer({ min: 1, max: 4 }),
  recovery: fc.constantFrom(0, 50),
  failureRate: fc.option(
    fc.record({ threshold: fc.constantFrom(0.3, 1), window: fc.constantFrom(0, 40), minimum: fc.constantFrom(1, 5) }),
    { nil: undefined },
  ),
});

/** Time passes, then a call begins, or the oldest or newest of those under way ends. */
const steps = fc.array(
  fc.record({
    passMs: fc.nat({ max: 60 }),
    what: fc.constantFrom('begin' as const, 'begin' as const, 'oldest' as const, 'newest' as const),
    result: fc.constantFrom<CallResult>('success', 'failure', 'failure', 'canceled'),
  }),
  { maxLength: 60 },
);

test.prop([policies, steps])('keeps to its limits, whatever calls come to in whatever order', (options, story) => {
  const policy = resolveBreakerOptions(options, 'breaker');
  let state: BreakerState = NEW_BREAKER;
  let now = 0;
  const open: number[] = [];
  const inFlight = (): number => open.filter((generation) => generation === state.generation).length;
  const end = (generation: number, result: CallResult): void => {
    const before = state;
    state = settleBreaker(before, policy, result, generation, now);
    if (generation !== before.generation) expect(state).toBe(before);
    // A failure of a probe opens, and nothing else ever leads from half-open to open.
    if (before.kind === 'half-open' && generation === before.generation)
      expect(state.kind === 'open').toBe(result === 'failure');
  };

  for (const { passMs, what, result } of story) {
    now += passMs;
    const before = state;
    if (what === 'begin') {
      const decision = decideBreaker(state, policy, now);
      ({ state } = decision);
      if (decision.kind === 'call') open.push(state.generation);
      if (before.kind === 'closed') expect(decision.kind).toBe('call');
      if (before.kind === 'open') expect(decision.kind).toBe(now < before.untilMs ? 'refuse' : 'call');
    } else if (open.length > 0) {
      end(what === 'oldest' ? open.shift()! : open.pop()!, result);
    }
    expect(state.generation - before.generation).toBe(state.kind === before.kind ? 0 : 1);
    if (state.kind === 'closed') expect(state.failuresInRow).toBeLessThan(policy.failures);
    if (state.kind === 'half-open') {
      // Each probe in flight is one that began and has not ended: none is lost, none is kept.
      expect(state.inFlight).toBe(inFlight());
      expect(state.inFlight).toBeLessThanOrEqual(policy.probes);
      expect(state.successes).toBeLessThan(policy.successes);
    }
  }

  // When all that is under way has been canceled, the recovery time is over, and calls succeed, it closes.
  while (open.length > 0) end(open.pop()!, 'canceled');
  now += policy.recoveryMs;
  for (let i = 0; i < policy.successes; i++) {
    const decision = decideBreaker(state, policy, now);
    expect(decision.kind).toBe('call');
    ({ state } = decision);
    end(state.generation, 'success');
  }
  expect(state.kind).toBe('closed');
});
