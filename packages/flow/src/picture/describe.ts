import type { End } from '../definition.ts';
import type { AnyFlow } from '../flow.ts';
import type { SourcePosition } from '../origin.ts';
import { codeHash } from './code-hash.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { type OutlineNode, encodeSegment, outlineOf } from './outline.ts';
import { type PolicyData, policyData } from './policy-data.ts';
import { policyTexts } from './policy-texts.ts';
import { structureHash } from './structure-hash.ts';

/**
 * What a flow looks like, as plain serialisable data: all that drawings and the debugger know.
 *
 * Nodes come parents first, siblings in declared order; edges grouped by the composite they are in.
 */
export interface FlowPicture {
  readonly version: 1;
  /** Id of the root node. */
  readonly root: string;
  /**
   * A digest of what the flow is made of: ids, kinds, wires, and the `version` that its author gave. The same on
   * every machine; policies, labels, positions, code and the order of record keys are not in it.
   */
  readonly structureHash: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** One place in a picture: a flow, or a mark inside a composite. */
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
  /** The same as data, by the names they have in a definition: `{ timeoutMs: 10000 }`. Those not given are not there. */
  readonly settings: PolicyData;
  /** What it takes and gives, where it has schemas that can say so as a JSON Schema (draft 2020-12). */
  readonly input?: JsonSchema;
  readonly output?: JsonSchema;
  /**
   * A digest of a task's own text. Advisory: it differs between loaders, and what the body calls is not in it.
   * Not there for what is no task.
   */
  readonly codeHash?: string;
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
  /** Which parts of the input of `to` it gives, as JSON Pointers (`/0/user`), where that is not all of it. */
  readonly fills?: readonly string[];
  /** The decision at the mark `from` that takes this edge, as text. */
  readonly when: string | undefined;
  /** Goes back to something earlier. */
  readonly back: boolean;
}

/**
 * Describes a flow: one walk, no recursion, linear in the number of places.
 *
 * @example
 * const twice = pipe('twice', (x: number) => x + 1, (x) => x + 1);
 * describe(twice).nodes.map(({ id }) => id); // ['twice', 'twice/task', 'twice/task~2']
 */
export function describe(flow: AnyFlow): FlowPicture {
  const root = outlineOf(flow);
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  const places: OutlineNode[] = [];
  const pending: OutlineNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    places.push(node);
    nodes.push(pictureNode(node));
    addInside(node, nodes, edges);
    for (let i = node.children.length - 1; i >= 0; i--) pending.push(node.children[i]!);
  }
  return { version: 1, root: root.id, structureHash: structureHash(places), nodes, edges };
}

/** The picture node of one place, declared or observed. */
export function pictureNode(node: OutlineNode): PictureNode {
  const { isTask, kind, policies, input, output, body, origin } = node.definition;
  const takes = jsonSchemaOf(input, 'input');
  const gives = jsonSchemaOf(output, 'output');
  const hash = body === undefined ? undefined : codeHash(body);
  return {
    id: node.id,
    parent: node.parent?.id,
    shape: isTask ? 'task' : 'composite',
    kind,
    label: node.label,
    many: node.slot?.many ?? false,
    policies: policyTexts(policies),
    settings: policyData(policies),
    origin: origin(),
    ...(takes !== undefined && { input: takes }),
    ...(gives !== undefined && { output: gives }),
    ...(hash !== undefined && { codeHash: hash }),
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
      settings: {},
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
      ...(edge.fills !== undefined && { fills: edge.fills }),
    });
  }
}
