import {
  type Duration,
  HolonError,
  type RateLimit,
  checkKnown,
  parseDuration,
  resolveRateOptions,
  suggestion,
  textOf,
} from '@holon/flow';
import { type FairSettings, FairQueue } from './queues/fair.ts';
import { FifoQueue } from './queues/fifo.ts';
import { type PickNext, PickQueue } from './queues/pick.ts';
import { PriorityQueue } from './queues/priority.ts';
import type { MakeQueue } from './queues/queue.ts';
import { RoundRobinQueue } from './queues/round-robin.ts';
import type { Claim, Claimant } from './waiter.ts';

/** Who goes next, among those who wait. A name stands for the policy with its defaults. */
export type SchedulerOptions =
  | 'fifo'
  | 'priority'
  | 'fair'
  | 'round-robin'
  /** First come, first served. */
  | { readonly policy: 'fifo' }
  /** The most urgent first. Each `ageing` of waiting is worth one level, so that nobody waits forever. @default ageing '10s' */
  | { readonly policy: 'priority'; readonly ageing?: Duration | undefined }
  /**
   * Each run, or each value of a label, gets a share: of two that always have somebody waiting, one of twice the weight
   * begins twice as many. `weight` is asked when somebody of a share comes to wait.
   *
   * @default between runs, each of weight 1
   */
  | {
      readonly policy: 'fair';
      readonly label?: string | undefined;
      readonly weight?: ((claim: Claim) => number) | undefined;
    }
  /** One of each run in turn. */
  | { readonly policy: 'round-robin' }
  /**
   * First come, first served, but of each run, or each value of a label, at most `limit` begin in any stretch of time
   * as long as `interval`.
   *
   * @default per run
   */
  | {
      readonly policy: 'rate';
      readonly limit: number;
      readonly interval: Duration;
      readonly label?: string | undefined;
    }
  /** Whoever `pick` says. */
  | { readonly policy: 'pick'; readonly pick: PickNext };

/** Checked {@link SchedulerOptions}. */
export interface SchedulerSettings {
  readonly makeQueue: MakeQueue;
  /** What limits how often each run, or each value of a label, may begin. Null for none. */
  readonly rate: {
    readonly limit: RateLimit;
    readonly keyOf: (claim: Claim) => string;
    /** `label tenant`, for people. */
    readonly between: string;
  } | null;
}

const POLICIES: Readonly<Record<string, readonly string[]>> = {
  fifo: [],
  priority: ['ageing'],
  fair: ['label', 'weight'],
  'round-robin': [],
  rate: ['limit', 'interval', 'label'],
  pick: ['pick'],
};

const DEFAULT_AGEING = '10s';

/**
 * @param elapsed the clock's elapsed time, by which ageing goes
 * @throws HolonError `invalid-option` naming the option and the value
 */
export function resolveScheduler(given: SchedulerOptions, elapsed: () => number, where: string): SchedulerSettings {
  const options = typeof given === 'string' ? ({ policy: given } as Exclude<SchedulerOptions, string>) : given;
  const policy: unknown = (options as { readonly policy?: unknown } | null)?.policy;
  if (typeof policy !== 'string' || !Object.hasOwn(POLICIES, policy)) {
    throw new HolonError(
      'invalid-option',
      `${where}: ${textOf(policy ?? given)} is not a scheduling policy.${suggestion(String(policy), Object.keys(POLICIES))}`,
    );
  }
  checkKnown(options, ['policy', ...POLICIES[policy]!], `${where} "${policy}"`);
  switch (options.policy) {
    case 'fifo':
      return { makeQueue: fifo, rate: null };
    case 'priority': {
      const ageingMs = parseDuration(options.ageing ?? DEFAULT_AGEING, `${where}: ageing`);
      return { makeQueue: () => new PriorityQueue(ageingMs, elapsed), rate: null };
    }
    case 'fair': {
      const settings = fairSettings(options, where);
      return { makeQueue: () => new FairQueue(settings), rate: null };
    }
    case 'round-robin':
      return { makeQueue: () => new RoundRobinQueue(), rate: null };
    case 'rate': {
      const { limit, interval, label } = options;
      checkLabel(label, where);
      const rate = {
        limit: resolveRateOptions({ limit, interval }, where),
        keyOf: shareOf(label),
        between: betweenText(label),
      };
      return { makeQueue: fifo, rate };
    }
    case 'pick': {
      const { pick } = options;
      checkFunction(pick, `${where}: pick`);
      return { makeQueue: () => new PickQueue(pick), rate: null };
    }
  }
}

function fifo<W extends Claimant>(): FifoQueue<W> {
  return new FifoQueue();
}

function fairSettings(
  { label, weight }: { readonly label?: string | undefined; readonly weight?: ((claim: Claim) => number) | undefined },
  where: string,
): FairSettings {
  checkLabel(label, where);
  if (weight !== undefined) checkFunction(weight, `${where}: weight`);
  return {
    shareOf: shareOf(label),
    weightOf: weight === undefined ? () => 1 : (claim) => checkedWeight(weight, claim),
    between: betweenText(label),
  };
}

function betweenText(label: string | undefined): string {
  return label === undefined ? 'run' : `label ${label}`;
}

/** A weight that is none can't stop an engine: it counts as 1. */
function checkedWeight(weight: (claim: Claim) => number, claim: Claim): number {
  let given: unknown;
  try {
    given = weight(claim);
  } catch (error) {
    given = error;
  }
  if (typeof given === 'number' && given > 0 && given < Number.POSITIVE_INFINITY) return given;
  process.emitWarning(`scheduler: weight gave ${textOf(given)}, which is no number above 0: it counts as 1.`, {
    code: 'HOLON_WEIGHT',
  });
  return 1;
}

/** Runs started without the label share, too: they have an empty one in common. */
function shareOf(label: string | undefined): (claim: Claim) => string {
  return label === undefined
    ? ({ runId }) => runId
    : ({ labels }) => (Object.hasOwn(labels, label) ? labels[label]! : '');
}

function checkLabel(label: unknown, where: string): void {
  if (label !== undefined && typeof label !== 'string')
    throw new HolonError('invalid-option', `${where}: label: ${textOf(label)} is not the name of a label.`);
}

function checkFunction(value: unknown, option: string): void {
  if (typeof value !== 'function')
    throw new HolonError('invalid-option', `${option}: ${textOf(value)} is not a function.`);
}
