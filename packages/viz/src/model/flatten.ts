import { END_ID, type ModelEdge, START_ID } from './model.ts';

/** An edge between two things inside one container; the container's own id stands for its entry and exit. */
export type FlatEdge = Omit<ModelEdge, 'key'>;

/** A cluster: its children, some of them clusters themselves, and the edges directly inside it. */
export interface Container {
  readonly id: string;
  readonly children: readonly { readonly id: string; readonly observed: boolean }[];
  readonly edges: readonly FlatEdge[];
}

/** The entry or exit of a cluster, or (with no links kept) a node that is drawn. */
interface Point {
  readonly id: string;
  /** The cluster, for its entry or exit; undefined for a node. */
  readonly of: string | undefined;
  readonly into: Set<Link>;
  readonly outOf: Set<Link>;
}

interface Link {
  from: Point;
  to: Point;
  labels: readonly string[];
  when: string | undefined;
  back: boolean;
  observed: boolean;
}

/**
 * Edges between nodes only, out of edges that touch clusters.
 *
 *     a ─▶ [in ─▶ b ─▶ out] ─▶ c          a ─▶ b ─▶ c
 *
 * The entry and the exit of each cluster are points. A point with one link in or one link out is
 * spliced away, which never adds a link; one with several of both stays as a junction, and so does one
 * whose single link has a label, which is then said once. So the result is never larger than the
 * picture. Clusters are handled outermost first, so that a point many levels deep is moved once, not
 * once a level. No recursion.
 *
 * Where a picture leaves an end of a cluster open (plain code has no edges at all), the children that
 * nothing leads to are taken to be entered first, and those that lead to nothing to be last; such
 * edges are `observed`.
 *
 * @param containers every cluster, parents first
 */
export function flatten(
  root: string,
  containers: ReadonlyMap<string, Container>,
): { edges: FlatEdge[]; junctions: { id: string; parent: string }[] } {
  const points = new Points(containers);
  const links = linksOf(root, containers, points);
  splice(points.inside);
  const kept = points.inside.filter((point) => point.into.size > 0);
  return {
    edges: uniqueEdges(links),
    junctions: kept.map((point) => ({ id: point.id, parent: point.of! })),
  };
}

/** The points by what they belong to. */
class Points {
  /** Entries and exits of clusters, outermost first. */
  readonly inside: Point[] = [];
  readonly #entries = new Map<string, Point>();
  readonly #exits = new Map<string, Point>();

  constructor(containers: ReadonlyMap<string, Container>) {
    for (const id of containers.keys()) {
      // No mark's encoded id has a second ":".
      this.#entries.set(id, this.#add(`${id}/::in`, id));
      this.#exits.set(id, this.#add(`${id}/::out`, id));
    }
  }

  entryOf(id: string): Point {
    return this.#entries.get(id) ?? this.#node(id);
  }

  exitOf(id: string): Point {
    return this.#exits.get(id) ?? this.#node(id);
  }

  #add(id: string, of: string): Point {
    const point = { id, of, into: new Set<Link>(), outOf: new Set<Link>() };
    this.inside.push(point);
    return point;
  }

  #node(id: string): Point {
    const point = { id, of: undefined, into: new Set<Link>(), outOf: new Set<Link>() };
    this.#entries.set(id, point);
    this.#exits.set(id, point);
    return point;
  }
}

function linksOf(root: string, containers: ReadonlyMap<string, Container>, points: Points): Link[] {
  const links: Link[] = [];
  const add = (from: Point, to: Point, edge: Omit<FlatEdge, 'from' | 'to'>): void => {
    const { label, when, back, observed } = edge;
    const link: Link = { from, to, labels: label === undefined ? [] : [label], when, back, observed };
    from.outOf.add(link);
    to.into.add(link);
    links.push(link);
  };
  const plain = { label: undefined, when: undefined, back: false, observed: false };
  const supposed = { ...plain, observed: true };

  add(points.entryOf(START_ID), points.entryOf(root), plain);
  for (const { id, children, edges } of containers.values()) {
    const entry = points.entryOf(id);
    const exit = points.exitOf(id);
    for (const edge of edges) {
      add(edge.from === id ? entry : points.exitOf(edge.from), edge.to === id ? exit : points.entryOf(edge.to), edge);
    }
    const ahead = edges.filter((edge) => !edge.back);
    const led = new Set(ahead.map((edge) => edge.to));
    const leading = new Set(ahead.map((edge) => edge.from));
    const entered = leading.has(id) ? children.filter((child) => child.observed) : children;
    const left = led.has(id) ? children.filter((child) => child.observed) : children;
    const first = entered.filter((child) => !led.has(child.id));
    const last = left.filter((child) => !leading.has(child.id));
    // Children that only lead to each other in a ring have no first and no last.
    if (first.length === 0 && !leading.has(id)) first.push(children[0]!);
    if (last.length === 0 && !led.has(id)) last.push(children.at(-1)!);
    for (const child of first) add(entry, points.entryOf(child.id), supposed);
    for (const child of last) add(points.exitOf(child.id), exit, supposed);
  }
  add(points.exitOf(root), points.exitOf(END_ID), plain);
  return links;
}

/** Removes every point that it can; see {@link flatten}. */
function splice(inside: readonly Point[]): void {
  const pending = [...inside];
  for (let at = 0; at < pending.length; at++) {
    const point = pending[at]!;
    for (const link of point.into) if (link.from === point) unlink(link);
    const { into, outOf } = point;
    if (isJunction(point)) continue;
    if (into.size === 0 || outOf.size === 0) {
      // A dead end: what led here may become one.
      for (const link of [...into, ...outOf]) {
        unlink(link);
        for (const other of [link.from, link.to]) if (other !== point && other.of !== undefined) pending.push(other);
      }
    } else if (into.size === 1) {
      const [before] = into;
      unlink(before!);
      for (const link of outOf) extendBack(link, before!);
      if (before!.from.of !== undefined) pending.push(before!.from);
    } else {
      const [after] = outOf;
      unlink(after!);
      for (const link of into) extendAhead(link, after!);
      if (after!.to.of !== undefined) pending.push(after!.to);
    }
  }
}

/** Whether splicing the point would multiply links, or say one link's label many times. */
function isJunction({ into, outOf }: Point): boolean {
  const [before] = into;
  const [after] = outOf;
  if (into.size > 1 && outOf.size > 1) return true;
  if (into.size > 1 && outOf.size === 1) return after!.labels.length > 0;
  return outOf.size > 1 && into.size === 1 && before!.labels.length > 0;
}

function unlink(link: Link): void {
  link.from.outOf.delete(link);
  link.to.into.delete(link);
}

function extendBack(link: Link, before: Link): void {
  link.from.outOf.delete(link);
  link.from = before.from;
  link.from.outOf.add(link);
  join(link, before, link);
  link.when = before.when;
}

function extendAhead(link: Link, after: Link): void {
  link.to.into.delete(link);
  link.to = after.to;
  link.to.into.add(link);
  join(link, link, after);
}

function join(link: Link, first: Link, second: Link): void {
  link.labels = [...new Set([...first.labels, ...second.labels])];
  link.back = first.back || second.back;
  link.observed = first.observed || second.observed;
}

function uniqueEdges(links: readonly Link[]): FlatEdge[] {
  const edges = new Map<string, FlatEdge>();
  for (const link of links) {
    if (!link.from.outOf.has(link)) continue;
    const { labels, when, back, observed } = link;
    const edge = { from: link.from.id, to: link.to.id, label: labels.join(' · ') || undefined, when, back, observed };
    edges.set(JSON.stringify(Object.values(edge)), edge);
  }
  return [...edges.values()];
}
