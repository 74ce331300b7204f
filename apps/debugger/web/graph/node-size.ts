import { type ModelNode, visibleText } from '@holon/viz';

interface Size {
  readonly width: number;
  readonly height: number;
}

const TITLE_FONT = '600 14px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const DETAILS_FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** Room beside the texts, for the state and the padding. */
const BESIDE_PX = 60;
/** What a node that runs many times says below its name while it does. */
const COUNT_TEXT = 'paused here · 0,000 of 0,000';
/** The longest that any other says there. */
const STATE_TEXT = 'succeeded, attempt 3';
const NARROWEST_PX = 128;
const WIDEST_PX = 288;
/** What a cluster's header takes; ELK keeps what is inside below it. */
const HEADER_PX = 32;

let pen: CanvasRenderingContext2D | null | undefined;

function textWidth(text: string, font: string): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) return text.length * 7;
  pen.font = font;
  return pen.measureText(text).width;
}

/**
 * What a node takes on the canvas, in CSS pixels, on a grid of 8; for a cluster, what its header takes.
 *
 * @param repeats whether it can run several times in one run of the flow
 */
export function nodeSize(node: ModelNode, repeats: boolean): Size {
  const title = textWidth(visibleText(node.label), TITLE_FONT);
  const details = textWidth([node.kind, ...node.says, ...node.policies].join(' · '), DETAILS_FONT);
  const live = repeats ? textWidth(COUNT_TEXT, DETAILS_FONT) : 0;
  if (node.cluster)
    return { width: onGrid(Math.min(WIDEST_PX, title) + details + live + BESIDE_PX), height: HEADER_PX };
  switch (node.shape) {
    case 'start':
    case 'end':
      return { width: 16, height: 16 };
    case 'junction':
      return { width: 8, height: 8 };
    case 'join':
      return { width: onGrid(Math.max(48, title + 24)), height: 24 };
    case 'choice':
      return { width: onGrid(Math.min(WIDEST_PX, Math.max(88, 1.7 * title))), height: 56 };
    case 'task':
    case 'composite': {
      const retries = node.policies.length > 0;
      const wanted = Math.max(title, details, live, retries ? textWidth(STATE_TEXT, DETAILS_FONT) : 0) + BESIDE_PX;
      return { width: onGrid(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, wanted))), height: 48 };
    }
  }
}

function onGrid(px: number): number {
  return Math.ceil(px / 8) * 8;
}
