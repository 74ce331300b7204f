import { visibleText } from '@holon/viz';

/** A text of several lines, in which no character can hide or turn round what stands beside it. */
export function shownLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}

/** Marks, embeddings, overrides and isolates of text direction. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** JSON that says the same, with the characters that would turn it round written as escapes. */
export function plainJson(json: string): string {
  return json.replace(DIRECTION, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
