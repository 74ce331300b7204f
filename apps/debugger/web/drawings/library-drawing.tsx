import type { Direction, FlowModel } from '@holon/viz';
import { useEffect, useMemo, useState } from 'react';
import { textOfProblem } from '../state/commands.ts';
import { working } from '../state/idle.ts';
import { useModel } from '../state/model.ts';
import { directionFor } from './direction.ts';
import { DrawingView } from './drawing-view.tsx';
import { sanitisedSvg } from './sanitise-svg.ts';

/** A language of graphs, and what draws it. */
export interface DrawingLibrary {
  /** What the language is called: `Mermaid`. */
  readonly name: string;
  readonly write: (
    model: FlowModel,
    options: { readonly direction: Direction },
  ) => { readonly text: string; readonly model: FlowModel };
  /** The text as SVG. What it gives is sanitised before it is shown. */
  readonly render: (text: string) => Promise<string>;
}

/** The flow as a library draws it. */
export function LibraryDrawing({ library }: { readonly library: DrawingLibrary }) {
  const model = useModel();
  return model === undefined ? null : <Rendered library={library} whole={model} />;
}

function Rendered({ library, whole }: { readonly library: DrawingLibrary; readonly whole: FlowModel }) {
  const direction = directionFor(whole);
  const { text, model } = useMemo(() => library.write(whole, { direction }), [library, whole, direction]);
  const [svg, setSvg] = useState<SVGSVGElement>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    working(library.render(text).then(sanitisedSvg)).then(
      (rendered) => {
        if (!isCurrent) return;
        setSvg(rendered);
        setProblem(undefined);
      },
      (error: unknown) => {
        if (isCurrent) setProblem(textOfProblem(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [library, text]);
  return (
    <DrawingView name={library.name} model={model} direction={direction} source={text} svg={svg} problem={problem} />
  );
}
