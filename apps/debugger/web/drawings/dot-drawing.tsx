import { type FlowModel, drawDot } from '@holon/viz';
import { instance } from '@viz-js/viz';
import { useEffect, useMemo, useState } from 'react';
import { textOfProblem } from '../state/commands.ts';
import { working } from '../state/idle.ts';
import { useModel } from '../state/model.ts';
import { directionFor } from './direction.ts';
import { DrawingView } from './drawing-view.tsx';
import { sanitisedSvg } from './sanitise-svg.ts';

/** Graphviz is loaded once, when first asked for. */
let loading: ReturnType<typeof instance> | undefined;

/** The flow as Graphviz draws it. */
export function DotDrawing() {
  const model = useModel();
  return model === undefined ? null : <Rendered model={model} />;
}

function Rendered({ model }: { readonly model: FlowModel }) {
  const drawing = useMemo(() => drawDot(model, { direction: directionFor(model) }), [model]);
  const [svg, setSvg] = useState<SVGSVGElement>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    loading ??= instance();
    working(loading)
      .then((graphviz) => {
        if (!isCurrent) return;
        setSvg(sanitisedSvg(graphviz.renderString(drawing.text, { format: 'svg', engine: 'dot' })));
        setProblem(undefined);
      })
      .catch((error: unknown) => {
        if (isCurrent) setProblem(textOfProblem(error));
      });
    return () => {
      isCurrent = false;
    };
  }, [drawing]);
  return <DrawingView name="DOT" model={drawing.model} source={drawing.text} svg={svg} problem={problem} />;
}
