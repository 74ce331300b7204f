import { DEFINITION } from '../brand.ts';
import { type Duration, durationText, parseDuration } from '../duration.ts';
import { isHolonError } from '../errors.ts';
import { type AnyFlow, combinator, slot } from '../flow.ts';
import type { Settle, Work } from '../work.ts';
import { takeName } from './named.ts';
import type { Wrapped } from './wrapped.ts';

/**
 * A flow that is called once there was no other call for `quiet`: with the last input, and every caller gets what that
 * comes to, a failure as well. Always a promise.
 *
 * A caller that is canceled counts as never having called. Copies made by `with` are debounced together; so are all runs
 * of an engine.
 *
 * @throws HolonError `invalid-option` for what is no duration; when it runs, what the call throws, to every caller
 *
 * @example
 * const search = debounce(async (text: string) => `found ${text}`, '300ms');
 * const answers = ['h', 'ho', 'hol'].map((typed) => search(typed));
 * await Promise.all(answers); // ['found hol', 'found hol', 'found hol']
 */
export function debounce<F, Args extends readonly unknown[], Out>(
  child: F & ((...args: Args) => Out),
  quiet: Duration,
): Wrapped<F, Args, Out>;
export function debounce<F, Args extends readonly unknown[], Out>(
  name: string,
  child: F & ((...args: Args) => Out),
  quiet: Duration,
): Wrapped<F, Args, Out>;
export function debounce(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('debounce', given);
  const child = slot(rest[0]);
  const quietMs = parseDuration(rest[1], `${where}: quiet`);
  const quietText = durationText(quietMs);
  const owner = {};
  return combinator({
    kind: 'debounce',
    name,
    alwaysPromise: true,
    arity: child.flow[DEFINITION].arity,
    picture: {
      slots: [child],
      marks: [],
      edges: [
        { from: 'in', to: child, label: `the last, after ${quietText} without another` },
        { from: child, to: 'out' },
      ],
    },
    run: async (input, port) => {
      const gathered = port.shared(owner, () => new Gathered());
      const caller = gathered.add(() => port.work(child, input));
      try {
        await port.sleep(quietMs, `waiting for ${quietText} without another call`);
      } catch (error) {
        gathered.leave(caller);
        throw error;
      }
      gathered.onQuiet(caller);
      return port.wait(
        'waiting for the call with the last input',
        (settle) => gathered.join(caller, settle),
        undefined,
        'shared-work',
      );
    },
  });
}

interface Caller {
  /** Starts the call with its input. */
  readonly start: () => Work;
  /** Whether its time without another has passed. */
  quiet: boolean;
  /** The call it shares, once that has begun. */
  work: Work | undefined;
  /** Joins it to that, when it waits already. */
  join: ((work: Work) => void) | undefined;
}

/** Those who have called since the last call was made, in order. */
class Gathered {
  readonly #callers = new Set<Caller>();

  add(start: () => Work): Caller {
    const caller: Caller = { start, quiet: false, work: undefined, join: undefined };
    this.#callers.add(caller);
    return caller;
  }

  leave(caller: Caller): void {
    if (this.#callers.delete(caller)) this.#callIfQuiet();
  }

  onQuiet(caller: Caller): void {
    caller.quiet = true;
    this.#callIfQuiet();
  }

  /** Gives what leaves, whether the call has begun by then or not. */
  join(caller: Caller, settle: Settle<unknown>): () => void {
    let leaveWork: (() => void) | undefined;
    caller.join = (work) => {
      leaveWork = work.join(settle);
    };
    if (caller.work?.left === false) caller.join(caller.work);
    else if (caller.work !== undefined) {
      // All who shared that call left before this one could join it.
      this.#callers.add(caller);
      this.#callIfQuiet();
    }
    return () => (leaveWork === undefined ? this.leave(caller) : leaveWork());
  }

  /** The last one calls for all, once its time has passed. */
  #callIfQuiet(): void {
    for (;;) {
      const callers = [...this.#callers];
      const last = callers.at(-1);
      if (last?.quiet !== true) return;
      this.#callers.clear();
      const work = startUnlessCanceled(last);
      if (work === undefined) {
        const newer = [...this.#callers];
        this.#callers.clear();
        for (const caller of [...callers.slice(0, -1), ...newer]) this.#callers.add(caller);
        continue;
      }
      for (const caller of callers) {
        caller.work = work;
        caller.join?.(work);
      }
      return;
    }
  }
}

/** Nothing where it has been canceled and not heard of it yet. */
function startUnlessCanceled(caller: Caller): Work | undefined {
  try {
    return caller.start();
  } catch (error) {
    if (isHolonError(error, 'canceled')) return undefined;
    throw error;
  }
}
