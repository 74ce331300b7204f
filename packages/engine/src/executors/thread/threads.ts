import { HolonError, assertNever } from '@holon/flow';
import type { Timer, Timers } from '../../timers.ts';
import { decodeError, encodeError } from '../error-form.ts';
import type { Execution, Executor, Host, Invocation } from '../executor.ts';
import { crashed, failureOf, notLoaded, outOfMemory, warnOfLate } from './failures.ts';
import { type Fate, Job, type JobParts } from './job.ts';
import type { Answer, AnswerOutcome, Aside } from './messages.ts';
import { Pool, type Seat, ask, hearNow } from './pool.ts';

/** What workers are given where the flow does not say. */
const DEFAULT_MEMORY_BYTES = 1e9;
/** How long a body is given to stop by itself. With what ending a worker takes, all is over within 250 ms. */
const ASK_MS = 100;
/** A module that takes longer waits for something that does not come. */
const LOAD_MS = 30_000;
/** How often heaps are measured while bodies run. */
const MEASURE_MS = 50;

export interface ThreadsOptions {
  readonly timers: Timers;
  /** How many workers have a task at once. */
  readonly threads: number;
  /** No body is given longer to stop by itself. */
  readonly gracePeriodMs: number;
}

/**
 * Runs bodies in worker threads. Piscina gives tasks to workers; which of them wait is known here, so that one can be
 * taken back, and its time does not run.
 */
export class Threads implements Executor {
  readonly #timers: Timers;
  readonly #limit: number;
  readonly #askMs: number;
  /** By heap limit. */
  readonly #pools = new Map<number, Pool>();
  readonly #sent = new Map<number, Job>();
  /** First come, first served; never more than the engine runs bodies at once. */
  readonly #waiting: Job[] = [];
  #lastId = 0;
  #measuring: Timer | undefined;
  #closed = false;

  constructor({ timers, threads, gracePeriodMs }: ThreadsOptions) {
    this.#timers = timers;
    this.#limit = threads;
    this.#askMs = Math.min(ASK_MS, gracePeriodMs);
  }

  async check(wanted: readonly Pick<Invocation, 'address' | 'isolation'>[]): Promise<void> {
    const [first] = wanted;
    if (first === undefined) return;
    const task = { id: this.#nextId(), check: wanted.map(({ address }) => ({ address })) };
    await this.#submit({ task, pool: this.#poolOf(first), host: undefined, transfers: undefined }).result;
  }

  run(invocation: Invocation, host: Host, transfers?: readonly object[]): Execution {
    const { isolation: _, ...run } = invocation;
    const task = { id: this.#nextId(), run };
    return this.#submit({ task, pool: this.#poolOf(invocation), host, transfers });
  }

  /** Fits into a shared Int32Array, in which 0 is none. */
  #nextId(): number {
    this.#lastId = this.#lastId === 2 ** 31 - 1 ? 1 : this.#lastId + 1;
    return this.#lastId;
  }

  #poolOf({ isolation: { memoryBytes = DEFAULT_MEMORY_BYTES } }: Pick<Invocation, 'isolation'>): Pool {
    let pool = this.#pools.get(memoryBytes);
    if (pool === undefined) {
      const made: Pool = new Pool(memoryBytes, this.#limit, this.#hear, (error) => this.#broken(made, error));
      pool = made;
      this.#pools.set(memoryBytes, pool);
    }
    return pool;
  }

  #submit(parts: JobParts): Job {
    const job = new Job(parts, this.#abort);
    if (this.#closed) job.settle(closed());
    else if (this.#sent.size < this.#limit) this.#send(job);
    else this.#waiting.push(job);
    return job;
  }

  #send(job: Job): void {
    job.state = 'sent';
    this.#sent.set(job.id, job);
    this.#measuring ??= this.#timers.add(MEASURE_MS, this.#measure);
    job.pool.run(job.task, job.transfers, job.kill).then(
      (answer) => this.#answered(job, answer),
      (error: unknown) => this.#failed(job, error),
    );
  }

  #answered(job: Job, answer: unknown): void {
    if (job.state !== 'sent') return;
    if (typeof answer !== 'object' || answer === null) return this.#settle(job, { kind: 'value', value: answer });
    const { worker, aside, outcome } = answer as Answer;
    const seat = job.pool.seat(worker);
    if (seat !== undefined) hearNow(seat, this.#hear, () => job.heard < aside);
    this.#settle(job, fateIn(outcome, job));
  }

  /** Piscina could give it to no worker, or its worker has ended. */
  #failed(job: Job, thrown: unknown): void {
    if (job.state === 'sent') this.#settle(job, { kind: 'error', error: failureOf(job, thrown) });
  }

  #settle(job: Job, fate: Fate): void {
    if (job.loadTimer !== undefined) this.#timers.remove(job.loadTimer);
    if (job.askTimer !== undefined) this.#timers.remove(job.askTimer);
    this.#sent.delete(job.id);
    job.settle(fate);
    const next = this.#sent.size < this.#limit ? this.#waiting.shift() : undefined;
    if (next !== undefined) this.#send(next);
  }

  /** Ends its worker, and with that the job. */
  #end(job: Job, fate: Fate): void {
    if (job.state !== 'sent') return;
    job.state = 'ending';
    void job.pool.end(job.kill).then(() => this.#settle(job, fate));
  }

  readonly #abort = (job: Job, reason: HolonError): void => {
    const fate: Fate = { kind: 'error', error: reason };
    if (job.state === 'waiting') {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      job.settle(fate);
    }
    if (job.state !== 'sent' || job.askTimer !== undefined) return;
    const seat = job.pool.seatOf(job.id);
    if (seat === undefined || this.#askMs === 0) return this.#end(job, fate);
    job.askTimer = this.#timers.add(this.#askMs, () => this.#end(job, fate));
    ask(seat, ['abort', job.id, encodeError(reason)]);
  };

  readonly #hear = (message: Aside): void => {
    if (message[0] === 'late') return warnOfLate(decodeError(message[2]));
    const job = this.#sent.get(message[1]);
    if (job === undefined) return;
    job.heard += 1;
    switch (message[0]) {
      case 'loading':
        job.loading = true;
        job.loadTimer = this.#timers.add(LOAD_MS, () => this.#end(job, { kind: 'error', error: notLoaded(LOAD_MS) }));
        return;
      case 'began':
        job.loading = false;
        if (job.loadTimer !== undefined) this.#timers.remove(job.loadTimer);
        return job.host?.began();
      case 'logged':
        return job.host?.logged(message[2], message[3], message[4]);
      case 'progressed':
        return job.host?.progressed(message[2], message[3]);
      case 'emitted':
        return job.host?.emitted(message[2], message[3]);
      case 'result':
        job.value = message[2];
        return;
      case 'crashed':
        return this.#end(job, {
          kind: 'error',
          error: crashed(job, 'nobody caught an error', decodeError(message[2])),
        });
      case 'last':
        return this.#end(job, fateIn(message[2].outcome, job));
      default:
        return assertNever(message);
    }
  };

  /** A worker has failed that had no task: those that no worker has begun with may have waited for it. */
  #broken(pool: Pool, error: unknown): void {
    for (const job of [...this.#sent.values()]) {
      if (job.pool === pool && pool.seatOf(job.id) === undefined)
        this.#end(job, { kind: 'error', error: crashed(job, 'it could not start', error) });
    }
  }

  readonly #measure = (): void => {
    this.#measuring = this.#sent.size === 0 ? undefined : this.#timers.add(MEASURE_MS, this.#measure);
    for (const pool of this.#pools.values()) for (const seat of pool.seats) void this.#measureHeap(pool, seat);
  };

  async #measureHeap(pool: Pool, seat: Seat): Promise<void> {
    // One that stands still between two tasks answers as it takes the next.
    if (seat.measuring) return;
    seat.measuring = true;
    try {
      const { used_heap_size: usedBytes } = await seat.worker.getHeapStatistics();
      const job = this.#sent.get(Atomics.load(seat.current, 0));
      if (job !== undefined && usedBytes > pool.memoryBytes)
        this.#end(job, { kind: 'error', error: outOfMemory(pool.memoryBytes) });
    } catch {
      // It has ended.
    }
    seat.measuring = false;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.settle(closed());
    for (const job of [...this.#sent.values()]) this.#end(job, closed());
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
    if (this.#measuring !== undefined) this.#timers.remove(this.#measuring);
  }
}

function closed(): Fate {
  return { kind: 'error', error: new HolonError('canceled', 'canceled: the engine is closed') };
}

function fateIn(outcome: AnswerOutcome, job: Job): Fate {
  switch (outcome.kind) {
    case 'value':
      return outcome;
    case 'aside':
      return { kind: 'value', value: job.value };
    case 'error':
      return { kind: 'error', error: decodeError(outcome.error) };
    default:
      return assertNever(outcome);
  }
}
