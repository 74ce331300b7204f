import mermaid from 'mermaid';
import { type Outline, sorted } from './outline.ts';

/** What mermaid's own parser of flowcharts gives. */
interface FlowDb {
  getVertices(): Map<
    string,
    { readonly id: string; readonly text?: string; readonly type?: string; readonly classes: readonly string[] }
  >;
  getEdges(): readonly {
    readonly start: string;
    readonly end: string;
    readonly text: string;
    readonly stroke: string;
    readonly type: string;
  }[];
  getSubGraphs(): readonly { readonly id: string; readonly title: string; readonly nodes: readonly string[] }[];
  getTooltip(id: string): string | undefined;
}

mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });

/** @throws when mermaid refuses the text */
export async function mermaidOf(text: string): Promise<FlowDb> {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  return diagram.db as unknown as FlowDb;
}

/** As mermaid understands it, with the texts that it would show. */
export function outlineOfMermaid(db: FlowDb): Outline {
  const around = new Map<string, string>();
  for (const { id, nodes } of db.getSubGraphs()) for (const inside of nodes) around.set(inside, id);
  return sorted({
    nodes: [...db.getVertices().values()].map(({ id, text }) => [id, around.get(id) ?? '', shown(text ?? '')] as const),
    clusters: db.getSubGraphs().map(({ id, title }) => [id, around.get(id) ?? '', shown(title)] as const),
    edges: db.getEdges().map(({ start, end, text }) => [start, end, shown(text)] as const),
  });
}

/** The text on the screen: entities as mermaid stores them. */
function shown(text: string): string {
  return text.replace(/ﬂ°°(\d+)¶ß/gu, (_, code: string) => String.fromCodePoint(Number(code)));
}
