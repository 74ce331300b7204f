import {
  type AnyFlow,
  ArgumentList,
  HolonError,
  type OutlineNode,
  checkKnown,
  definitionOf,
  isFlow,
  outlineOf,
  parseDuration,
  textOf,
  validate,
} from '@holon/flow';
import type { Answers } from './answers.ts';
import { type Clock, guardedClock, systemClock } from './clock.ts';
import type { EngineOptions, StartOptions } from './engine.ts';
import { Inbox } from './inbox.ts';
import { type Random, systemRandom } from './random.ts';
import { RunCore } from './run-core.ts';
import { Slots } from './scheduler.ts';
import { Timers } from './timers.ts';

const DEFAULT_CONCURRENCY = 64;
const DEFAULT_GRACE = '1s';

/** What all runs of an engine share. */
export class EngineCore {
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly slots: Slots;
  readonly inbox: Inbox;
  readonly answers: Answers | undefined;
  readonly gracePeriodMs: number;
  /** Runs that have not ended. */
  readonly runs = new Set<RunCore>();
  readonly #outlines = new WeakMap<AnyFlow, OutlineNode>();
  #closed = false;

  constructor(options: EngineOptions) {
    checkKnown(options, ['maxConcurrency', 'gracePeriod', 'answers', 'clock', 'random', 'pick'], 'createEngine');
    const { maxConcurrency = DEFAULT_CONCURRENCY } = options;
    if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1) {
      throw new HolonError(
        'invalid-option',
        `createEngine: maxConcurrency: ${textOf(maxConcurrency)} is not a whole number from 1.`,
      );
    }
    checkFunction(options.answers, 'createEngine: answers');
    checkFunction(options.pick, 'createEngine: pick');
    const onBroken = (error: unknown): void => this.#breakDown(error);
    this.clock = guardedClock(options.clock ?? systemClock, onBroken);
    this.random = options.random ?? systemRandom;
    this.timers = new Timers(this.clock, onBroken);
    this.slots = new Slots(maxConcurrency);
    this.inbox = new Inbox(options.pick, this.clock, onBroken);
    this.answers = options.answers;
    this.gracePeriodMs = parseDuration(options.gracePeriod ?? DEFAULT_GRACE, 'gracePeriod');
  }

  /** A run, checked and ready to begin. */
  prepare(flow: AnyFlow, input: unknown, options: StartOptions): RunCore {
    if (this.#closed) throw new HolonError('invalid-option', 'This engine is closed: create another one.');
    checkKnown(options, ['paused', 'signal', 'timeout', 'answers'], 'start');
    checkFunction(options.answers, 'start: answers');
    if (options.signal !== undefined && typeof options.signal?.addEventListener !== 'function') {
      throw new HolonError('invalid-option', `start: signal: ${textOf(options.signal)} is not an AbortSignal.`);
    }
    const run = new RunCore(this, {
      root: this.#outline(flow),
      input: entryInput(flow, input),
      timeoutMs: options.timeout === undefined ? undefined : parseDuration(options.timeout, 'timeout'),
      answers: options.answers,
      signal: options.signal,
    });
    if (options.paused === true) run.pause('started paused', 'start');
    this.runs.add(run);
    return run;
  }

  /** What all runs share has failed: none of them can be relied on. */
  #breakDown(thrown: unknown): void {
    for (const run of [...this.runs]) run.breakDown(thrown);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const ends = [...this.runs].map((run) => {
      run.cancel('the engine is closing');
      return run.outcome;
    });
    await Promise.all(ends);
  }

  #outline(flow: AnyFlow): OutlineNode {
    checkFlow(flow);
    let outline = this.#outlines.get(flow);
    if (outline === undefined) {
      outline = outlineOf(flow);
      this.#outlines.set(flow, outline);
    }
    return outline;
  }
}

/** @throws HolonError `invalid-flow` when `value` is none */
export function checkFlow(value: unknown): asserts value is AnyFlow {
  if (isFlow(value)) return;
  throw new HolonError('invalid-flow', `${textOf(value)} is not a flow: make one of a function with flow(fn).`);
}

function checkFunction(value: unknown, option: string): void {
  if (value !== undefined && typeof value !== 'function')
    throw new HolonError('invalid-option', `${option}: ${textOf(value)} is not a function.`);
}

/**
 * An input as it is given at an entry: with two parameters or more, an array is the list of arguments,
 * and a record is matched to `params`. Checked against the input schema, so that a caller's mistake is
 * thrown before anything runs.
 */
function entryInput(flow: AnyFlow, given: unknown): unknown {
  const { input: schema, name, functionName, kind } = definitionOf(flow)!;
  const label = name ?? functionName ?? kind;
  const input = matched(flow, given, label);
  if (schema !== undefined) validate(schema, input, 'input', label);
  return input;
}

function matched(flow: AnyFlow, input: unknown, label: string): unknown {
  const { arity, params } = definitionOf(flow)!;
  if (arity < 2) return input;
  if (Array.isArray(input)) {
    if (input.length > arity) {
      throw new HolonError(
        'invalid-input',
        `"${label}" takes ${arity} arguments; ${input.length} were given: ${textOf(input)}`,
      );
    }
    return new ArgumentList(input);
  }
  if (params !== undefined && typeof input === 'object' && input !== null) {
    const record = input as Readonly<Record<string, unknown>>;
    const missing = params.filter((param) => !Object.hasOwn(record, param));
    if (missing.length > 0)
      throw new HolonError('invalid-input', `"${label}" takes ${params.join(', ')}; ${missing.join(', ')} is missing.`);
    return new ArgumentList(params.map((param) => record[param]));
  }
  const list = `"${label}" takes ${arity} arguments: give them as a list, such as [${Array(arity).fill('…').join(', ')}].`;
  const optional =
    params === undefined ? ' An optional parameter (b?) counts as one: give it a default, or set params.' : '';
  throw new HolonError('invalid-input', `${list}${optional} Given: ${textOf(input)}`);
}
