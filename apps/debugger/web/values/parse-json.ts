/** JSON text as a value, or where and why it is none. An empty text is `undefined`: no value. */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  /** `line` and `column` count from 1; absent where the browser does not tell. */
  | {
      readonly ok: false;
      readonly message: string;
      readonly line: number | undefined;
      readonly column: number | undefined;
    };

export function parseJson(text: string): ParsedJson {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const said = (error as Error).message;
    const place = placeIn(said, text);
    const what = said
      .replace(/^JSON\.parse: /u, '')
      .replace(/,? ?(?:in JSON )?at position \d+.*$/su, '')
      .replace(/ at line \d+ column \d+.*$/su, '')
      .replace(/, ?(?:\.\.\.)?".*is not valid JSON$/su, '')
      .replace(/ of JSON input$|in JSON$/u, '')
      .trim();
    return { ok: false, message: what === '' ? 'not JSON' : what, line: place?.line, column: place?.column };
  }
}

/** What a person reads below the box: `Line 2, column 5: Expected ',' or '}'`. */
export function problemText(problem: Extract<ParsedJson, { ok: false }>): string {
  return problem.line === undefined
    ? problem.message
    : `Line ${problem.line}, column ${problem.column}: ${problem.message}`;
}

/** Engines word the place differently, and say none for text that merely ends too soon. */
function placeIn(said: string, text: string): { readonly line: number; readonly column: number } | undefined {
  const named = /line (\d+) column (\d+)/u.exec(said);
  if (named !== null) return { line: Number(named[1]), column: Number(named[2]) };
  const position = /position (\d+)/u.exec(said)?.[1];
  if (position !== undefined) return lineAndColumn(text, Number(position));
  if (/unexpected end/iu.test(said)) return lineAndColumn(text, text.length);
  const token = /^Unexpected token '(.)'/u.exec(said)?.[1];
  return token === undefined ? undefined : lineAndColumn(text, text.indexOf(token));
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
