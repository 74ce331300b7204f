import { AsyncLocalStorage } from 'node:async_hooks';
import { type AmbientCell, ArgumentList, type Definition, HolonError, ambientSlot, openRemoteBody } from '@holon/flow';
import { outside } from '../ambient.ts';
import { type Address, notIsolatable } from './addresses.ts';
import type { Execution, Executor, Host, Invocation } from './executor.ts';
import { type ImportModule, findFlow } from './find-flow.ts';
import { RemoteContext } from './remote-context.ts';

/** Follows bodies across their awaits, beneath whatever an engine in this thread knows. */
const bodies = new AsyncLocalStorage<AmbientCell>();
ambientSlot().beneath = () => bodies.getStore();

/** Whose code runs just now, where it is that of a body. */
export function runningBody(): AmbientCell | undefined {
  return bodies.getStore();
}

const imported: ImportModule = async (url) => (await import(url)) as Readonly<Record<string, unknown>>;

function closed(): HolonError {
  return new HolonError('canceled', 'canceled: the engine is closed');
}

/** A body in this thread. */
export interface InThreadExecution extends Execution {
  /** What {@link runningBody} gives in it. */
  readonly cell: AmbientCell;
}

/** Runs bodies in the thread it is in, which can only ask them to stop. What workers run them with. */
export class InThread implements Executor {
  readonly #importModule: ImportModule;
  readonly #found = new Map<Address, Definition>();
  readonly #open = new Set<Execution>();
  #closed = false;

  constructor(importModule: ImportModule = imported) {
    this.#importModule = importModule;
  }

  async check(wanted: readonly Pick<Invocation, 'address'>[]): Promise<void> {
    const problems = new Map<string, unknown>();
    for (const { address } of wanted) {
      try {
        await this.#find(address);
      } catch (error) {
        problems.set((error as Error).message, error);
      }
    }
    if (problems.size === 0) return;
    if (problems.size === 1) throw problems.values().next().value;
    const list = [...problems.keys()].map((message) => `\n- ${message}`);
    throw notIsolatable(`${problems.size} flows can't run isolated:${list.join('')}`);
  }

  /** Whether a flow has been found before, so that running it loads nothing. */
  knows(address: Address): boolean {
    return this.#found.has(address);
  }

  async #find(address: Address): Promise<Definition> {
    const found = this.#found.get(address) ?? (await findFlow(address, this.#importModule));
    this.#found.set(address, found);
    return found;
  }

  run(invocation: Omit<Invocation, 'isolation'>, host: Host): InThreadExecution {
    const body = openRemoteBody(new RemoteContext(invocation, host));
    let aborted: HolonError | undefined;
    const perform = async (): Promise<unknown> => {
      if (this.#closed) throw closed();
      const definition = this.#found.get(invocation.address) ?? (await this.#find(invocation.address));
      if (aborted !== undefined) throw aborted;
      host.began();
      const { input, spread } = invocation;
      const given = spread ? new ArgumentList(input as readonly unknown[]) : input;
      return bodies.run(body.cell, () => body.run(definition, given));
    };
    const execution = {
      cell: body.cell,
      result: outside(perform),
      abort: (reason: HolonError) => {
        aborted ??= reason;
        body.cancel(reason);
      },
    };
    this.#open.add(execution);
    const end = (): void => void this.#open.delete(execution);
    execution.result.then(end, end);
    return execution;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#open];
    for (const execution of open) execution.abort(closed());
    await Promise.allSettled(open.map(({ result }) => result));
  }
}
