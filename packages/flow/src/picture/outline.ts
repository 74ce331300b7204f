import { DEFINITION } from '../brand.ts';
import type { Definition, Slot } from '../definition.ts';
import type { AnyFlow } from '../flow.ts';

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
  #children: readonly OutlineNode[] | undefined;
  #bySlot: Map<Slot, OutlineNode> | undefined;
  #found: Map<string, OutlineNode> | undefined;

  constructor(flow: AnyFlow, segment: string, parent?: OutlineNode, slot?: Slot, observed = false) {
    this.flow = flow;
    this.definition = flow[DEFINITION];
    this.parent = parent;
    this.slot = slot;
    this.segment = segment;
    this.id = parent === undefined ? segment : `${parent.id}/${segment}`;
    this.observed = observed;
  }

  /** Explicit name, else function name, else kind: what people see. */
  get label(): string {
    const { name, functionName, kind } = this.definition;
    return name ?? this.slot?.key ?? functionName ?? kind;
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

  /** The place of a flow that plain code calls: one for each flow, told apart when two share a name. */
  observe(flow: AnyFlow): OutlineNode {
    this.#found ??= new Map();
    const base = segmentOf(flow, undefined);
    for (let n = 1; ; n++) {
      const segment = n === 1 ? base : `${base}~${n}`;
      const known = this.#found.get(segment);
      if (known?.flow === flow) return known;
      if (known !== undefined) continue;
      const made = new OutlineNode(flow, segment, this, undefined, true);
      this.#found.set(segment, made);
      return made;
    }
  }

  #build(): readonly OutlineNode[] {
    const taken = new Map<string, number>();
    return this.definition.picture.slots.map((slot) => {
      const base = segmentOf(slot.flow, slot.key);
      const count = (taken.get(base) ?? 0) + 1;
      taken.set(base, count);
      return new OutlineNode(slot.flow, count === 1 ? base : `${base}~${count}`, this, slot);
    });
  }
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

/** A name as part of an id: reserved characters as `%` and their code in hexadecimal. */
export function encodeSegment(name: string): string {
  return name.replace(RESERVED, (char) => `%${char.codePointAt(0)!.toString(16).padStart(2, '0')}`);
}

/** The static id within an instance path: without indices and attempts. */
export function staticIdOf(path: string): string {
  return path.replace(/(?:\[\d+\]|@\d+)+(?=\/|$)/gu, '');
}
