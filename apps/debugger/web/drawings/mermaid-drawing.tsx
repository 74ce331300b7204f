import { type FlowModel, drawMermaid } from '@holon/viz';
import mermaid from 'mermaid';
import { useEffect, useMemo, useState } from 'react';
import { textOfProblem } from '../state/commands.ts';
import { working } from '../state/idle.ts';
import { useModel } from '../state/model.ts';
import { directionFor } from './direction.ts';
import { DrawingView } from './drawing-view.tsx';
import { sanitisedSvg } from './sanitise-svg.ts';

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

/** The flow as Mermaid draws it. */
export function MermaidDrawing() {
  const model = useModel();
  return model === undefined ? null : <Rendered model={model} />;
}

function Rendered({ model }: { readonly model: FlowModel }) {
  const drawing = useMemo(() => drawMermaid(model, { direction: directionFor(model) }), [model]);
  const [svg, setSvg] = useState<SVGSVGElement>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    working(mermaid.render(RENDER_ID, drawing.text)).then(
      (rendered) => {
        if (!isCurrent) return;
        setSvg(sanitisedSvg(rendered.svg));
        setProblem(undefined);
      },
      (error: unknown) => {
        if (isCurrent) setProblem(textOfProblem(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [drawing]);
  return <DrawingView name="Mermaid" model={drawing.model} source={drawing.text} svg={svg} problem={problem} />;
}
