import type { OutlineNode } from '@holon/flow';
import type { NodeCounts } from './events/index.ts';
import { countsById } from './ledger.ts';
import { MAX_NODES } from './monitor.ts';

/** How a run stands, and what its instances have come to. */
export interface TalliedRun {
  readonly status: string;
  readonly root: OutlineNode;
  addCounts(sums: number[]): void;
}

/** Flows whose sums are kept by position; with more, they are taken into the rows, so that flows made without end are let go. */
const MAX_FLOWS = 100;

/** What became of the runs of an engine that have ended, added up. What a run costs here is four additions for each of its nodes. */
export class Tally {
  readonly runs = { succeeded: 0, failed: 0, canceled: 0 };
  /** Four for each node of a flow, at four times its ordinal. */
  #sums = new Map<OutlineNode, number[]>();
  readonly #rows = new Rows();

  add(run: TalliedRun): void {
    this.runs[run.status as keyof Tally['runs']] += 1;
    let sums = this.#sums.get(run.root);
    if (sums === undefined) {
      if (this.#sums.size >= MAX_FLOWS) this.#flush();
      sums = [];
      this.#sums.set(run.root, sums);
    }
    run.addCounts(sums);
  }

  /** With what runs that have not ended have come to so far: rows of the first {@link MAX_NODES} nodes, and one of all others. */
  rows(open: Iterable<TalliedRun>): Rows {
    this.#flush();
    const rows = this.#rows.copy();
    for (const run of open) {
      const sums: number[] = [];
      run.addCounts(sums);
      rows.add(run.root, sums);
    }
    return rows;
  }

  #flush(): void {
    for (const [root, sums] of this.#sums) this.#rows.add(root, sums);
    this.#sums = new Map();
  }
}

/** Counts by static id. */
class Rows {
  readonly nodes: Map<string, NodeCounts>;
  /** Of nodes that found no room. */
  readonly others: NodeCounts;

  constructor(nodes = new Map<string, NodeCounts>(), others = { opened: 0, succeeded: 0, failed: 0, canceled: 0 }) {
    this.nodes = nodes;
    this.others = others;
  }

  add(root: OutlineNode, sums: readonly number[]): void {
    for (const [id, counts] of countsById(root, sums)) {
      const row = this.#row(id);
      row.opened += counts.opened;
      row.succeeded += counts.succeeded;
      row.failed += counts.failed;
      row.canceled += counts.canceled;
    }
  }

  #row(id: string): NodeCounts {
    let row = this.nodes.get(id);
    if (row === undefined) {
      if (this.nodes.size >= MAX_NODES) return this.others;
      row = { opened: 0, succeeded: 0, failed: 0, canceled: 0 };
      this.nodes.set(id, row);
    }
    return row;
  }

  copy(): Rows {
    return new Rows(new Map([...this.nodes].map(([id, counts]) => [id, { ...counts }])), { ...this.others });
  }
}
