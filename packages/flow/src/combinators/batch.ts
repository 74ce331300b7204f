import { type Duration, durationText, parseDuration } from '../duration.ts';
import { checkKnown } from '../check-known.ts';
import { HolonError, textOf } from '../errors.ts';
import { type AnyFlow, type Flow, combinator, slot } from '../flow.ts';
import { FLOW_OPTIONS, type FlowOptions } from '../options.ts';
import { parseLimit } from '../policies/scheduling.ts';
import type { Settle, Work } from '../work.ts';
import { oneInput } from './input.ts';
import { takeName } from './named.ts';

/** What {@link batch} takes beside its function. */
export interface BatchOptions extends FlowOptions {
  /** The most inputs in one call: as soon as there are as many, it is made. @default 10 */
  readonly size?: number | undefined;
  /** How long an input waits for others at most. @default '100ms' */
  readonly delay?: Duration | undefined;
}

const DEFAULT_SIZE = 10;
const DEFAULT_DELAY_MS = 100;

/**
 * A flow of one input that gathers calls into one call of `child`, which takes the list of them and gives a list of as
 * many results in the same order; each caller gets its own. Always a promise. When `child` fails, all its callers do.
 *
 * A caller that is canceled before the call is made is not in it. Copies made by `with` gather together; so do all runs
 * of an engine.
 *
 * @throws HolonError `invalid-output`, when it runs, for an answer that is no list of as many
 *
 * @example
 * const fetchUsers = async (ids: number[]) => ids.map((id) => `user ${id} of ${ids.length}`);
 * const fetchUser = batch(fetchUsers, { size: 50, delay: '20ms' });
 * await Promise.all([fetchUser(1), fetchUser(2)]); // ['user 1 of 2', 'user 2 of 2']
 */
export function batch<In, Out>(
  name: string,
  child: (inputs: In[]) => readonly Out[] | Promise<readonly Out[]>,
  options?: BatchOptions,
): Flow<In, Promise<Out>>;
export function batch<In, Out>(
  child: (inputs: In[]) => readonly Out[] | Promise<readonly Out[]>,
  options?: BatchOptions,
): Flow<In, Promise<Out>>;
export function batch(...given: unknown[]): AnyFlow {
  const { name, rest, where } = takeName('batch', given);
  const options = (rest[1] ?? {}) as BatchOptions;
  checkKnown(options, ['size', 'delay', ...FLOW_OPTIONS], where);
  const { size: askedSize, delay, ...flowOptions } = options;
  const size = parseLimit(askedSize ?? DEFAULT_SIZE, `${where}: size`);
  const delayMs = parseDuration(delay ?? DEFAULT_DELAY_MS, `${where}: delay`);
  const child = slot(rest[0]);
  const owner = {};
  return combinator({
    kind: 'batch',
    name,
    alwaysPromise: true,
    options: flowOptions,
    picture: {
      slots: [child],
      marks: [],
      edges: [
        { from: 'in', to: child, label: `up to ${size}, after ${durationText(delayMs)}` },
        { from: child, to: 'out', label: 'its own' },
      ],
    },
    run: async (given, port) => {
      const gathered = port.shared(owner, () => new Set<Caller>());
      const caller: Caller = { input: oneInput(given), place: undefined, hurry: undefined };
      for (;;) {
        gathered.add(caller);
        if (gathered.size < size) {
          await port.wait<void>(
            `waiting for others, for a batch of up to ${size}`,
            (settle) => {
              caller.hurry = settle.resolve;
              return () => gathered.delete(caller);
            },
            delayMs,
            'shared-work',
          );
        }
        if (caller.place === undefined) {
          // It is the one that makes the batch full; or its time is up, and it came before all who wait still.
          const callers = gathered.has(caller) ? [...gathered] : [caller, ...gathered];
          const work = port.work(
            child,
            callers.map(({ input }) => input),
          );
          for (const one of callers) gathered.delete(one);
          send(callers, work, where);
        }
        const { place } = caller as Caller & { place: Place };
        if (!place.call.work.left)
          return port.wait('waiting for its batch', (settle) => joinAt(place, settle), undefined, 'shared-work');
        caller.place = undefined;
      }
    },
  });
}

interface Caller {
  readonly input: unknown;
  /** Once it is sent. */
  place: Place | undefined;
  /** Ends its waiting for others. */
  hurry: (() => void) | undefined;
}

interface Place {
  readonly call: BatchCall;
  readonly index: number;
}

interface BatchCall {
  readonly work: Work;
  readonly count: number;
  readonly where: string;
  /** The same error for all. */
  failure: HolonError | undefined;
}

function send(callers: readonly Caller[], work: Work, where: string): void {
  const call: BatchCall = { work, count: callers.length, where, failure: undefined };
  for (const [index, caller] of callers.entries()) {
    caller.place = { call, index };
    caller.hurry?.();
  }
}

/** Waits for the whole answer and hands on the one's own part of it. */
function joinAt({ call, index }: Place, { resolve, reject }: Settle<unknown>): () => void {
  return call.work.join({
    resolve: (answer) => {
      if (Array.isArray(answer) && answer.length === call.count) return resolve(answer[index]);
      call.failure ??= wrongAnswer(answer, call);
      reject(call.failure);
    },
    reject,
  });
}

function wrongAnswer(answer: unknown, { count, where }: BatchCall): HolonError {
  const what = Array.isArray(answer) ? `${answer.length} results` : `no list but ${textOf(answer)}`;
  return new HolonError(
    'invalid-output',
    `${where}: its function was given ${count} inputs and gave ${what}; it has to give a list of ${count}, one for each input and in their order.`,
  );
}
