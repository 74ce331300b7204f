import type { Attempt } from './attempt.ts';
import type { Instance } from './instance.ts';

/**
 * Numbers the concurrently running branches of a run, from 1. A child goes on with its caller's
 * branch unless a sibling has it; then it gets one of its own. A number that has become free is used
 * again, the latest first: so a lane of a fan-out keeps its number from item to item.
 */
export class Branches {
  #last = 1;
  readonly #free: number[] = [];

  open(caller: Attempt | undefined): number {
    if (caller === undefined) return 1;
    if (!caller.branchTaken) {
      caller.branchTaken = true;
      return caller.instance.branch;
    }
    return this.#free.pop() ?? ++this.#last;
  }

  close(instance: Instance): void {
    const { caller, branch } = instance;
    if (caller === undefined) return;
    if (branch === caller.instance.branch) caller.branchTaken = false;
    else this.#free.push(branch);
  }
}
