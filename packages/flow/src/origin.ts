/** Where a flow was written. Lines and columns count from 1. */
export interface SourcePosition {
  /** A file path or URL, as the loader named it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reads the position from the captured stack when first asked: most flows are never asked. */
export type Origin = () => SourcePosition | undefined;

/** Frames of this package itself; the first other frame is the author's. */
const OWN_FOLDER = /[^/\\]*$/u;
const ownUrl: string = import.meta.url.replace(OWN_FOLDER, '');
const ownPath: string = ownUrl.replace(/^file:\/\//u, '');

/** The property by which V8 limits a stack; elsewhere setting it does nothing. */
const V8Error: { stackTraceLimit?: number | undefined } = Error as never;
/** Enough to get past this package's own frames and a few of an author's helpers. */
const CAPTURED_FRAMES = 12;

/** Remembers the caller's place. Costs one short stack capture; the text is made only when read. */
export function captureOrigin(): Origin {
  const limit = V8Error.stackTraceLimit;
  V8Error.stackTraceLimit = CAPTURED_FRAMES;
  const captured = new Error();
  V8Error.stackTraceLimit = limit;
  let resolved: SourcePosition | undefined | null = null;
  return () => (resolved === null ? (resolved = positionIn(captured.stack ?? '')) : resolved);
}

function positionIn(stack: string): SourcePosition | undefined {
  for (const line of stack.split('\n')) {
    const match = /(?:\(|at |@)((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/u.exec(line.trim());
    if (match === null) continue;
    const file = match[1]!;
    const own = file.startsWith(ownUrl) || file.startsWith(ownPath);
    if (own && !/\.(?:test|prop\.test|test-d)\.ts$/u.test(file)) continue;
    return { file: file.replace(/^file:\/\//u, ''), line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}
