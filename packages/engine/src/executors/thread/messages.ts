import type { MessagePort } from 'node:worker_threads';
import type { LogLevel } from '@holon/flow';
import type { ErrorForm } from '../error-form.ts';
import type { Invocation } from '../executor.ts';

/**
 * What the engine's thread and a worker say to each other.
 *
 * ```
 *                piscina's port: a Task, and what it came to
 *   threads.ts ────────────────────────────────────────────── serve.ts
 *                a port beside it: Ask there, Aside back
 * ```
 *
 * A task comes to the value itself where that is a primitive and nothing was said aside. Otherwise it comes to an
 * {@link Answer}, which says how many messages to hear first.
 */
export type Task =
  | { readonly id: number; readonly run: Omit<Invocation, 'isolation'> }
  | { readonly id: number; readonly check: readonly Pick<Invocation, 'address'>[] };

export interface Answer {
  /** The worker that gives it: see {@link Hello}. */
  readonly worker: number;
  /** How many messages it said aside before. */
  readonly aside: number;
  readonly outcome: AnswerOutcome;
}

export type AnswerOutcome =
  | { readonly kind: 'value'; readonly value: unknown }
  /** What was said aside as `result`. */
  | { readonly kind: 'aside' }
  | { readonly kind: 'error'; readonly error: ErrorForm };

/** What a worker says first, by its parent port. */
export interface Hello {
  readonly holon: 'hello';
  /** Its thread's id. */
  readonly worker: number;
  /** By which it speaks aside, and is asked. */
  readonly port: MessagePort;
  /** In shared memory: the id of the task that it has, from when it takes it to when it takes the next. */
  readonly current: Int32Array;
}

/** What a worker says aside, with the id of the task that it is about. */
export type Aside =
  /** It has to import the module first; `began` follows. */
  | readonly ['loading', number]
  | readonly ['began', number]
  | readonly ['logged', number, LogLevel, string, unknown]
  | readonly ['progressed', number, number, string | undefined]
  | readonly ['emitted', number, string, unknown]
  | readonly ['result', number, unknown]
  /** An error that nobody caught, of this task: there will be no answer. */
  | readonly ['crashed', number, ErrorForm]
  /** An error that nobody caught, of a task before this one. */
  | readonly ['late', number, ErrorForm]
  /** The answer, of a worker that has to go. */
  | readonly ['last', number, Answer];

/** The engine asks a worker to stop the body of a task. */
export type Ask = readonly ['abort', number, ErrorForm];
