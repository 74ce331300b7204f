import { type AmbientCell, type Context, inertContext, replaceDirectCell } from './ambient.ts';
import { DEFINITION } from './brand.ts';
import type { Definition, Slot } from './definition.ts';
import { mapResult, promiseFor, whenSettled } from './deferred.ts';
import { DirectKeys } from './direct-keys.ts';
import { HolonError, textOf } from './errors.ts';
import type { AnyFlow } from './flow.ts';
import { checkMark, checkSlot } from './picture/check-picture.ts';
import { keyFor } from './policies/scheduling.ts';
import { type Choice, type Port, isPromiseLike } from './port.ts';
import { applySchema } from './schema.ts';
import { SharedState } from './shared-state.ts';
import { type Settle, WaitedWork, type Work } from './work.ts';

/** How long a canceled child that ignores its signal is waited for. An engine has an option for it, and a default of one second. */
const GRACE_MS = 1_000;

/**
 * How many calls are within each other, all on one JavaScript stack; and how many may be before a flow that gives a
 * promise anyway gets a stack of its own.
 */
let stacked = 0;
const MAX_STACKED = 200;

/**
 * Calls a flow as the function it is: no engine, no policies, no limit. In one frame where it can be: flows that are
 * synchronous, however deep in each other, have to share one stack.
 */
export function callDirectly(definition: Definition, input: unknown, port: DirectPort = unscoped): unknown {
  const { asynchronous } = definition;
  if (asynchronous && stacked >= MAX_STACKED) return callUnstacked(definition, input, port);
  const isPlain = definition.input === undefined && definition.output === undefined && !definition.holdsKey;
  const outer = replaceDirectCell(port);
  stacked += 1;
  let result: unknown;
  try {
    result = isPlain
      ? definition.run(input, definition.isTask ? port : port.of(definition))
      : runChecked(definition, input, port);
  } catch (error) {
    if (!asynchronous) throw error;
    return Promise.reject(error);
  } finally {
    stacked -= 1;
    replaceDirectCell(outer);
  }
  if (isPromiseLike(result)) return promiseFor(result);
  return asynchronous ? Promise.resolve(result) : result;
}

async function callUnstacked(definition: Definition, input: unknown, port: DirectPort): Promise<unknown> {
  const same = port.kept();
  await Promise.resolve();
  return callDirectly(definition, input, same);
}

function runChecked(definition: Definition, input: unknown, port: DirectPort): unknown {
  const { input: inputSchema, output: outputSchema } = definition;
  const checked = inputSchema === undefined ? input : applySchema(inputSchema, input, 'input', labelOf(definition));
  const result = runUnchecked(definition, checked, port);
  if (outputSchema === undefined) return result;
  return mapResult(result, (value) => applySchema(outputSchema, value, 'output', labelOf(definition)));
}

function runUnchecked(definition: Definition, input: unknown, port: DirectPort): unknown {
  return definition.holdsKey ? runHoldingKey(definition, input, port) : runProcedure(definition, input, port);
}

/** Not the key's own holders: what is called within one, as far as plain JavaScript can follow it, has it already. */
async function runHoldingKey(definition: Definition, input: unknown, port: DirectPort): Promise<unknown> {
  const { key: keyOf, limit } = definition.policies.scheduling!.concurrencyKey!;
  const key = keyFor(keyOf, input, labelOf(definition));
  if (port.holds(key)) return runProcedure(definition, input, port);
  const keys = port.shared(KEYS, () => new DirectKeys());
  if (!keys.take(key, limit)) await port.wait<void>('', ({ resolve }) => keys.join(key, limit, resolve));
  try {
    return await runProcedure(definition, input, port.holding(key));
  } finally {
    keys.give(key);
  }
}

const KEYS = {};

function runProcedure(definition: Definition, input: unknown, port: DirectPort): unknown {
  const outer = replaceDirectCell(port);
  try {
    return definition.run(input, definition.isTask ? port : port.of(definition));
  } finally {
    replaceDirectCell(outer);
  }
}

/** A body that runs apart from its engine, in another thread; flows that it calls are called directly, and canceled with it. */
export interface RemoteBody {
  readonly cell: AmbientCell;
  /** Runs the body alone: whoever asked for it has checked the input, and will check the result. */
  run(definition: Definition, input: unknown): unknown;
  cancel(reason: HolonError): void;
}

/** @internal @param base what {@link context} gives in it, but for the signal */
export function openRemoteBody(base: Omit<Context, 'signal'>): RemoteBody {
  const scope = new DirectScope(undefined);
  const port = new DirectPort(scope, undefined, undefined, base);
  return {
    cell: port,
    run: (definition, input) => runUnchecked(definition, input, port),
    cancel: (reason) => scope.cancel(reason),
  };
}

function labelOf({ name, functionName, kind }: Definition): string {
  return name ?? functionName ?? kind;
}

/** Children of one `port.scope`: canceled together, awaited together. */
class DirectScope {
  readonly #open = new Set<PromiseLike<unknown>>();
  readonly #inner = new Set<DirectScope>();
  /** Each ends a wait early. Not open children: a scope does not wait for them. */
  readonly #waits = new Set<(reason: HolonError) => void>();
  readonly #outer: DirectScope | undefined;
  #controller: AbortController | undefined;
  /** Why nothing more may start here: it was canceled, or it has ended. */
  #over: HolonError | undefined;
  #ended = false;

  constructor(outer: DirectScope | undefined) {
    this.#outer = outer;
    if (outer === undefined) return;
    this.#over = outer.#over;
    outer.#inner.add(this);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#over !== undefined) this.#controller.abort(this.#over);
    }
    return this.#controller.signal;
  }

  /** @throws HolonError `canceled` when nothing more may start here */
  checkOpen(): void {
    if (this.#over !== undefined) throw this.#over;
    if (this.#ended) throw new HolonError('canceled', 'canceled: called in a scope that has ended');
  }

  /** Remembers a child until it settles; what it comes to is its caller's to handle. */
  add(child: PromiseLike<unknown>): void {
    this.#open.add(child);
    const settled = () => void this.#open.delete(child);
    whenSettled(child, settled, settled);
  }

  /** Remembers a wait; gives what forgets it. */
  addWait(end: (reason: HolonError) => void): () => void {
    this.#waits.add(end);
    return () => void this.#waits.delete(end);
  }

  #endWaits(reason: HolonError): void {
    for (const end of this.#waits) end(reason);
    this.#waits.clear();
  }

  cancel(reason: HolonError): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    this.#controller?.abort(reason);
    this.#endWaits(reason);
    for (const inner of this.#inner) inner.cancel(reason);
  }

  /** Cancels what is open and gives a promise for its end, or nothing when nothing is open. */
  end(why: string): Promise<void> | undefined {
    if (this.#outer !== undefined) this.#outer.#inner.delete(this);
    this.#ended = true;
    if (this.#open.size === 0) {
      // No abort: what a child has given may live on its signal, as the body of a response does.
      if (this.#waits.size > 0) this.#endWaits(new HolonError('canceled', `canceled: ${why}`));
      return undefined;
    }
    this.cancel(new HolonError('canceled', `canceled: ${why}`));
    return this.#settled();
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GRACE_MS);
      let left = this.#open.size;
      const one = () => {
        left -= 1;
        if (left > 0) return;
        clearTimeout(timer);
        resolve();
      };
      for (const child of this.#open) whenSettled(child, one, one);
    });
  }
}

const NO_KEYS: readonly string[] = [];

/** The port of direct calls, and the ambient cell of the bodies it calls: one for each scope, and one outside any. */
class DirectPort implements Port, AmbientCell {
  readonly #scope: DirectScope | undefined;
  /** Whose procedure it is for. */
  readonly #composite: Definition | undefined;
  /** Which of many calls it serves: while a child is being called with an index, that. */
  #iteration: number | undefined;
  /** What a body learns of where it runs, but for its signal and iteration. */
  readonly #base: Omit<Context, 'signal'>;
  /** The concurrency keys that it is called within. */
  readonly #keys: readonly string[];

  constructor(
    scope?: DirectScope,
    composite?: Definition,
    iteration?: number,
    base: Omit<Context, 'signal'> = inertContext,
    keys: readonly string[] = NO_KEYS,
  ) {
    this.#scope = scope;
    this.#composite = composite;
    this.#iteration = iteration;
    this.#base = base;
    this.#keys = keys;
  }

  /** The port in the same scope for the procedure of a composite. */
  of(composite: Definition): DirectPort {
    return new DirectPort(this.#scope, composite, this.#iteration, this.#base, this.#keys);
  }

  /** The same, whatever it is called for next. */
  kept(): DirectPort {
    return new DirectPort(this.#scope, this.#composite, this.#iteration, this.#base, this.#keys);
  }

  holds(key: string): boolean {
    return this.#keys.includes(key);
  }

  /** The port in the same scope for what is called within a key. */
  holding(key: string): DirectPort {
    return new DirectPort(this.#scope, this.#composite, this.#iteration, this.#base, [...this.#keys, key]);
  }

  get context(): Context {
    const scope = this.#scope;
    const iteration = this.#iteration;
    if (scope === undefined && iteration === undefined) return inertContext;
    const { attempt, runId, path, idempotencyKey, log, progress, emit } = this.#base;
    const signal = scope?.signal ?? inertContext.signal;
    return {
      signal,
      attempt,
      iteration: iteration ?? this.#base.iteration,
      runId,
      path,
      idempotencyKey,
      log,
      progress,
      emit,
    };
  }

  /** A flow was called from a body that was called directly: a direct call too, in the same scope. */
  callFlow(flow: AnyFlow, input: unknown): unknown {
    return callDirectly(flow[DEFINITION], input, this);
  }

  call(slot: Slot, input: unknown, index?: number): unknown {
    const scope = this.#scope;
    scope?.checkOpen();
    this.#check(slot);
    const around = this.#iteration;
    let result: unknown;
    try {
      if (index !== undefined) this.#iteration = index;
      result = callDirectly(slot.flow[DEFINITION], input, this);
    } finally {
      this.#iteration = around;
    }
    if (scope !== undefined && isPromiseLike(result)) scope.add(result);
    return result;
  }

  #check(slot: Slot): void {
    const composite = this.#composite;
    if (composite !== undefined) checkSlot(composite.picture, slot, labelOf(composite));
  }

  scope(body: (port: Port) => unknown): unknown {
    const scope = new DirectScope(this.#scope);
    const succeed = (value: unknown) => after(scope.end('what it was for is done'), () => value);
    const fail = (error: unknown) =>
      after(scope.end('a sibling failed'), () => {
        throw error;
      });
    let result: unknown;
    try {
      result = body(new DirectPort(scope, this.#composite, this.#iteration, this.#base, this.#keys));
    } catch (error) {
      return fail(error);
    }
    return isPromiseLike(result) ? result.then(succeed, fail) : succeed(result);
  }

  sleep(ms: number): Promise<void> {
    return this.wait('', () => nothing, ms);
  }

  wait<T>(_reason: string, begin: (settle: Settle<T>) => () => void, atMostMs?: number): Promise<T> {
    const scope = this.#scope;
    const waiting = new Promise<T>((resolve, reject) => {
      scope?.checkOpen();
      let over = false;
      let stopped = false;
      let stop: (() => void) | undefined;
      const end = (tell: () => void): void => {
        over = true;
        forget?.();
        clearTimeout(timer);
        tell();
      };
      const endUnsettled = (tell: () => void): void => {
        if (over) return;
        over = stopped = true;
        stop?.();
        end(tell);
      };
      const forget = scope?.addWait((reason) => endUnsettled(() => reject(reason)));
      const timer =
        atMostMs === undefined ? undefined : setTimeout(() => endUnsettled(() => resolve(undefined as T)), atMostMs);
      try {
        stop = begin({
          resolve: (value) => void (over || end(() => resolve(value))),
          reject: (error) => void (over || end(() => reject(error))),
        });
      } catch (error) {
        if (!over) end(() => reject(error));
        return;
      }
      // Canceled by what `begin` itself brought about.
      if (stopped) stop();
    });
    // Canceled, it may have nobody who waits for it.
    waiting.catch(nothing);
    return waiting;
  }

  shared<T>(key: object | string, open: () => T): T {
    return sharedState.of(key, open);
  }

  work(slot: Slot, input: unknown): Work {
    this.#check(slot);
    const scope = new DirectScope(undefined);
    const work = new WaitedWork(() =>
      scope.cancel(new HolonError('canceled', 'canceled: nobody waits for it any more')),
    );
    try {
      const result = callDirectly(slot.flow[DEFINITION], input, new DirectPort(scope));
      if (!isPromiseLike(result)) {
        work.settle({ kind: 'value', value: result });
        return work;
      }
      whenSettled(
        result,
        (value) => work.settle({ kind: 'value', value }),
        (error) => work.settle({ kind: 'error', error }),
      );
      void Promise.resolve().then(() => work.leaveIfUnwaited());
    } catch (error) {
      work.settle({ kind: 'error', error });
    }
    return work;
  }

  signal(name: string): Promise<unknown> {
    return Promise.reject(
      new HolonError(
        'needs-engine',
        `Waiting for the signal ${textOf(name)} needs an engine: called directly, there is no run that it could be sent to. Start the flow by engine.start(flow, input) and send it by run.signal(${textOf(name)}, value).`,
      ),
    );
  }

  now(): number {
    return Date.now();
  }

  random(): number {
    return Math.random();
  }

  choose<T extends Choice>(mark: string, value: T): T {
    const composite = this.#composite;
    if (composite !== undefined) checkMark(composite.picture, mark, labelOf(composite));
    return value;
  }
}

const unscoped = new DirectPort();

/** What direct calls share. */
const sharedState = new SharedState();

function after(wait: Promise<void> | undefined, then: () => unknown): unknown {
  return wait === undefined ? then() : wait.then(then);
}

function nothing(): void {}
