import { once } from 'node:events';
import { type MessagePort, type Worker, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Aside, Ask, Hello, Task } from './messages.ts';

/** A worker that has said hello. */
export interface Seat {
  readonly worker: Worker;
  /** What it is said to and what it says, beside piscina. */
  readonly port: MessagePort;
  readonly current: Int32Array;
  /** Whether its heap is being measured. */
  measuring: boolean;
}

/** What piscina takes for a signal; aborting it ends the worker that has the task, or forgets the task. */
export class Kill {
  aborted = false;
  #listener: (() => void) | undefined;

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = undefined;
  }

  abort(): void {
    this.aborted = true;
    this.#listener?.();
  }
}

/**
 * V8's own limit stands this far above the one that is watched. Where an allocation goes beyond V8's limit, V8 ends
 * the process, not the thread; and the largest array or Map that there can be takes about as much as this.
 */
const RESERVE_MB = 1_024;
const MB = 2 ** 20;
/** What is allocated between two collections has to be a small part of the limit, and is in the way of ending a leak. */
const YOUNG_MB = { least: 4, most: 32, part: 4 };

/** Workers of one heap limit, under piscina. They start when they are needed, and stay. */
export class Pool {
  readonly memoryBytes: number;
  readonly #piscina: Piscina;
  readonly #seats = new Map<number, Seat>();
  readonly #ending = new Set<Promise<unknown>>();

  /**
   * @param onAside hears what workers say aside
   * @param onBroken hears of a worker that has failed while it had no task
   */
  constructor(
    memoryBytes: number,
    threads: number,
    onAside: (message: Aside) => void,
    onBroken: (error: unknown) => void,
  ) {
    this.memoryBytes = memoryBytes;
    const memoryMb = Math.ceil(memoryBytes / MB);
    const { least, most, part } = YOUNG_MB;
    this.#piscina = new Piscina({
      filename: new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url).href,
      name: 'run',
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      resourceLimits: {
        maxOldGenerationSizeMb: memoryMb + RESERVE_MB,
        maxYoungGenerationSizeMb: Math.max(least, Math.min(most, Math.floor(memoryMb / part))),
      },
    });
    this.#piscina.on('message', (hello: Hello) => {
      if (hello.holon === 'hello') this.#seat(hello, onAside);
    });
    this.#piscina.on('error', onBroken);
  }

  #seat({ worker: id, port, current }: Hello, onAside: (message: Aside) => void): void {
    const worker = this.#piscina.threads.find((each) => each.threadId === id);
    if (worker === undefined) return port.close();
    const seat: Seat = { worker, port, current, measuring: false };
    this.#seats.set(id, seat);
    port.on('message', onAside);
    port.unref();
    worker.once('exit', () => {
      hearNow(seat, onAside, () => true);
      this.#seats.delete(id);
      port.close();
    });
  }

  run(task: Task, transfers: readonly object[] | undefined, kill: Kill): Promise<unknown> {
    return this.#piscina.run(task, { signal: kill as never, transferList: transfers as never });
  }

  /** The worker that has a task, once it has begun with it. */
  seatOf(task: number): Seat | undefined {
    for (const seat of this.#seats.values()) if (Atomics.load(seat.current, 0) === task) return seat;
    return undefined;
  }

  seat(worker: number): Seat | undefined {
    return this.#seats.get(worker);
  }

  get seats(): Iterable<Seat> {
    return this.#seats.values();
  }

  /** Ends the worker that has a task, or forgets the task. Settles once no code of it runs any more. */
  async end(kill: Kill): Promise<void> {
    const before = this.#piscina.threads;
    kill.abort();
    const left = new Set(this.#piscina.threads);
    const exits = Promise.all(before.filter((worker) => !left.has(worker)).map(exitOf));
    this.#ending.add(exits);
    await exits;
    this.#ending.delete(exits);
  }

  async close(): Promise<void> {
    await this.#piscina.destroy();
    await Promise.all(this.#ending);
  }
}

/** Worker ids are no longer there once it has ended. */
async function exitOf(worker: Worker): Promise<void> {
  if (worker.threadId !== -1) await once(worker, 'exit');
}

/** Hears what a worker has said aside and what has not yet arrived by itself, as long as `more` says. */
export function hearNow({ port }: Seat, onAside: (message: Aside) => void, more: () => boolean): void {
  while (more()) {
    const received = receiveMessageOnPort(port) as { readonly message: Aside } | undefined;
    if (received === undefined) return;
    onAside(received.message);
  }
}

export function ask({ port }: Seat, question: Ask): void {
  port.postMessage(question);
}
