import type { End } from '../definition.ts';
import { durationText } from '../duration.ts';
import type { AnyFlow } from '../flow.ts';
import type { SourcePosition } from '../origin.ts';
import { schedulingTexts } from '../policies/scheduling.ts';
import { type OutlineNode, encodeSegment, outlineOf } from './outline.ts';

/**
 * What a flow looks like, as plain serialisable data: all that drawings and the debugger know.
 *
 * Nodes come parents first, siblings in declared order; edges grouped by the composite they are in.
 */
export interface FlowPicture {
  readonly version: 1;
  /** Id of the root node. */
  readonly root: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureNode {
  /** Static id, such as `checkout/refine/improve`; stable while names and order stay. */
  readonly id: string;
  readonly parent: string | undefined;
  /** `task` is user code, `composite` has children of its own, the others are marks inside a composite. */
  readonly shape: 'task' | 'composite' | 'choice' | 'join';
  /** `task`, `pipe`, `map`, …; for a mark its shape again. For people. */
  readonly kind: string;
  readonly label: string;
  /** Runs many times in one run of its parent. */
  readonly many: boolean;
  /** Policies in words: `retry 3 × exponential`, `timeout 10 s`. */
  readonly policies: readonly string[];
  readonly origin: SourcePosition | undefined;
}

/**
 * A connection. `from` equal to `parent` is the composite's entry, `to` equal to `parent` its exit;
 * otherwise both are nodes directly inside `parent`.
 */
export interface PictureEdge {
  readonly parent: string;
  readonly from: string;
  readonly to: string;
  readonly label: string | undefined;
  /** The decision at the mark `from` that takes this edge, as text. */
  readonly when: string | undefined;
  /** Goes back to something earlier. */
  readonly back: boolean;
}

/** Describes a flow: one walk, no recursion, linear in the number of places. */
export function describe(flow: AnyFlow): FlowPicture {
  const root = outlineOf(flow);
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  const pending: OutlineNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(pictureNode(node));
    addInside(node, nodes, edges);
    for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i]!);
  }
  return { version: 1, root: root.id, nodes, edges };
}

/** The picture node of one place, declared or observed. */
export function pictureNode(node: OutlineNode): PictureNode {
  return {
    id: node.id,
    parent: node.parent?.id,
    shape: node.definition.isTask ? 'task' : 'composite',
    kind: node.definition.kind,
    label: node.label,
    many: node.slot?.many ?? false,
    policies: policyTexts(node),
    origin: node.definition.origin(),
  };
}

/** The static id of a mark inside a composite: `:` can't begin the id of a child. */
export function markId(composite: string, mark: string): string {
  return `${composite}/:${encodeSegment(mark)}`;
}

function addInside(node: OutlineNode, nodes: PictureNode[], edges: PictureEdge[]): void {
  const { marks, edges: drawn } = node.definition.picture;
  for (const mark of marks) {
    nodes.push({
      id: markId(node.id, mark.id),
      parent: node.id,
      shape: mark.shape,
      kind: mark.shape,
      label: mark.label,
      many: false,
      policies: [],
      origin: undefined,
    });
  }
  const idOf = (end: End): string => {
    if (typeof end === 'string') return node.id;
    return 'shape' in end ? markId(node.id, end.id) : node.child(end)!.id;
  };
  for (const edge of drawn) {
    edges.push({
      parent: node.id,
      from: idOf(edge.from),
      to: idOf(edge.to),
      label: edge.label,
      when: edge.when === undefined ? undefined : String(edge.when),
      back: edge.back ?? false,
    });
  }
}

function policyTexts(node: OutlineNode): string[] {
  const { retry, timeoutMs, scheduling } = node.definition.policies;
  const texts: string[] = [];
  if (retry !== undefined) texts.push(`retry ${retry.retries} × ${retry.backoff}`);
  if (timeoutMs !== undefined) texts.push(`timeout ${durationText(timeoutMs)}`);
  return [...texts, ...schedulingTexts(scheduling)];
}
