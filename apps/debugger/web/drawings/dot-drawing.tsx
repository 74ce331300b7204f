import { drawDot } from '@holon/viz';
import { instance } from '@viz-js/viz';
import { type DrawingLibrary, LibraryDrawing } from './library-drawing.tsx';

/** Graphviz is loaded once, when first asked for. */
let loading: ReturnType<typeof instance> | undefined;

const GRAPHVIZ: DrawingLibrary = {
  name: 'DOT',
  write: drawDot,
  async render(text) {
    loading ??= instance();
    return (await loading).renderString(text, { format: 'svg', engine: 'dot' });
  },
};

/** The flow as Graphviz draws it. */
export function DotDrawing() {
  return <LibraryDrawing library={GRAPHVIZ} />;
}
