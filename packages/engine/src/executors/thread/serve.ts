import { type MessagePort, MessageChannel, parentPort, threadId } from 'node:worker_threads';
import { type HolonError, type LogLevel, textOf, transfersOf } from '@holon/flow';
import { whileImporting } from '../../importing.ts';
import { decodeError, encodeError } from '../error-form.ts';
import type { Host } from '../executor.ts';
import { InThread, type InThreadExecution, runningBody } from '../in-thread.ts';
import { notCloneable } from '../uncloneable.ts';
import type { Answer, AnswerOutcome, Aside, Ask, Hello, Task } from './messages.ts';

/** The worker's end: see `messages.ts`. One task at a time. */

const bodies = new InThread((url) =>
  whileImporting(url, async () => (await import(url)) as Readonly<Record<string, unknown>>),
);

const { port1: port, port2 }: { port1: MessagePort; port2: MessagePort } = new MessageChannel();
/** The id of the task that is here, for the engine to see. */
const current = new Int32Array(new SharedArrayBuffer(4));
parentPort!.postMessage({ holon: 'hello', worker: threadId, port: port2, current } satisfies Hello, [port2]);

/** The task that is here, or was last. */
let here: TaskHere | undefined;
/** Whether an error came from a body that had ended before: then this worker has to go, once it has answered. */
let tainted = false;

port.on('message', ([, id, reason]: Ask) => {
  if (here?.id === id) here.execution?.abort(decodeError(reason) as HolonError);
});
port.unref();

process.on('uncaughtException', (error) => {
  const form = encodeError(error);
  if (here !== undefined && !here.answered && here.caused()) {
    here.answered = true;
    port.postMessage(['crashed', here.id, form] satisfies Aside);
    return;
  }
  tainted = true;
  port.postMessage(['late', here?.id ?? 0, form] satisfies Aside);
});

/** A task, and what its body tells: all of it aside, and counted. */
class TaskHere implements Host {
  readonly id: number;
  /** How many messages were said aside. */
  said = 0;
  execution: InThreadExecution | undefined;
  answered = false;
  #loading = false;
  /** Whether the engine waits to hear that the body begins. */
  readonly #announced: boolean;

  constructor(task: Task) {
    this.id = task.id;
    this.#announced = 'run' in task && task.run.budgetMs !== undefined;
  }

  /** Whether it is at fault for what nobody caught: its body, or the module that it loads. */
  caused(): boolean {
    const body = runningBody();
    return this.#loading || (body !== undefined && body === this.execution?.cell);
  }

  loading(): void {
    this.#loading = true;
    this.#say(['loading', this.id]);
  }

  began(): void {
    if (this.#loading || this.#announced) this.#say(['began', this.id]);
    this.#loading = false;
  }

  logged(level: LogLevel, message: string, data: unknown): void {
    this.#sayWith(data, (copied) => ['logged', this.id, level, message, copied]);
  }

  progressed(fraction: number, message: string | undefined): void {
    this.#say(['progressed', this.id, Number(fraction), message === undefined ? undefined : String(message)]);
  }

  emitted(type: string, data: unknown): void {
    this.#sayWith(data, (copied) => ['emitted', this.id, type, copied]);
  }

  /** What cannot be copied is told as its text: telling must not fail a body. */
  #sayWith(data: unknown, message: (data: unknown) => Aside): void {
    try {
      this.#say(message(data));
    } catch {
      this.#say(message(textOf(data)));
    }
  }

  /** A value that is no primitive: said aside, since only there it is known whether it can be copied. */
  result(value: unknown): AnswerOutcome {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol'))
      return { kind: 'value', value };
    try {
      this.#say(['result', this.id, value], transfersOf(value));
      return { kind: 'aside' };
    } catch (error) {
      return { kind: 'error', error: encodeError(notCloneable('The result', value, error)) };
    }
  }

  #say(message: Aside, transfers?: readonly object[]): void {
    port.postMessage(message, transfers as ArrayBuffer[] | undefined);
    this.said += 1;
  }
}

/** Answers a task. Piscina calls it, one task after the other. */
export async function serve(task: Task): Promise<unknown> {
  const mine = new TaskHere(task);
  here = mine;
  Atomics.store(current, 0, task.id);
  const outcome = await outcomeOf(task, mine);
  // Whoever is told that it crashed does not listen any more, and ends this worker.
  if (mine.answered) return NEVER;
  mine.answered = true;
  if (tainted) {
    port.postMessage(['last', task.id, { worker: threadId, aside: mine.said, outcome }] satisfies Aside);
    return NEVER;
  }
  if (outcome.kind === 'value' && mine.said === 0) return outcome.value;
  return { worker: threadId, aside: mine.said, outcome } satisfies Answer;
}

const NEVER = new Promise<never>(() => undefined);

async function outcomeOf(task: Task, mine: TaskHere): Promise<AnswerOutcome> {
  try {
    if ('check' in task) {
      mine.loading();
      await bodies.check(task.check);
      return { kind: 'value', value: undefined };
    }
    if (!bodies.knows(task.run.address)) mine.loading();
    mine.execution = bodies.run(task.run, mine);
    return mine.result(await mine.execution.result);
  } catch (error) {
    return { kind: 'error', error: encodeError(error) };
  }
}
