import { DEFINITION } from '../brand.ts';
import { checkKnown } from '../check-known.ts';
import { Deferred, whenSettled } from '../deferred.ts';
import { durationText } from '../duration.ts';
import { HolonError, isHolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, type InputTo, combinator, slot } from '../flow.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import {
  BREAKER_OPTIONS,
  type BreakerDecision,
  type BreakerPolicy,
  type BreakerState,
  type CallResult,
  type CircuitBreakerOptions,
  NEW_BREAKER,
  decideBreaker,
  resolveBreakerOptions,
  settleBreaker,
} from '../policies/circuit-breaker.ts';
import { type KeyOf, keyFor } from '../policies/scheduling.ts';
import { type Port, isPromiseLike } from '../port.ts';
import { Keyed } from './keyed.ts';
import { takeName } from './named.ts';
import type { AnyFunction } from './wrapped.ts';

/** A breaker has changed its kind. Plain data. */
export interface CircuitChange {
  /** The key it goes by; undefined for a breaker of its own. */
  readonly key: string | undefined;
  readonly from: BreakerState;
  readonly to: BreakerState;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What {@link circuitBreaker} takes beside its flow. */
export interface CircuitOptions<In = unknown> extends CircuitBreakerOptions, FlowOptions {
  /** Whoever names the same key shares a breaker; several arguments are given to a function as the list of them. @default one of its own, shared by copies */
  readonly key?: KeyOf<In> | undefined;
  /** Hears of each change. What it throws fails the call that brought it about. */
  readonly onChange?: ((change: CircuitChange) => void) | undefined;
}

/**
 * A flow that is no longer called once it fails again and again: then the circuit is open, and calls fail at once with
 * `circuit-open`. After a while a few are tried again, and when enough of them succeed it closes. Synchronous when
 * what it wraps is. Being canceled counts as nothing; calls from before a change are not counted after it.
 *
 * The breaker is shared with copies made by `with`, with all who name its `key`, and in an engine with all of its runs.
 *
 * @throws HolonError `circuit-open`, when it runs, saying when calls are tried again; `details.retryAfterMs` tells a
 *   retry around it
 *
 * @example
 * const charge = async (cents: number): Promise<string> => {
 *   throw new Error(`the bank does not take ${cents}`);
 * };
 * const safe = circuitBreaker(charge, { failures: 2, recovery: '30s', key: 'payments' });
 * await safe(100); // throws the bank does not take 100
 * await safe(200); // throws the bank does not take 200
 * await safe(300); // throws circuit-open
 */
export function circuitBreaker<F extends AnyFunction>(
  name: string,
  child: F,
  options?: CircuitOptions<InputTo<F, Parameters<F>>>,
): Flow<InputTo<F, Parameters<F>>, ReturnType<F>, Parameters<F>>;
export function circuitBreaker<F extends AnyFunction>(
  child: F,
  options?: CircuitOptions<InputTo<F, Parameters<F>>>,
): Flow<InputTo<F, Parameters<F>>, ReturnType<F>, Parameters<F>>;
export function circuitBreaker(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('circuitBreaker', given);
  const options = (rest[1] ?? {}) as CircuitOptions;
  checkKnown(options, ['key', 'onChange', ...BREAKER_OPTIONS, ...FLOW_OPTIONS], where);
  const { key, onChange, failures, failureRate, recovery, probes, successes, isFailure, ...flowOptions } = options;
  const policy = resolveBreakerOptions({ failures, failureRate, recovery, probes, successes, isFailure }, where);
  if (onChange !== undefined && typeof onChange !== 'function')
    throw new HolonError('invalid-option', `${where}: onChange: ${textOf(onChange)} is not a function.`);
  const child = slot(rest[0]);
  const circuit = { id: 'circuit', shape: 'choice', label: 'circuit?' } as const;
  const owner = {};
  return combinator({
    kind: 'circuit-breaker',
    name,
    options: flowOptions,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [circuit],
      edges: [
        { from: 'in', to: circuit },
        { from: circuit, to: child, label: 'closed', when: true },
        { from: circuit, to: 'out', label: 'open', when: false },
        { from: child, to: 'out' },
      ],
    },
    run: (input, port) => {
      const ownKey = key === undefined ? undefined : keyFor(key, input, `${where}: key`);
      const breaker =
        ownKey === undefined
          ? port.shared(owner, newBreaker)
          : port.shared('circuit-breaker', () => new Keyed(newBreaker)).of(ownKey, isIdle);
      const become = (state: BreakerState): void => {
        const before = breaker.state;
        breaker.state = state;
        if (before.kind !== state.kind) onChange?.({ key: ownKey, from: before, to: state, at: port.now() });
      };

      const decision = decideBreaker(breaker.state, policy, port.now());
      if (decision.kind === 'refuse') {
        if (!port.choose('circuit', false)) throw refusal(decision, ownKey ?? name, port);
        // Closed by force: a call in which the breaker has no part.
        return port.call(child, input);
      }
      const { generation } = decision.state;
      let begun = false;
      breaker.calls += 1;
      const settle = (result: CallResult): void => {
        breaker.calls -= 1;
        become(settleBreaker(breaker.state, policy, result, generation, port.now()));
      };
      return watched(
        () => {
          become(decision.state);
          if (!port.choose('circuit', true))
            throw new HolonError('circuit-open', 'The circuit was opened by force, for this call.');
          begun = true;
          return port.call(child, input);
        },
        () => settle('success'),
        (error) => settle(begun ? resultOf(error, policy) : 'canceled'),
      );
    },
  });
}

type Refusal = Extract<BreakerDecision, { kind: 'refuse' }>;

interface Breaker {
  state: BreakerState;
  /** Calls that have not ended. */
  calls: number;
}

function newBreaker(): Breaker {
  return { state: NEW_BREAKER, calls: 0 };
}

/** Whether a new one would do the same. */
function isIdle({ state, calls }: Breaker): boolean {
  return calls === 0 && state.kind === 'closed' && state.failuresInRow === 0 && state.slices.length === 0;
}

function resultOf(error: unknown, { isFailure }: BreakerPolicy): CallResult {
  if (isHolonError(error, 'canceled')) return 'canceled';
  try {
    return isFailure === undefined || isFailure(error) ? 'failure' : 'success';
  } catch {
    // What it would have said is not known.
    return 'failure';
  }
}

function refusal({ reason, untilMs }: Refusal, label: string | undefined, port: Port): HolonError {
  const what = label === undefined ? 'The circuit' : `The circuit ${textOf(label)}`;
  if (untilMs === undefined)
    return new HolonError(
      'circuit-open',
      `${what} is half open: ${reason}. It is tried again when one of them has ended.`,
    );
  const retryAfterMs = Math.ceil(untilMs - port.now());
  return new HolonError(
    'circuit-open',
    `${what} is open: ${reason}. It is tried again in ${durationText(retryAfterMs)}.`,
    { details: { retryAfterMs, retryAtMs: untilMs } },
  );
}

/** What `start` comes to, once one of the two has heard of it. What they throw takes its place. */
function watched(start: () => unknown, onValue: () => void, onError: (error: unknown) => void): unknown {
  let result: unknown;
  try {
    result = start();
  } catch (error) {
    onError(error);
    throw error;
  }
  if (!isPromiseLike(result)) {
    onValue();
    return result;
  }
  const heard = new Deferred();
  const hear = (tell: () => void, then: () => void): void => {
    try {
      tell();
    } catch (error) {
      return heard.reject(error);
    }
    then();
  };
  whenSettled(
    result,
    (value) => hear(onValue, () => heard.resolve(value)),
    (error) =>
      hear(
        () => onError(error),
        () => heard.reject(error),
      ),
  );
  return heard;
}
