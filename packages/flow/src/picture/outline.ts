import { DEFINITION } from '../brand.ts';
import type { Definition, Slot } from '../definition.ts';
import type { AnyFlow } from '../flow.ts';
import type { Origin, SourcePosition } from '../origin.ts';
import { boundName } from './bound-name.ts';

/**
 * A flow's place in a tree of flows, with its static id. One flow may stand in many places. Children
 * are worked out when first asked for, so a tree that is never walked costs nothing.
 */
export class OutlineNode {
  readonly flow: AnyFlow;
  readonly definition: Definition;
  readonly parent: OutlineNode | undefined;
  readonly slot: Slot | undefined;
  /** Its own part of the id. */
  readonly segment: string;
  /** `checkout/refine/improve`. */
  readonly id: string;
  /** Whether it was found as plain code ran, not declared in a picture. */
  readonly observed: boolean;
  /** Counts the ids of its tree from 0, in the order in which they were worked out: an index for what is kept by node. */
  readonly ordinal: number;
  /** By id, for all of its tree. */
  readonly ordinals: Map<string, number>;
  #children: readonly OutlineNode[] | undefined;
  #bySlot: Map<Slot, OutlineNode> | undefined;
  /** Weak: a body may make flows without end. */
  #found: WeakMap<AnyFlow, OutlineNode> | undefined;
  /** By name: where the flows found under it were written. */
  #written: Map<string, readonly { readonly segment: string; readonly origin: Origin }[]> | undefined;
  #taken: Map<string, number> | undefined;
  #label: string | undefined;

  constructor(flow: AnyFlow, segment: string, parent?: OutlineNode, slot?: Slot, observed = false) {
    this.flow = flow;
    this.definition = flow[DEFINITION];
    this.parent = parent;
    this.slot = slot;
    this.segment = segment;
    this.id = parent === undefined ? segment : `${parent.id}/${segment}`;
    this.ordinals = parent?.ordinals ?? new Map();
    this.ordinal = ordinalOf(this.id, this.ordinals);
    this.observed = observed;
  }

  /** What people see: explicit name, else record key, else function name, else the `const` it is bound to, else kind. */
  get label(): string {
    if (this.#label === undefined) {
      const { name, functionName, kind } = this.definition;
      this.#label = name ?? this.slot?.key ?? functionName ?? this.#boundName() ?? kind;
    }
    return this.#label;
  }

  /** Not for a flow on its parent's line: `const x = pipe(pipe(…))` binds the outer one. */
  #boundName(): string | undefined {
    const here = this.definition.origin();
    const around = this.parent?.definition.origin();
    if (here !== undefined && here.line === around?.line && here.file === around.file) return undefined;
    return boundName(this.definition);
  }

  /** Declared children, in the order of the picture's slots. */
  get children(): readonly OutlineNode[] {
    return (this.#children ??= this.#build());
  }

  /** The declared child in this slot. */
  child(slot: Slot): OutlineNode | undefined {
    this.#bySlot ??= new Map(this.children.map((child) => [child.slot as Slot, child]));
    return this.#bySlot.get(slot);
  }

  /**
   * The place of a flow that plain code calls: one for each flow, told apart when two share a name. Flows
   * of one name made anew by the same piece of source, such as inside the body, share an id.
   */
  observe(flow: AnyFlow): OutlineNode {
    this.#found ??= new WeakMap();
    let place = this.#found.get(flow);
    if (place === undefined) {
      // Declared children first: their ids must not hang on what has run before.
      this.#children ??= this.#build();
      place = new OutlineNode(flow, this.#observedSegment(flow), this, undefined, true);
      this.#found.set(flow, place);
    }
    return place;
  }

  #observedSegment(flow: AnyFlow): string {
    const base = segmentOf(flow, undefined);
    const { origin } = flow[DEFINITION];
    this.#written ??= new Map();
    const known = this.#written.get(base) ?? [];
    let place = known.find((other) => isSamePosition(other.origin(), origin()));
    if (place === undefined) {
      place = { segment: this.#freeSegment(base), origin };
      this.#written.set(base, [...known, place]);
    }
    return place.segment;
  }

  #build(): readonly OutlineNode[] {
    const { slots } = this.definition.picture;
    return slots.map(
      (slot) => new OutlineNode(slot.flow, this.#freeSegment(segmentOf(slot.flow, slot.key)), this, slot),
    );
  }

  /** `base`, or `base~2` and so on for the same name again. */
  #freeSegment(base: string): string {
    this.#taken ??= new Map();
    const count = (this.#taken.get(base) ?? 0) + 1;
    this.#taken.set(base, count);
    return count === 1 ? base : `${base}~${count}`;
  }
}

function ordinalOf(id: string, ordinals: Map<string, number>): number {
  let ordinal = ordinals.get(id);
  if (ordinal === undefined) {
    ordinal = ordinals.size;
    ordinals.set(id, ordinal);
  }
  return ordinal;
}

function isSamePosition(a: SourcePosition | undefined, b: SourcePosition | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line && a?.column === b?.column;
}

/** The tree of a flow, from its root. */
export function outlineOf(flow: AnyFlow): OutlineNode {
  return new OutlineNode(flow, segmentOf(flow, undefined));
}

function segmentOf(flow: AnyFlow, key: string | undefined): string {
  const { name, functionName, kind } = flow[DEFINITION];
  return encodeSegment(key ?? name ?? functionName ?? kind);
}

/** Characters that mean something in ids and paths, and what would be unsafe in either. */
const RESERVED = /[%/[\]@~:\u0000-\u001f\u007f\u2028\u2029]/gu;

/** A name as part of an id: reserved characters as `%` and their code in hexadecimal, the empty name as `%`. */
export function encodeSegment(name: string): string {
  return name === '' ? '%' : name.replace(RESERVED, (char) => `%${char.codePointAt(0)!.toString(16).padStart(2, '0')}`);
}

/**
 * The static id within an instance path: without indices and attempts.
 *
 * @example
 * staticIdOf('checkout/refine[3]/pay@2/improve'); // 'checkout/refine/pay/improve'
 */
export function staticIdOf(path: string): string {
  return path.replace(/(?:\[\d+\]|@\d+)+(?=\/|$)/gu, '');
}
