import type { Samples } from './measure.ts';
import type { Goal, Row } from './row.ts';

/** What became of a goal. */
export interface Judged {
  readonly row: string;
  readonly goal: string;
  readonly came: string;
  readonly reached: boolean;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * A row as a Markdown table: the medians, the middle half of the samples, and how many times Holon's each is, or what it
 * adds to another variant.
 */
export function rowTable(row: Row, samples: Samples): string {
  const own = samples.get(Object.keys(row.variants)[0]!)!;
  const adds = Object.values(row.variants).some(({ over }) => over !== undefined);
  const lines = Object.entries(row.variants).map(([label, { note, over }]) => {
    const values = samples.get(label)!.toSorted((a, b) => a - b);
    const quarter = values.length >> 2;
    const middle = `${shown(values[quarter]!)} – ${shown(values[values.length - 1 - quarter]!)}`;
    const name = note === undefined ? label : `${label} (${note})`;
    const median = medianOf(values);
    const times = medianOf(own) === 0 ? '' : (median / medianOf(own)).toFixed(2);
    const added = over === undefined ? '' : shown(median - medianOf(samples.get(over)!));
    return [name, shown(median), middle, adds ? added : times];
  });
  return markdown([[row.title, `${row.unit} per ${row.per}`, 'middle half', adds ? 'adds' : '× Holon'], ...lines]);
}

export function judge(row: Row, samples: Samples): Judged[] {
  return row.goals.map((goal) => {
    const value = valueOf(goal, (label) => medianOf(samples.get(label)!));
    const unit = goal.times === undefined ? ` ${row.unit}` : ' ×';
    return {
      row: row.name,
      goal: `${goal.of} ≤ ${goal.atMost}${unit} ${goal.times ?? (goal.over === undefined ? '' : `more than ${goal.over}`)}`.trim(),
      came: `${shown(value)}${unit}`,
      reached: value <= goal.atMost,
    };
  });
}

function valueOf({ of, times, over }: Goal, median: (label: string) => number): number {
  if (times !== undefined) return median(of) / median(times);
  return over === undefined ? median(of) : median(of) - median(over);
}

export function goalTable(judged: readonly Judged[]): string {
  return markdown([
    ['row', 'target', 'came to', 'reached'],
    ...judged.map(({ row, goal, came, reached }) => [row, goal, came, reached ? 'yes' : '**no**']),
  ]);
}

function shown(value: number): string {
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? `-${'-'.repeat(width)}-` : `-${'-'.repeat(width)}:`)).join('|')}|`;
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join('\n');
}
