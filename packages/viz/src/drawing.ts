import type { InstanceStatus } from '@holon/engine/events';
import type { FlowModel } from './model/model.ts';

/** `down` is top to bottom, `right` is left to right. */
export type Direction = 'down' | 'right';

export interface DrawOptions {
  /** @default 'down' */
  readonly direction?: Direction | undefined;
  /** Status by static id: coloured, and said in words. What is not in it is neutral. @default nothing */
  readonly state?: ReadonlyMap<string, InstanceStatus> | undefined;
}

/** A drawing as text, and how to find things in what is rendered of it. */
export interface Drawing {
  readonly text: string;
  /** What is drawn: the model given, or one with more collapsed where a format has a limit. */
  readonly model: FlowModel;
}

/**
 * For every static id of the flow, the element that shows it: the `id` of its group in Graphviz's SVG,
 * the node or subgraph id in Mermaid. A node inside a collapsed one is shown by that one's element.
 */
export function elementIds({ shownBy, nodes }: FlowModel): ReadonlyMap<string, string> {
  return new Map([...shownBy].map(([id, shown]) => [id, nodes.get(shown)!.key]));
}

/** A node's key at the end of an id, as Graphviz (`n3`, `a_n3`) and Mermaid (`…-flowchart-n3-7`, `…-n3`) write it. */
const KEY_IN_ELEMENT_ID = /^(?:a_|.*-)?(n\d+)(?:-\d+)?$/su;

/**
 * The static id of what an element of a rendered drawing shows, for clicks on it: the other way round
 * than {@link elementIds}, prefixes and all. Undefined for edges, terminals and whatever else a page has.
 */
export function idOfElement({ graph }: FlowModel, elementId: string): string | undefined {
  const key = KEY_IN_ELEMENT_ID.exec(elementId)?.[1];
  return key !== undefined && graph.hasNode(key) ? graph.node(key).id : undefined;
}
