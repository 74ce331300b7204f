import type { Direction, FlowModel } from '@holon/viz';

/** A flow of more nodes than this uses a wide screen better from left to right. */
const SMALL = 10;

export function directionFor(model: FlowModel): Direction {
  return model.nodes.size > SMALL && window.innerWidth > window.innerHeight ? 'right' : 'down';
}
