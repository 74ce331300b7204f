import { describe, expect, test } from 'vitest';
import {
  type BreakerState,
  type CallResult,
  NEW_BREAKER,
  decideBreaker,
  resolveBreakerOptions,
  settleBreaker,
} from './circuit-breaker.ts';

const defaults = resolveBreakerOptions({}, 'breaker');

/** A call that begins and ends at `at`. */
function called(state: BreakerState, result: CallResult, at: number, policy = defaults): BreakerState {
  const decision = decideBreaker(state, policy, at);
  if (decision.kind === 'refuse') return decision.state;
  return settleBreaker(decision.state, policy, result, decision.state.generation, at);
}

function after(results: readonly CallResult[], policy = defaults): BreakerState {
  return results.reduce<BreakerState>((state, result, at) => called(state, result, at, policy), NEW_BREAKER);
}

const fails = (n: number): CallResult[] => Array<CallResult>(n).fill('failure');

describe('a circuit breaker', () => {
  test('opens at five failures in a row, for a minute', () => {
    expect(after([...fails(4), 'success', ...fails(4)]).kind).toBe('closed');
    expect(after([...fails(4), 'canceled', 'failure'])).toEqual({
      kind: 'open',
      generation: 2,
      sinceMs: 5,
      untilMs: 60_005,
      reason: '5 failures in a row',
    });
  });

  test('refuses while it is open, and says why and until when', () => {
    const open = after(fails(5));
    expect(decideBreaker(open, defaults, 60_003)).toEqual({
      kind: 'refuse',
      state: open,
      untilMs: 60_004,
      reason: '5 failures in a row',
    });
    // Set back, the clock keeps it open no longer.
    expect(decideBreaker(open, defaults, 3).kind).toBe('call');
  });

  test('lets three calls try it again after the recovery time, and closes when two succeed', () => {
    let state: BreakerState = after(fails(5));
    for (let i = 1; i <= 3; i++) {
      const decision = decideBreaker(state, defaults, 60_004);
      expect(decision).toEqual({
        kind: 'call',
        state: { kind: 'half-open', generation: 3, inFlight: i, successes: 0 },
      });
      ({ state } = decision);
    }
    expect(decideBreaker(state, defaults, 60_004)).toEqual({
      kind: 'refuse',
      state,
      untilMs: undefined,
      reason: '3 calls that try it again are under way',
    });
    state = settleBreaker(state, defaults, 'success', 3, 60_005);
    expect(state).toEqual({ kind: 'half-open', generation: 3, inFlight: 2, successes: 1 });
    state = settleBreaker(state, defaults, 'canceled', 3, 60_005);
    expect(state).toEqual({ kind: 'half-open', generation: 3, inFlight: 1, successes: 1 });
    expect(settleBreaker(state, defaults, 'success', 3, 60_006)).toEqual({ ...NEW_BREAKER, generation: 4 });
    expect(settleBreaker(state, defaults, 'failure', 3, 60_006)).toEqual({
      kind: 'open',
      generation: 4,
      sinceMs: 60_006,
      untilMs: 120_006,
      reason: 'a call that tried it again failed',
    });
  });

  test('ignores what calls of an earlier generation come to', () => {
    const open = after(fails(5));
    const halfOpen = decideBreaker(open, defaults, 60_004).state;
    for (const state of [open, halfOpen])
      for (const result of ['success', 'failure', 'canceled'] as const)
        expect(settleBreaker(state, defaults, result, 1, 60_005)).toBe(state);
  });

  test('opens at a share of failures within a window', () => {
    const policy = resolveBreakerOptions(
      { failures: Number.POSITIVE_INFINITY, failureRate: { threshold: 0.5, window: '10s', minimum: 4 } },
      'breaker',
    );
    const at = (times: readonly (readonly [number, CallResult])[]) =>
      times.reduce<BreakerState>((state, [time, result]) => called(state, result, time, policy), NEW_BREAKER);
    expect(
      at([
        [0, 'failure'],
        [100, 'failure'],
        [200, 'failure'],
      ]).kind,
    ).toBe('closed');
    expect(
      at([
        [0, 'failure'],
        [5_000, 'success'],
        [5_001, 'success'],
        [9_000, 'failure'],
      ]),
    ).toMatchObject({ kind: 'open', reason: '2 of 4 calls within 10 s failed' });
    // The first has left the window by then.
    expect(
      at([
        [0, 'failure'],
        [5_000, 'success'],
        [5_001, 'success'],
        [10_000, 'failure'],
        [10_001, 'success'],
      ]),
    ).toMatchObject({
      kind: 'closed',
      slices: [
        { startMs: 5_000, calls: 2, failures: 0 },
        { startMs: 10_000, calls: 2, failures: 1 },
      ],
    });
  });

  test.each<[object, string]>([
    [{ failures: 0 }, 'b: failures: 0 is not a whole number from 1'],
    [{ probes: 1.5 }, 'b: probes: 1.5 is not'],
    [{ successes: 0 }, 'b: successes: 0 is not'],
    [{ recovery: 'soon' }, 'b: recovery: "soon" is not a duration'],
    [{ isFailure: true }, 'b: isFailure: true is not a function'],
    [{ failureRate: { threshold: 50, window: 1 } }, 'b: failureRate.threshold: 50 is not a share above 0 to 1'],
    [{ failureRate: { threshold: 0.5, windows: 1 } }, '"windows" is not an option. Did you mean "window"?'],
  ])('%j is refused', (options, message) => {
    expect(() => resolveBreakerOptions(options, 'b')).toThrow(message);
  });
});
