import {
  ArgumentList,
  HolonError,
  type IsolationPolicy,
  type LogLevel,
  type OutlineNode,
  transfersOf,
} from '@holon/flow';
import type { Attempt } from '../attempt.ts';
import type { EngineCore } from '../engine-core.ts';
import * as record from '../record.ts';
import type { ScopeMember } from '../scope.ts';
import { Addresses, type ExportedFlows, notIsolatable } from './addresses.ts';
import type { Execution, Executor, Host, Invocation } from './executor.ts';
import { openExecutor } from './open-executor.ts';

type Kind = IsolationPolicy['kind'];
type Wanted = Pick<Invocation, 'address' | 'isolation'>;

/** The isolated bodies of an engine: whether those of a run can be found where they run, and running them there. */
export class Isolation {
  readonly #engine: EngineCore;
  readonly #addresses: Addresses;
  readonly #opening = new Map<Kind, Promise<Executor>>();
  readonly #open = new Map<Kind, Executor>();
  /** Roots below which all that is isolated has been found. */
  readonly #found = new WeakSet<OutlineNode>();
  #closed = false;

  constructor(engine: EngineCore, flows: ExportedFlows) {
    this.#engine = engine;
    this.#addresses = new Addresses(flows);
  }

  hasFound(root: OutlineNode): boolean {
    return this.#found.has(root);
  }

  /** Looks for what is isolated in a root's picture, where it will run. @throws HolonError `not-isolatable`, `worker-import-failed` */
  async find(root: OutlineNode): Promise<void> {
    const byKind = Map.groupBy(this.#isolatedBelow(root), ({ isolation }) => isolation.kind);
    for (const [kind, wanted] of byKind) await (await this.#executor(kind)).check(wanted);
    this.#found.add(root);
  }

  #isolatedBelow(root: OutlineNode): Wanted[] {
    const wanted: Wanted[] = [];
    const problems = new Set<string>();
    const pending: OutlineNode[] = [root];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      const { isolates, policies } = node.definition;
      if (!isolates) continue;
      for (const child of node.children) pending.push(child);
      if (policies.isolation === null) continue;
      try {
        wanted.push({ address: this.#addresses.of(node), isolation: policies.isolation });
      } catch (error) {
        problems.add((error as Error).message);
      }
    }
    if (problems.size > 0) throw notIsolatable([...problems].join('\n'));
    return wanted;
  }

  async #executor(kind: Kind): Promise<Executor> {
    if (this.#closed) throw new HolonError('canceled', 'canceled: the engine is closed');
    const opening = this.#opening.get(kind) ?? openExecutor(kind, this.#engine);
    this.#opening.set(kind, opening);
    const executor = await opening;
    this.#open.set(kind, executor);
    return executor;
  }

  /** Runs the body of an attempt. It is canceled with the attempt, and open in it until it has ended. */
  run(attempt: Attempt, isolation: IsolationPolicy, input: unknown): Promise<unknown> {
    const invocation = this.#invocationOf(attempt, isolation, input);
    const host = new AttemptHost(attempt);
    const transfers = this.#transfersIn(attempt, input);
    const begin = (executor: Executor): Execution => executor.run(invocation, host, transfers);
    const executor = this.#open.get(isolation.kind);
    const execution = executor === undefined ? once(this.#executor(isolation.kind), begin) : begin(executor);
    const open: ScopeMember = { onCanceled: (reason) => execution.abort(reason) };
    const { scope } = attempt;
    const end = (): void => scope.delete(open);
    scope.add(open);
    // Heard before the attempt hears.
    execution.result.then(end, end);
    return execution.result;
  }

  #invocationOf({ instance, number }: Attempt, isolation: IsolationPolicy, input: unknown): Invocation {
    const { run, node, path, iteration } = instance;
    const spread = input instanceof ArgumentList;
    return {
      address: this.#addresses.of(node),
      isolation,
      input: spread ? input.values : input,
      spread,
      attempt: number,
      iteration,
      runId: run.id,
      path,
      idempotencyKey: `${run.id}:${path}`,
      budgetMs: node.definition.policies.timeoutMs,
    };
  }

  /** What the author said may be handed over; nothing, where another attempt could need it. */
  #transfersIn({ instance, number }: Attempt, input: unknown): readonly object[] | undefined {
    const transfers =
      input instanceof ArgumentList ? input.values.flatMap((value) => transfersOf(value) ?? []) : transfersOf(input);
    if (transfers === undefined || transfers.length === 0) return undefined;
    const retry = this.#engine.retryPolicy(instance, undefined);
    return retry !== undefined && number <= retry.retries ? undefined : transfers;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#opening.values()].map(async (opening) => (await opening).close()));
  }
}

/** The execution by an executor that is still being opened. */
function once(opening: Promise<Executor>, begin: (executor: Executor) => Execution): Execution {
  let abortedBy: HolonError | undefined;
  let execution: Execution | undefined;
  return {
    result: opening.then((executor) => {
      if (abortedBy !== undefined) throw abortedBy;
      execution = begin(executor);
      return execution.result;
    }),
    abort: (reason) => {
      abortedBy ??= reason;
      execution?.abort(reason);
    },
  };
}

/** What an isolated body tells goes into its run, as if it were told in this thread. */
class AttemptHost implements Host {
  readonly #attempt: Attempt;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  began(): void {
    this.#attempt.bodyBegan();
  }

  logged(level: LogLevel, message: string, data: unknown): void {
    this.#guard(() => record.logged(this.#attempt.instance, level, message, data));
  }

  progressed(fraction: number, message: string | undefined): void {
    this.#guard(() => record.progressed(this.#attempt, fraction, message));
  }

  emitted(type: string, data: unknown): void {
    this.#guard(() => record.emitted(this.#attempt, type, data));
  }

  #guard(tell: () => void): void {
    this.#attempt.instance.run.guard(tell);
  }
}
