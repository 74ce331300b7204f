import { fileOf } from './file-of.ts';
import { nodeBuiltin } from './node-builtin.ts';
import { sourceOf } from './source-map.ts';

/** Where a flow was written. Lines and columns count from 1. */
export interface SourcePosition {
  /** A file path, or an `http(s)` URL in a browser. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reads the position from the captured stack when first asked: most flows are never asked. */
export type Origin = () => SourcePosition | undefined;

/** The property by which V8 limits a stack; elsewhere setting it does nothing. */
const V8Error: { stackTraceLimit?: number | undefined } = Error as never;
/** Enough to get past this package's own frames and a few of an author's helpers. */
const CAPTURED_FRAMES = 12;

/** Remembers the caller's place. Costs one short stack capture; the text is made only when read. */
export function captureOrigin(): Origin {
  const limit = V8Error.stackTraceLimit;
  // Not by assignment, which throws where a program has frozen what is built in: then the limit stays what it is.
  Reflect.set(V8Error, 'stackTraceLimit', CAPTURED_FRAMES);
  const captured = new Error();
  Reflect.set(V8Error, 'stackTraceLimit', limit);
  let resolved: SourcePosition | undefined | null = null;
  return () => (resolved === null ? (resolved = positionIn(captured.stack)) : resolved);
}

function positionIn(stack: unknown): SourcePosition | undefined {
  const frames = framesIn(stack);
  const written = frames[authorIn(frames)];
  return written && sourceOf(written);
}

/** What is needed of `node:util`. */
interface Sites {
  getCallSites?(
    count: number,
    options: { readonly sourceMap: boolean },
  ): readonly { readonly scriptName: string; readonly lineNumber: number; readonly columnNumber: number }[];
}

/**
 * The caller's place in the file that was loaded, which is compiled where {@link captureOrigin} gives its source.
 * Undefined outside Node.
 */
export function captureLoadedPlace(): SourcePosition | undefined {
  const sites = nodeBuiltin<Sites>('node:util')?.getCallSites?.(CAPTURED_FRAMES, { sourceMap: false }) ?? [];
  const frames = sites
    .filter(({ scriptName }) => scriptName !== '')
    .map(({ scriptName, lineNumber, columnNumber }) =>
      scriptName.startsWith('node:') ? undefined : { file: fileOf(scriptName), line: lineNumber, column: columnNumber },
    );
  return frames[authorIn(frames)];
}

/**
 * Which frame is the author's: the nearest outside this package, but for a package that makes flows for others, whose
 * caller it is then. -1 when there is none.
 *
 * The first frame is always the one in this file. So it says under which name this package goes at present: its
 * sources, its build, a source-mapped build (whose frames carry the sources' names), or a bundle.
 */
function authorIn(frames: readonly (SourcePosition | undefined)[]): number {
  const [own] = frames;
  if (own === undefined) return -1;
  if (IS_THIS_FILE.test(own.file)) return outside(frames, own.file.replace(IS_THIS_FILE, ''));
  // In a bundle, where files are told apart by its source map, or not at all.
  const sources = frames.map((frame) => frame && sourceOf(frame));
  const ownSource = sources[0]!.file;
  return outside(sources, IS_THIS_FILE.test(ownSource) ? ownSource.replace(IS_THIS_FILE, '') : ownSource);
}

const IS_THIS_FILE = /(?<=[/\\])origin\.[cm]?[jt]s$/u;
const OWN_TEST = /\.test(?:-d)?\.ts$/u;
const LIBRARY = /[/\\]node_modules[/\\]/u;

function outside(frames: readonly (SourcePosition | undefined)[], own: string): number {
  let nearest = -1;
  for (const [i, frame] of frames.entries()) {
    // Beyond is whoever imports the file, not who calls what is in it.
    if (frame === undefined) break;
    if (frame.file.startsWith(own) && !OWN_TEST.test(frame.file)) continue;
    if (!LIBRARY.test(frame.file)) return i;
    if (nearest < 0) nearest = i;
  }
  return nearest;
}

/** The places in a stack, nearest first; undefined between one module and the one that imports it. */
function framesIn(stack: unknown): (SourcePosition | undefined)[] {
  // Not a string where a program has set its own Error.prepareStackTrace.
  if (typeof stack !== 'string') return [];
  const lines = stack.split('\n').map((line) => line.trim());
  // V8 begins with the error itself, others with the first frame.
  const frames = lines.filter((line) => line.startsWith('at ') || line.includes('@'));
  const isOfInterest = (frame: string, i: number): boolean =>
    i === 0 || BETWEEN_MODULES.test(frame) || PLACE.test(frame);
  return frames.filter(isOfInterest).map(placeIn);
}

/** Node's own frames. A built-in's, such as that of `Array.map`, says nothing at all. */
const BETWEEN_MODULES = /\(node:|at node:/u;
const PLACE = /(?:\(|at |@)((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/u;

function placeIn(frame: string): SourcePosition | undefined {
  const match = PLACE.exec(frame);
  return match === null ? undefined : { file: fileOf(match[1]!), line: Number(match[2]), column: Number(match[3]) };
}
