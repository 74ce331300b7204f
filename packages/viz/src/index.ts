export { type Format, type VisualizeOptions, visualizeFlow } from './visualize.ts';
export { type FlowModel, type ModelEdge, type ModelNode, type ObservedNode, END_ID, START_ID } from './model/model.ts';
export { collapse, modelOf } from './model/model-of.ts';
export { type DrawOptions, type Drawing, type Direction, elementIds, idOfElement } from './drawing.ts';
export { drawDot } from './dot/dot.ts';
export { drawMermaid } from './mermaid/mermaid.ts';
export { type StatusColors, STATUS_COLORS } from './status.ts';
export {
  type FlowLayout,
  type LaidOutEdge,
  type LaidOutNode,
  type LayoutEngine,
  type LayoutFlow,
  type LayoutFlowOptions,
  type Point,
  createLayout,
} from './layout/layout.ts';
export { type Size, defaultSizeOf } from './layout/sizes.ts';
export { edgeText, linesOf, visibleText } from './label.ts';
