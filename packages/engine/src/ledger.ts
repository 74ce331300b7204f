import type { OutlineNode } from '@holon/flow';
import { Blame } from './blame.ts';
import { Branches } from './branches.ts';
import type { Discovery } from './discover.ts';
import type { NodeCounts } from './events/index.ts';

/** Where each stands among the four that are counted for a node. */
export const COUNTED = { opened: 0, succeeded: 1, failed: 2, canceled: 3 } as const;

type Counted = (typeof COUNTED)[keyof typeof COUNTED];

const NONE = new Map<string, number>();

/** What a run knows of its nodes beyond the open instances. A run of one task has none. */
export class Ledger {
  readonly branches = new Branches();
  #blame: Blame | undefined = undefined;
  #discovered: Map<string, Discovery> | undefined = undefined;
  #choices: Map<string, Map<string, number>> | undefined = undefined;
  /** At which mark the last decision was made, and those made there. */
  #mark: string | undefined = undefined;
  #made: Map<string, number> = NONE;
  /** Four for each node, at four times its ordinal: one list of numbers costs less than a record for each. */
  readonly #counts: number[] = [0, 0, 0, 0, 0, 0, 0, 0];

  get blame(): Blame {
    return (this.#blame ??= new Blame());
  }

  /** By static id. */
  get discovered(): Map<string, Discovery> {
    return (this.#discovered ??= new Map());
  }

  /** By static id of a mark: how often each decision was made. */
  get choices(): Map<string, Map<string, number>> {
    return (this.#choices ??= new Map());
  }

  /** One decision more at a mark. A loop decides at the same one each time. */
  chose(mark: string, text: string): void {
    if (mark !== this.#mark) {
      this.#mark = mark;
      this.#made = this.choices.get(mark) ?? new Map<string, number>();
      this.choices.set(mark, this.#made);
    }
    this.#made.set(text, (this.#made.get(text) ?? 0) + 1);
  }

  count(node: OutlineNode, what: Counted): void {
    countAt(this.#counts, node, what);
  }

  addCounts(sums: number[]): void {
    const counts = this.#counts;
    while (sums.length < counts.length) sums.push(0, 0, 0, 0);
    for (let i = 0; i < counts.length; i++) sums[i]! += counts[i]!;
  }

  countsIn(tree: OutlineNode): Map<string, NodeCounts> {
    return countsById(tree, this.#counts);
  }
}

/** @param counts four for each node, at four times its ordinal; grows as needed */
export function countAt(counts: number[], node: OutlineNode, what: Counted): void {
  const at = node.ordinal * 4 + what;
  while (counts.length <= at) counts.push(0, 0, 0, 0);
  counts[at]! += 1;
}

/** The same by static id, of those nodes that were opened. */
export function countsById(tree: OutlineNode, counts: readonly number[]): Map<string, NodeCounts> {
  const found = new Map<string, NodeCounts>();
  for (const [id, ordinal] of tree.ordinals) {
    const [opened = 0, succeeded = 0, failed = 0, canceled = 0] = counts.slice(ordinal * 4, ordinal * 4 + 4);
    if (opened > 0) found.set(id, { opened, succeeded, failed, canceled });
  }
  return found;
}
