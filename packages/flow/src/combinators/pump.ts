import { Deferred, whenSettled } from '../deferred.ts';
import { type Port, isPromiseLike } from '../port.ts';
import type { Collector, Source } from './each.ts';

export interface PumpParts {
  readonly items: Source<unknown>;
  /** How many items are under way at once, or done and waiting for those before them. */
  readonly window: number;
  readonly collector: Collector<unknown, unknown>;
  readonly start: (item: unknown, index: number, scope: Port) => unknown;
  readonly isEnough: (result: unknown, index: number, scope: Port) => boolean;
}

/** An item that is under way, or done and waiting for those before it. */
interface UnderWay {
  done: boolean;
  result: unknown;
}

/**
 * Pulls items, has work done on them, and hands the results on in order: each as soon as there is room, or it is there.
 *
 * ```
 * source ── next() ──► [ window: oldest … newest ] ── oldest, once done ──► collector
 * ```
 *
 * Two loops, one at each end. They are async functions, so that the code of a source and of a collector runs as part of
 * the flow they belong to, and not of the item whose end made room.
 */
export class Pump {
  readonly #parts: PumpParts;
  readonly #iterator: Iterator<unknown> | AsyncIterator<unknown>;
  readonly #isAsync: boolean;
  /** Whether an answer of the source is outstanding. */
  #asking = false;
  /** Whether the source has no more items, or has failed: then it is not to be closed. */
  #exhausted = false;
  /** From `#oldest` on, in order. */
  #window: UnderWay[] = [];
  #oldest = 0;
  readonly #end = new Deferred();
  /** There is room for another item. */
  readonly #room = new Bell();
  /** An item is done, or there are no more. */
  readonly #news = new Bell();

  constructor(parts: PumpParts) {
    this.#parts = parts;
    const { items } = parts;
    this.#isAsync = Symbol.asyncIterator in items;
    this.#iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  async run(port: Port): Promise<unknown> {
    let result: unknown;
    try {
      result = await port.scope((scope) => {
        this.#pullAll(scope).catch(this.#fail);
        this.#collectAll(scope).then((collected) => this.#end.resolve(collected), this.#fail);
        return this.#end;
      });
    } catch (error) {
      // What went wrong first is told.
      await this.#close().catch(nothing);
      throw error;
    }
    await this.#close();
    return result;
  }

  readonly #fail = (error: unknown): void => this.#end.reject(error);

  get #size(): number {
    return this.#window.length - this.#oldest;
  }

  async #pullAll(scope: Port): Promise<void> {
    for (let index = 0; !this.#end.settled;) {
      if (this.#size >= this.#parts.window) {
        await this.#room.rung();
        continue;
      }
      const step = this.#isAsync ? await this.#ask(scope) : this.#askNow();
      if (step.done === true) {
        this.#exhausted = true;
        this.#news.ring();
        return;
      }
      this.#start(step.value, index++, scope);
    }
  }

  #askNow(): IteratorResult<unknown> {
    // A source that throws is at its end.
    this.#exhausted = true;
    const step = (this.#iterator as Iterator<unknown>).next();
    this.#exhausted = false;
    return step;
  }

  async #ask(scope: Port): Promise<IteratorResult<unknown>> {
    this.#asking = true;
    const answer = (async () => this.#iterator.next())();
    answer.then(
      () => {
        this.#asking = false;
      },
      () => {
        this.#exhausted = true;
      },
    );
    return scope.wait('waiting for the next item', ({ resolve, reject }) => {
      answer.then(resolve, reject);
      return nothing;
    });
  }

  #start(item: unknown, index: number, scope: Port): void {
    const place: UnderWay = { done: false, result: undefined };
    this.#window.push(place);
    const settle = (result: unknown): void => {
      place.done = true;
      place.result = result;
      this.#news.ring();
    };
    const result = this.#parts.start(item, index, scope);
    if (isPromiseLike(result)) whenSettled(result, settle, this.#fail);
    else settle(result);
  }

  async #collectAll(scope: Port): Promise<unknown> {
    const { collector, isEnough } = this.#parts;
    let collected = collector.start();
    for (let index = 0; ;) {
      const oldest = this.#window[this.#oldest];
      if (oldest?.done === true) {
        this.#letGo();
        const added = collector.add(collected, oldest.result, index);
        collected = isPromiseLike(added) ? await added : added;
        if (isEnough(oldest.result, index++, scope)) return collected;
      } else if (oldest === undefined && this.#exhausted) return collected;
      else await this.#news.rung();
    }
  }

  /** The oldest leaves the window. Those that have left are let go of together, so that each is moved once. */
  #letGo(): void {
    this.#oldest += 1;
    if (this.#oldest * 2 >= this.#window.length) {
      this.#window = this.#window.slice(this.#oldest);
      this.#oldest = 0;
    }
    this.#room.ring();
  }

  /** Tells the source that no more is wanted. One that has yet to answer hears of it, but is not waited for: it may never answer. */
  async #close(): Promise<void> {
    if (this.#exhausted) return;
    const closed = (async () => this.#iterator.return?.())();
    if (this.#asking) closed.catch(nothing);
    else await closed;
  }
}

/** What one loop waits for and another brings about. */
class Bell {
  #rung: (() => void) | undefined;

  rung(): Promise<void> {
    return new Promise((resolve) => {
      this.#rung = resolve;
    });
  }

  ring(): void {
    this.#rung?.();
    this.#rung = undefined;
  }
}

function nothing(): void {}
