/** One row of the table: the same work done by Holon, by hand and by other libraries. */
export interface Row {
  /** What `--only` names. */
  readonly name: string;
  readonly title: string;
  readonly unit: 'µs' | 'ms' | 'bytes';
  /** What one of the counted things is, such as `node`. */
  readonly per: string;
  /** Where the time of the main thread alone would say little. @default what the options say */
  readonly clock?: 'wall';
  readonly variants: Readonly<Record<string, Variant>>;
  readonly goals: readonly Goal[];
}

export interface Variant {
  /** Called in a process of its own. Imports of libraries stand inside, so that no other variant pays for them. */
  readonly open: () => Promise<Subject>;
  /** Said beside its name, such as a smaller count. */
  readonly note?: string;
  /** Another variant of the row: what this one adds to it is shown. */
  readonly over?: string;
  /** The `bench/` of another checkout, which has a variant of this label in the same row: that one is run. */
  readonly elsewhere?: { readonly bench: URL; readonly label: string };
}

/** What is measured, checked by `open` to do its work. */
export type Subject = Timed | Gauge;

export interface Timed {
  readonly kind: 'timed';
  /** How many nodes `once` goes through: the time is divided by it. */
  readonly count: number;
  readonly once: () => unknown;
  /** What `once` has to come to. */
  readonly expected: unknown;
}

export function timed(count: number, expected: unknown, once: () => unknown): Timed {
  return { kind: 'timed', count, expected, once };
}

/** Gives its own number. */
export interface Gauge {
  readonly kind: 'gauge';
  readonly measure: () => number | Promise<number>;
}

/** A bound on variant `of`, or on its ratio to, or difference from, another of the same row. */
export interface Goal {
  readonly of: string;
  readonly atMost: number;
  readonly times?: string;
  readonly over?: string;
}
