import { DEFINITION } from '../brand.ts';
import { type Duration, parseDuration } from '../duration.ts';
import { isHolonError } from '../errors.ts';
import { type AnyFlow, combinator, slot } from '../flow.ts';
import { type RetryOptions, type RetryPolicy, decideRetry, resolveRetryOptions } from '../policies/retry.ts';
import { takeName } from './named.ts';
import type { Wrapped } from './wrapped.ts';

/**
 * A flow that is called again when it fails: after `delay` up to `retries` times, or as the options say. Always a promise.
 * Fails as the last call does; being canceled is never retried.
 *
 * It acts in direct calls, too; the option `retry` is the engine's. Each call is work of its own, with a path and an
 * idempotency key of its own: where a service has to tell repeats apart, use the option.
 *
 * @param retries calls after the first; 3, so up to 4 calls, when left out
 * @param delay between two calls; a second when left out
 *
 * @throws HolonError `invalid-option` naming the option and the value; when it runs, what the last call throws
 *
 * @example
 * let calls = 0;
 * const busyAtFirst = async (page: string) => {
 *   calls += 1;
 *   if (calls < 3) throw new Error('busy');
 *   return `${page} at call ${calls}`;
 * };
 * const patient = retry(busyAtFirst, { retries: 5, delay: '100ms', maxDelay: '10s', jitter: 1 });
 * await patient('a page'); // 'a page at call 3'
 */
export function retry<F, Args extends readonly unknown[], Out>(
  name: string,
  child: F & ((...args: Args) => Out),
  retries?: number,
  delay?: Duration,
): Wrapped<F, Args, Out>;
export function retry<F, Args extends readonly unknown[], Out>(
  name: string,
  child: F & ((...args: Args) => Out),
  options: RetryOptions,
): Wrapped<F, Args, Out>;
export function retry<F, Args extends readonly unknown[], Out>(
  child: F & ((...args: Args) => Out),
  retries?: number,
  delay?: Duration,
): Wrapped<F, Args, Out>;
export function retry<F, Args extends readonly unknown[], Out>(
  child: F & ((...args: Args) => Out),
  options: RetryOptions,
): Wrapped<F, Args, Out>;
export function retry(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('retry', given);
  const child = slot(rest[0], { many: true });
  const policy = policyOf(rest[1] as number | RetryOptions | undefined, rest[2], where);
  const { retries } = policy;
  const again = { id: 'again', shape: 'choice', label: 'failed?' } as const;
  return combinator({
    kind: 'retry',
    name,
    alwaysPromise: true,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [again],
      edges: [
        { from: 'in', to: child },
        { from: child, to: again },
        { from: again, to: child, label: `again, up to ${retries} ×`, when: true, back: true },
        { from: again, to: 'out', label: 'done', when: false },
      ],
    },
    run: async (input, port) => {
      for (let index = 0; ; index++) {
        let pause: { readonly delayMs: number; readonly reason: string } | undefined;
        try {
          const value = await port.call(child, input, index);
          if (!port.choose('again', false, index)) return value;
        } catch (error) {
          if (isHolonError(error, 'canceled')) throw error;
          const draw = policy.jitter > 0 ? port.random() : 0;
          const decision = decideRetry(policy, { attempt: index + 1, error, draw });
          if (!port.choose('again', decision.kind === 'retry', index)) throw error;
          if (decision.kind === 'retry') pause = decision;
        }
        if (pause !== undefined && pause.delayMs > 0) await port.sleep(pause.delayMs, pause.reason);
      }
    },
  });
}

const DEFAULT_RETRIES = 3;
const DEFAULT_DELAY_MS = 1_000;
/** How long an error that says when to come back may make it wait. */
const MAX_ASKED_MS = 30_000;

function policyOf(given: number | RetryOptions | undefined, delay: unknown, where: string): RetryPolicy {
  if (typeof given === 'object') return resolveRetryOptions(given, where);
  const delayMs = parseDuration(delay ?? DEFAULT_DELAY_MS, `${where}: delay`);
  const options: RetryOptions = {
    retries: given ?? DEFAULT_RETRIES,
    backoff: 'fixed',
    delay: delayMs,
    maxDelay: Math.max(delayMs, MAX_ASKED_MS),
  };
  return resolveRetryOptions(options, where);
}
