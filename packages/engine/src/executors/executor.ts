import type { HolonError, IsolationPolicy, LogLevel } from '@holon/flow';
import type { Address } from './addresses.ts';

/** One body to run, as data that can go to another thread, process or machine. */
export interface Invocation {
  readonly address: Address;
  readonly isolation: IsolationPolicy;
  /** What the body gets: its one input, or the list of its arguments. Checked against its schema. */
  readonly input: unknown;
  /** Whether `input` is the list of several arguments. */
  readonly spread: boolean;
  /** Counted from 1. */
  readonly attempt: number;
  readonly iteration: number | undefined;
  readonly runId: string;
  /** Instance path. */
  readonly path: string;
  readonly idempotencyKey: string;
  /** How long the body may take, counted from when it begins; whoever invokes it watches over that. */
  readonly budgetMs: number | undefined;
}

/** What whoever invokes a body hears of it, in the order in which it happens, all of it before the result. */
export interface Host {
  /** The body begins: until then it waited for a place, or for its module. Told at least when there is a budget. */
  began(): void;
  logged(level: LogLevel, message: string, data: unknown): void;
  progressed(fraction: number, message: string | undefined): void;
  emitted(type: string, data: unknown): void;
}

/** A body that has been given to an executor. */
export interface Execution {
  /** What the body gives; rejects with what it throws, or with why it could not run to its end. */
  readonly result: Promise<unknown>;
  /** Asks the body to stop, through its signal. An executor that can makes it stop soon after. */
  abort(reason: HolonError): void;
}

/**
 * Runs bodies somewhere. All executors pass one suite of tests, `test/executor-suite.ts`. A body finds its own
 * context there; flows that it calls run there, too, as plain functions.
 */
export interface Executor {
  /** Rejects with what keeps the flows from being found there, all of it at once. @throws HolonError `not-isolatable`, `worker-import-failed` */
  check(wanted: readonly Pick<Invocation, 'address' | 'isolation'>[]): Promise<void>;
  /** @param transfers buffers in the input that may be handed over instead of copied */
  run(invocation: Invocation, host: Host, transfers?: readonly object[]): Execution;
  /** Ends what still runs, and lets go of all it holds. */
  close(): Promise<void>;
}
