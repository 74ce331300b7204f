import { fileOf } from './file-of.ts';
import { fileText, nodeBuiltin } from './node-builtin.ts';
import type { SourcePosition } from './origin.ts';

/** What is needed of `SourceMap` in `node:module`, which reads maps whether or not Node was told to use them. Counts from 0. */
interface SourceMap {
  findEntry(
    line: number,
    column: number,
  ): { readonly originalSource?: string; readonly originalLine?: number; readonly originalColumn?: number };
}
interface Modules {
  readonly SourceMap?: new (payload: object) => SourceMap;
}

/** A map and what its sources are relative to. */
interface LoadedMap {
  readonly map: SourceMap;
  readonly base: string;
}

const COMPILED = /\.[cm]?js$/u;

/** Maps by file, those loaded last: flows are asked for file by file, each with this package's own build between. */
const loaded = new Map<string, LoadedMap | undefined>();
const MAX_LOADED = 8;

/** Where a compiled position was; see {@link compiledFrom}. */
const compiled = new WeakMap<SourcePosition, SourcePosition>();

/** The place in the source of a place in compiled code, by its source map; the place itself where there is none. */
export function sourceOf(position: SourcePosition): SourcePosition {
  if (!COMPILED.test(position.file)) return position;
  const known = mapOf(position.file);
  const entry = known?.map.findEntry(position.line - 1, position.column - 1);
  if (entry?.originalSource === undefined || entry.originalLine === undefined) return position;
  const url = URL.parse(entry.originalSource, known!.base);
  if (url?.protocol !== 'file:') return position;
  const source = { file: fileOf(url.href), line: entry.originalLine + 1, column: (entry.originalColumn ?? 0) + 1 };
  compiled.set(source, position);
  return source;
}

/** The place in compiled code that {@link sourceOf} found a source of: what is there when the source is not. */
export function compiledFrom(source: SourcePosition): SourcePosition | undefined {
  return compiled.get(source);
}

function mapOf(file: string): LoadedMap | undefined {
  if (!loaded.has(file)) {
    if (loaded.size >= MAX_LOADED) loaded.delete(loaded.keys().next().value!);
    loaded.set(file, loadMap(file));
  }
  return loaded.get(file);
}

/** Never throws: a file without a map, or with one that can't be read, has none. */
function loadMap(file: string): LoadedMap | undefined {
  const SourceMap = nodeBuiltin<Modules>('node:module')?.SourceMap;
  const reference = [...(fileText(file) ?? '').matchAll(/^\/\/[#@] ?sourceMappingURL=(\S+)\s*$/gmu)].at(-1)?.[1];
  if (SourceMap === undefined || reference === undefined) return undefined;
  try {
    const at = new URL(reference, fileUrl(file));
    const text = at.protocol === 'data:' ? textInDataUrl(at) : (fileText(fileOf(at.href)) ?? '');
    const payload = JSON.parse(text) as { readonly sourceRoot?: string };
    const folder = at.protocol === 'data:' ? fileUrl(file) : at;
    const { sourceRoot = '' } = payload;
    return {
      map: new SourceMap(payload),
      base: new URL(sourceRoot === '' || sourceRoot.endsWith('/') ? sourceRoot : `${sourceRoot}/`, folder).href,
    };
  } catch {
    return undefined;
  }
}

function fileUrl(path: string): URL {
  const url = new URL('file:///');
  // Escapes what a URL would read otherwise.
  url.pathname = path.replaceAll('\\', '/').replaceAll('%', '%25');
  return url;
}

function textInDataUrl({ pathname }: URL): string {
  const comma = pathname.indexOf(',');
  const data = pathname.slice(comma + 1);
  if (!pathname.slice(0, comma).endsWith(';base64')) return decodeURIComponent(data);
  return new TextDecoder().decode(Uint8Array.from(atob(data), (char) => char.charCodeAt(0)));
}
