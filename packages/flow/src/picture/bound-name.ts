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
  const call = place === undefined ? { text: '', at: 0 } : callAt(place);
  const match = BINDING.exec(call.text);
  if (match === null) return undefined;
  const [, name, callee] = match;
  const boundAt = match.indices![2]![0];
  // One line may make several flows; the bound one is made by the call right after the equals sign, or by one that
  // continues it. Not every loader's columns are right, so what the call is called counts as well.
  const isFlow = definition.isTask || definition.recovery !== undefined;
  const makers = [isFlow ? 'flow' : camelCase(definition.kind), 'with'];
  if (makers.includes(callee!) || boundAt === call.at) return name;
  return continues(call, boundAt) && makers.some((maker) => call.text.startsWith(maker, call.at)) ? name : undefined;
}

/** `const name: Type = maker(` or `const name = module.maker<Type>(`; an arrow in the type is no equals sign. */
const BINDING =
  /(?:^|[\s;])(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::.*?)?=(?!>)\s*(?:[\w$]+\.)*([\w$]+)\s*[(<]/du;

/** The source of a call, from where its statement begins, and where in it the call is. */
interface Call {
  readonly text: string;
  readonly at: number;
}

/** How many lines a formatter may have parted a statement into before the call. */
const MAX_LINES_BEFORE = 10;

function callAt({ file, line, column }: SourcePosition): Call {
  const lines = linesOf(file) ?? [];
  let text = lines[line - 1] ?? '';
  let at = column - 1;
  for (let above = line - 2; above >= 0 && above > line - 2 - MAX_LINES_BEFORE; above--) {
    const before = lines[above]!.trimEnd();
    const rest = text.trimStart();
    if (!before.endsWith('=') && !rest.startsWith('.')) break;
    at += before.length + rest.length - text.length;
    text = before + rest;
  }
  return { text, at };
}

/** Whether a call continues the one at `start`, as that of `pipe` does in `const x = flow(fn).pipe(next)`. */
function continues({ text, at }: Call, start: number): boolean {
  const between = text.slice(start, at);
  if (!between.endsWith('.')) return false;
  let open = 0;
  for (const char of between) {
    if (char === '(') open += 1;
    if (char === ')') open -= 1;
  }
  return open === 0;
}

function linesOf(file: string): readonly string[] | undefined {
  if (last?.file !== file) last = { file, lines: fileText(file)?.split('\n') };
  return last.lines;
}

/** `circuit-breaker` is made by `circuitBreaker`. */
function camelCase(kind: string): string {
  return kind.replaceAll(/-[a-z0-9]/gu, (part) => part.slice(1).toUpperCase());
}
