import { drawMermaid } from '@holon/viz';
import mermaid from 'mermaid';
import { type DrawingLibrary, LibraryDrawing } from './library-drawing.tsx';

// Texts are measured as HTML and shown as SVG text; colours come from our own stylesheet, so that themes and states are live.
mermaid.initialize({
  startOnLoad: false,
  securityLevel: 'strict',
  theme: 'base',
  look: 'classic',
  themeVariables: { fontSize: '13px' },
  flowchart: { useMaxWidth: false, padding: 12, nodeSpacing: 32, rankSpacing: 32, wrappingWidth: 640 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  suppressErrorRendering: true,
  deterministicIds: true,
});

const RENDER_ID = 'mermaid-drawing';

const MERMAID: DrawingLibrary = {
  name: 'Mermaid',
  write: drawMermaid,
  render: async (text) => (await mermaid.render(RENDER_ID, text)).svg,
};

/** The flow as Mermaid draws it. */
export function MermaidDrawing() {
  return <LibraryDrawing library={MERMAID} />;
}
