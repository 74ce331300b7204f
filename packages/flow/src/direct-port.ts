import { type AmbientCell, type Context, inertContext, withDirectCell } from './ambient.ts';
import { DEFINITION } from './brand.ts';
import type { Definition, Slot } from './definition.ts';
import { HolonError } from './errors.ts';
import { type Choice, type Port, isPromiseLike } from './port.ts';
import { validate } from './schema.ts';

/** How long a canceled child that ignores its signal is waited for. The engine's default is the same. */
const GRACE_MS = 5_000;

/** Calls a flow as the function it is: no engine, no policies, no limit. */
export function callDirectly(definition: Definition, input: unknown, scope?: DirectScope): unknown {
  if (!definition.alwaysPromise) return runBody(definition, input, scope);
  try {
    const result = runBody(definition, input, scope);
    return isPromiseLike(result) ? result : Promise.resolve(result);
  } catch (error) {
    return Promise.reject(error);
  }
}

function runBody(definition: Definition, input: unknown, scope: DirectScope | undefined): unknown {
  const { input: inputSchema, output: outputSchema } = definition;
  const label = definition.name ?? definition.functionName ?? definition.kind;
  const checked = inputSchema === undefined ? input : validate(inputSchema, input, 'input', label);
  const result = withDirectCell(new DirectCell(scope), () => definition.run(checked, new DirectPort(scope)));
  if (outputSchema === undefined) return result;
  return isPromiseLike(result)
    ? result.then((value) => validate(outputSchema, value, 'output', label))
    : validate(outputSchema, result, 'output', label);
}

/** Flows called from inside a body that was called directly: direct calls too, in the same scope. */
class DirectCell implements AmbientCell {
  readonly #scope: DirectScope | undefined;

  constructor(scope: DirectScope | undefined) {
    this.#scope = scope;
  }

  get context(): Context {
    const scope = this.#scope;
    return scope === undefined ? inertContext : { ...inertContext, signal: scope.signal };
  }

  callFlow(flow: { readonly [DEFINITION]: Definition }, input: unknown): unknown {
    return callDirectly(flow[DEFINITION], input, this.#scope);
  }
}

/** Children of one `port.scope`: canceled together, awaited together. */
class DirectScope {
  readonly #open = new Set<PromiseLike<unknown>>();
  readonly #inner = new Set<DirectScope>();
  readonly #outer: DirectScope | undefined;
  #controller: AbortController | undefined;
  canceled: HolonError | undefined;

  constructor(outer: DirectScope | undefined) {
    this.#outer = outer;
    this.canceled = outer?.canceled;
    if (outer !== undefined) outer.#inner.add(this);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.canceled !== undefined) this.#controller.abort(this.canceled);
    }
    return this.#controller.signal;
  }

  /** Remembers a child until it settles; what it comes to is its caller's to handle. */
  add(child: PromiseLike<unknown>): void {
    this.#open.add(child);
    const settled = () => this.#open.delete(child);
    child.then(settled, settled);
  }

  cancel(reason: HolonError): void {
    if (this.canceled !== undefined) return;
    this.canceled = reason;
    this.#controller?.abort(reason);
    for (const inner of this.#inner) inner.cancel(reason);
  }

  /** Cancels what is open and gives a promise for its end, or nothing when nothing is open. */
  close(): Promise<void> | undefined {
    if (this.#outer !== undefined) this.#outer.#inner.delete(this);
    if (this.#open.size === 0) return undefined;
    this.cancel(new HolonError('canceled', 'canceled: its siblings are done with'));
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
      for (const child of this.#open) child.then(one, one);
    });
  }
}

class DirectPort implements Port {
  readonly #scope: DirectScope | undefined;

  constructor(scope: DirectScope | undefined) {
    this.#scope = scope;
  }

  call(slot: Slot, input: unknown): unknown {
    const scope = this.#scope;
    if (scope?.canceled !== undefined) throw scope.canceled;
    const result = callDirectly(slot.flow[DEFINITION], input, scope);
    if (scope !== undefined && isPromiseLike(result)) scope.add(result);
    return result;
  }

  scope(body: (port: Port) => unknown): unknown {
    const scope = new DirectScope(this.#scope);
    let result: unknown;
    try {
      result = body(new DirectPort(scope));
    } catch (error) {
      return after(scope.close(), () => {
        throw error;
      });
    }
    if (!isPromiseLike(result)) return after(scope.close(), () => result);
    return result.then(
      (value) => after(scope.close(), () => value),
      (error: unknown) =>
        after(scope.close(), () => {
          throw error;
        }),
    );
  }

  sleep(ms: number): Promise<void> {
    const signal = this.#scope?.signal;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  now(): number {
    return Date.now();
  }

  random(): number {
    return Math.random();
  }

  choose<T extends Choice>(_mark: string, value: T): T {
    return value;
  }
}

function after(wait: Promise<void> | undefined, then: () => unknown): unknown {
  return wait === undefined ? then() : wait.then(then);
}
