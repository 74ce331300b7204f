import {
  type AnyFlow,
  type FlowPicture,
  HolonError,
  checkKnown,
  describe,
  isFlow,
  suggestion,
  textOf,
} from '@holon/flow';
import { drawDot } from './dot/dot.ts';
import type { DrawOptions } from './drawing.ts';
import { drawMermaid } from './mermaid/mermaid.ts';
import { modelOf } from './model/model-of.ts';
import { STATUSES } from './status.ts';

const FORMATS = ['dot', 'mermaid'] as const;
const DIRECTIONS = ['down', 'right'] as const;

export type Format = (typeof FORMATS)[number];

export interface VisualizeOptions extends DrawOptions {
  readonly format: Format;
}

/**
 * A flow, or the picture of one, as text in a drawing language. The same flow always gives the same text.
 *
 * @throws HolonError `invalid-option` for an unknown option, format, direction or status, with the nearest that is
 *   known; `invalid-flow` for what is neither a flow nor a picture
 *
 * @example
 * visualizeFlow(pipe(read, summarise), { format: 'mermaid' });
 */
export function visualizeFlow(flow: AnyFlow | FlowPicture, options: VisualizeOptions): string {
  checkKnown(options, ['format', 'direction', 'state'], 'visualizeFlow');
  const { format, direction, state } = options;
  checkOneOf(format, FORMATS, 'format');
  if (direction !== undefined) checkOneOf(direction, DIRECTIONS, 'direction');
  for (const status of state?.values() ?? []) checkOneOf(status, STATUSES, 'state');
  const model = modelOf(pictureOf(flow));
  switch (format) {
    case 'dot':
      return drawDot(model, { direction, state }).text;
    case 'mermaid':
      return drawMermaid(model, { direction, state }).text;
  }
}

function pictureOf(flow: unknown): FlowPicture {
  if (isFlow(flow)) return describe(flow);
  const picture = flow as Partial<FlowPicture> | null | undefined;
  if (typeof picture === 'object' && Array.isArray(picture?.nodes) && Array.isArray(picture.edges))
    return picture as FlowPicture;
  throw new HolonError('invalid-flow', `visualizeFlow: ${textOf(flow)} is neither a flow nor the picture of one.`);
}

function checkOneOf(given: unknown, known: readonly string[], option: string): void {
  if (known.includes(given as string)) return;
  const hint = suggestion(String(given), known);
  throw new HolonError('invalid-option', `visualizeFlow: ${option}: ${textOf(given)} is not one it knows.${hint}`);
}
