/**
 * All that may mean something to Mermaid, Markdown, HTML or KaTeX, and the letters that Mermaid itself
 * encodes entities with; what is left is letters, digits, spaces and what lies beyond ASCII.
 */
const MEANINGFUL = /[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007eﬂ°¶ß]/gu;

/** A text as Mermaid shows it literally, inside double quotes: every meaningful character as its code. */
export function escapeMermaid(text: string): string {
  return text.replace(MEANINGFUL, (char) => `#${char.codePointAt(0)};`);
}
