import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { type AmbientCell, type AnyFlow, type Context, ambientSlot, inertContext, isPromiseLike } from '@holon/flow';

/** Follows a body across its awaits: the attempt it belongs to. */
const cells = new AsyncLocalStorage<AmbientCell>();

/** Whose code runs just now, as far as it has not yet awaited. Known without looking it up, and to predicates of procedures too. */
let running: AmbientCell | undefined;

/** Another copy of the engine may be loaded and have filled the slot before. */
const slot = ambientSlot();
const before = slot.current;
slot.current = () => running ?? cells.getStore() ?? before?.();

/** The async context in which this module was loaded. Going back to it copies nothing, as leaving a storage does. */
const nowhere = new AsyncResource('Holon');

/** Runs `work` as part of no body: what outlives a call must not keep the caller's cell. */
export function outside<T>(work: () => T): T {
  const outer = running;
  running = undefined;
  try {
    return nowhere.runInAsyncScope(work);
  } finally {
    running = outer;
  }
}

/**
 * Says whose procedure is called back next, from wherever the engine is, and gives who it was before: to be put
 * back in a `finally`. Not a function around the call: that would cost every level of nesting a frame of the stack.
 */
export function swapRunning(cell: AmbientCell | undefined): AmbientCell | undefined {
  const outer = running;
  running = cell;
  return outer;
}

/** A body with its cell, to be called by {@link Surroundings.call}. */
export interface Body extends AmbientCell {
  body(): unknown;
}

/** Stands in for whichever synchronous body runs just now: they share one async context, since none of them awaits. */
class SharedCell implements AmbientCell {
  current: AmbientCell | undefined;

  get context(): Context {
    return this.current?.context ?? inertContext;
  }

  callFlow(flow: AnyFlow, input: unknown): unknown {
    return this.current === undefined ? outside(() => flow(input)) : this.current.callFlow(flow, input);
  }
}

/** An async context for bodies that give their value at once. */
interface Shared {
  readonly cell: SharedCell;
  readonly resource: AsyncResource;
}

/**
 * The async context that the bodies of one run start from: the one in which the run was started, so that an
 * author's own `AsyncLocalStorage` reaches into them.
 *
 * Entering a context of its own costs a body more than all the rest of the engine. An async body has to have one,
 * since it goes on after its caller has. Others share one as long as they give their value at once; the first
 * that gives a promise keeps it, and the next gets another. Going back to where the run began, and then entering
 * once, is a fraction of `AsyncLocalStorage.run`, which copies the context twice.
 */
export class Surroundings extends AsyncResource {
  /** One for each body that runs within another: none may take its caller's. */
  #shared: (Shared | undefined)[] | undefined = undefined;
  #depth = 0;

  constructor() {
    super('HolonRun');
  }

  /** Calls a body; all that it awaits is part of its cell, too. */
  call(body: Body, isAsync: boolean): unknown {
    const outer = running;
    running = body;
    try {
      return isAsync ? this.runInAsyncScope(enterOwn, undefined, body) : this.#callShared(body);
    } finally {
      running = outer;
    }
  }

  #callShared(body: Body): unknown {
    const depth = this.#depth++;
    const all = (this.#shared ??= []);
    const shared = (all[depth] ??= this.runInAsyncScope(openShared));
    shared.cell.current = body;
    let keeps = false;
    try {
      const result = shared.resource.runInAsyncScope(callBody, undefined, body);
      keeps = isPromiseLike(result);
      return result;
    } finally {
      if (keeps) all[depth] = undefined;
      else shared.cell.current = undefined;
      this.#depth = depth;
    }
  }
}

function enterOwn(body: Body): unknown {
  cells.enterWith(body);
  return body.body();
}

function callBody(body: Body): unknown {
  return body.body();
}

function openShared(): Shared {
  const cell = new SharedCell();
  cells.enterWith(cell);
  return { cell, resource: new AsyncResource('HolonBody') };
}
