import { type AnyFlow, definitionOf } from '@holon/flow';

/** What people call a flow: its name, else its function's, else the name it is exported by, else its kind. */
export function labelOf(flow: AnyFlow, exportName: string): string {
  const { name, functionName, kind } = definitionOf(flow)!;
  return name ?? functionName ?? (exportName === 'default' ? kind : exportName);
}

/** A text as one word of a shell command. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./#-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
