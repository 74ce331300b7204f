/** Where a flow was written. Lines and columns count from 1. */
export interface SourcePosition {
  /** A file path, or an `http(s)` URL in a browser. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reads the position from the captured stack when first asked: most flows are never asked. */
export type Origin = () => SourcePosition | undefined;

/** Frames of this package itself; the first other frame is the author's. */
const ownFolder: string = fileOf(import.meta.url).replace(/[^/\\]*$/u, '');
const OWN_TEST = /\.(?:test|test-d)\.ts$/u;

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
  return () => (resolved === null ? (resolved = positionIn(captured.stack)) : resolved);
}

function positionIn(stack: unknown): SourcePosition | undefined {
  // Not a string where a program has set its own Error.prepareStackTrace.
  if (typeof stack !== 'string') return undefined;
  for (const line of stack.split('\n')) {
    const match = /(?:\(|at |@)((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/u.exec(line.trim());
    if (match === null) continue;
    const file = fileOf(match[1]!);
    if (file.startsWith(ownFolder) && !OWN_TEST.test(file)) continue;
    return { file, line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

/** The path in a `file:` URL (`file:///C:/a%20b.ts` is `C:/a b.ts`); anything else as it is. */
function fileOf(url: string): string {
  if (!url.startsWith('file://')) return url.replace(/[?#].*$/u, '');
  const path = url
    .slice('file://'.length)
    .replace(/[?#].*$/u, '')
    .replace(/^\/(?=[A-Za-z]:)/u, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
