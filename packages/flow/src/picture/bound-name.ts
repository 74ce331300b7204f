import type { Definition } from '../definition.ts';
import { fileText } from '../node-builtin.ts';
import type { SourcePosition } from '../origin.ts';
import { compiledFrom } from '../source-map.ts';

/** Lines of the file that was read last: flows are asked for file by file. */
let last: { readonly file: string; readonly lines: readonly string[] | undefined } | undefined;

/**
 * The `const` that a flow without a name of its own is bound to, read from the line it was written on:
 * `add` for `export const add = flow((x) => x + 1)`. A copy that is bound to none has that of its original. For
 * people: a label, never part of an id.
 */
export function boundName(definition: Definition): string | undefined {
  for (let each: Definition | undefined = definition; each !== undefined; each = each.original) {
    const name = nameBoundAt(each);
    if (name !== undefined) return name;
  }
  return undefined;
}

function nameBoundAt(definition: Definition): string | undefined {
  const origin = definition.origin();
  if (origin === undefined) return undefined;
  // Where only the build was installed, its line says the same.
  const place = [origin, compiledFrom(origin)].find((each) => each !== undefined && linesOf(each.file) !== undefined);
  const match = place === undefined ? null : BINDING.exec(sourceLine(place));
  if (match === null) return undefined;
  const [, name, callee] = match;
  // One line may make several flows; the bound one is made by the call right after the equals sign. Not every
  // loader's columns are right, so what the call is called counts as well.
  const makers = [definition.isTask ? 'flow' : camelCase(definition.kind), 'with'];
  return makers.includes(callee!) || match.indices![2]![0] === place!.column - 1 ? name : undefined;
}

/** `const name: Type = maker(` or `const name = module.maker<Type>(`; an arrow in the type is no equals sign. */
const BINDING =
  /(?:^|[\s;])(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::.*?)?=(?!>)\s*(?:[\w$]+\.)*([\w$]+)\s*[(<]/du;

/** The line, after the one before it where that ends in an equals sign: a formatter may have parted them. */
function sourceLine({ file, line }: SourcePosition): string {
  const lines = linesOf(file) ?? [];
  const text = lines[line - 1] ?? '';
  const before = lines[line - 2]?.trimEnd() ?? '';
  return before.endsWith('=') ? before + text : text;
}

function linesOf(file: string): readonly string[] | undefined {
  if (last?.file !== file) last = { file, lines: fileText(file)?.split('\n') };
  return last.lines;
}

/** `circuit-breaker` is made by `circuitBreaker`. */
function camelCase(kind: string): string {
  return kind.replaceAll(/-[a-z0-9]/gu, (part) => part.slice(1).toUpperCase());
}
