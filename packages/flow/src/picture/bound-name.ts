import type { Definition } from '../definition.ts';
import type { SourcePosition } from '../origin.ts';

/** What is needed of Node's `fs`; there is none in browsers, where flows keep their other labels. */
interface Files {
  readFileSync(path: string, encoding: 'utf8'): string;
}
const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => Files | undefined } };

/** Lines of the file that was read last: flows are asked for file by file. */
let last: { readonly file: string; readonly lines: readonly string[] } | undefined;

/**
 * The `const` that a flow without a name of its own is bound to, read from the line it was written on:
 * `add` for `export const add = flow((x) => x + 1)`. For people: a label, never part of an id.
 */
export function boundName(definition: Definition): string | undefined {
  const origin = definition.origin();
  const line = origin === undefined ? undefined : sourceLine(origin);
  // One line may make several flows; the bound one is made by the call right after the equals sign.
  const match =
    /(?:^|[\s;])(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)[^=]*=\s*(?:[\w$]+\.)*([\w$]+)\s*[(<]/u.exec(
      line ?? '',
    );
  const callee = definition.isTask ? 'flow' : definition.kind;
  return match !== null && match[2] === callee ? match[1] : undefined;
}

function sourceLine({ file, line }: SourcePosition): string | undefined {
  try {
    if (last?.file !== file) {
      const files = process?.getBuiltinModule?.('node:fs');
      if (files === undefined) return undefined;
      last = { file, lines: files.readFileSync(file, 'utf8').split('\n') };
    }
    return last.lines[line - 1];
  } catch {
    return undefined;
  }
}
