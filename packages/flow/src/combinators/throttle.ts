import { DEFINITION } from '../brand.ts';
import { type Duration, durationText, parseDuration } from '../duration.ts';
import { type AnyFlow, combinator, slot } from '../flow.ts';
import type { Work } from '../work.ts';
import { joinWork } from './join-work.ts';
import { takeName } from './named.ts';
import type { Wrapped } from './wrapped.ts';

/** The last call, and when it began. */
interface Last {
  work: Work | undefined;
  since: number;
}

/**
 * A flow that is called at most once in `window`: who comes within it gets what that call came to, or comes to when
 * it is still under way, whatever the input. Always a promise. A failure is what it came to, too.
 *
 * Copies made by `with` share the window; so do all runs of an engine.
 *
 * @throws HolonError `invalid-option` for what is no duration; when it runs, what the call of its window throws
 *
 * @example
 * let checks = 0;
 * const health = throttle(async () => `check ${++checks}`, '10s');
 * await health(); // 'check 1'
 * await health(); // 'check 1'
 */
export function throttle<F, Args extends readonly unknown[], Out>(
  child: F & ((...args: Args) => Out),
  window: Duration,
): Wrapped<F, Args, Out>;
export function throttle<F, Args extends readonly unknown[], Out>(
  name: string,
  child: F & ((...args: Args) => Out),
  window: Duration,
): Wrapped<F, Args, Out>;
export function throttle(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('throttle', given);
  const child = slot(rest[0]);
  const windowMs = parseDuration(rest[1], `${where}: window`);
  const recent = { id: 'recent', shape: 'choice', label: `within ${durationText(windowMs)}?` } as const;
  const owner = {};
  return combinator({
    kind: 'throttle',
    name,
    alwaysPromise: true,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [recent],
      edges: [
        { from: 'in', to: recent },
        { from: recent, to: child, label: 'no', when: false },
        { from: recent, to: 'out', label: 'yes', when: true },
        { from: child, to: 'out' },
      ],
    },
    run: (input, port) => {
      const last = port.shared<Last>(owner, () => ({ work: undefined, since: 0 }));
      const now = port.now();
      const isRecent = now >= last.since && now - last.since < windowMs;
      // A call that all have left comes to nothing.
      const counts = isRecent && last.work?.left === false;
      if (!port.choose('recent', counts) || last.work === undefined) {
        last.work = port.work(child, input);
        last.since = now;
      }
      return joinWork(last.work, port, 'waiting for the call of this window');
    },
  });
}
