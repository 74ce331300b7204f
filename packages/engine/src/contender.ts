import type { OutlineNode } from '@holon/flow';
import { Instance } from './instance.ts';
import { Scope } from './scope.ts';
import type { Below, Claim } from './scheduling/waiter.ts';

/** What the scheduler knows of an instance: its own file, so that the scheduler knows no instances. */
export class InstanceClaim implements Claim {
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  get path(): string {
    return this.#instance.path;
  }

  get id(): string {
    return this.#instance.node.id;
  }

  get runId(): string {
    return this.#instance.run.id;
  }

  get flow(): string {
    return this.#instance.run.root.id;
  }

  get priority(): number {
    return priorityAt(this.#instance.node) ?? this.#instance.run.priority;
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#instance.run.labels;
  }
}

const priorities = new WeakMap<OutlineNode, number | null>();

/** What the author said about it, or about the nearest that it stands in. Undefined where that is nothing. */
function priorityAt(node: OutlineNode): number | undefined {
  const unknown: OutlineNode[] = [];
  let priority: number | null | undefined;
  for (let at: OutlineNode | undefined = node; at !== undefined; at = at.parent) {
    priority = priorities.get(at);
    if (priority !== undefined) break;
    unknown.push(at);
    priority = at.definition.policies.scheduling?.priority;
    if (priority !== undefined) break;
  }
  for (const at of unknown) priorities.set(at, priority ?? null);
  return priority ?? undefined;
}

/** All that is open below an instance. One that has no attempt has nothing there. */
export function belowOf({ attempt }: Instance): Below {
  const instances: Instance[] = [];
  let waits = false;
  const scopes: Scope[] = [];
  const follow = (scope: Scope | undefined): void => {
    if (scope !== undefined) scopes.push(scope);
  };
  follow(attempt?.openScope);
  for (const scope of scopes) {
    for (const member of scope.members) {
      if (member instanceof Scope) follow(member);
      else if (member instanceof Instance) {
        instances.push(member);
        follow(member.attempt?.openScope);
      } else waits = true;
    }
  }
  return { instances, waits };
}
