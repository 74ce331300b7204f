import { edgeText, linesOf } from '../label.ts';
import type { ModelEdge, ModelNode } from '../model/model.ts';

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Wide enough for a sans-serif of 13 px; texts of 11 px take less. */
const TITLE_CHAR_PX = 7.4;
const SMALL_CHAR_PX = 6.3;
const PADDING_PX = 28;

/**
 * What a node takes when nobody measured it: for a cluster, its header. A guess from the length of its
 * texts; a browser that draws them should measure instead.
 */
export function defaultSizeOf(node: ModelNode): Size {
  const { title, details } = linesOf(node);
  const line = details.join(' · ').length * SMALL_CHAR_PX;
  const width = Math.ceil(Math.max(title.length * TITLE_CHAR_PX, line)) + PADDING_PX;
  if (node.cluster) return { width: Math.ceil(title.length * TITLE_CHAR_PX + line) + PADDING_PX, height: 32 };
  switch (node.shape) {
    case 'start':
    case 'end':
      return { width: 16, height: 16 };
    case 'junction':
      return { width: 6, height: 6 };
    case 'join':
      return { width: Math.max(48, width), height: 22 };
    case 'choice':
      return { width: Math.max(72, width + PADDING_PX), height: 48 };
    case 'task':
    case 'composite':
      return { width: Math.max(96, width), height: details.length === 0 ? 40 : 54 };
  }
}

/** What an edge's text takes, or undefined when it has none. */
export function labelSizeOf(edge: ModelEdge): Size | undefined {
  const text = edgeText(edge);
  return text === '' ? undefined : { width: Math.ceil(text.length * SMALL_CHAR_PX) + 8, height: 16 };
}
