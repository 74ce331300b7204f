import { basename, extname } from 'node:path';
import { definitionOf } from '@holon/flow';
import type { LoadedFlow } from '../load/load-flow.ts';

/** What people call a flow: its name, else its function's, else the name it is exported by, else its file's. */
export function labelOf({ flow, exportName, target }: LoadedFlow): string {
  const { name, functionName } = definitionOf(flow)!;
  return name ?? functionName ?? (exportName === 'default' ? basename(target.file, extname(target.file)) : exportName);
}

/** A text as one word of a shell command. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./#-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
