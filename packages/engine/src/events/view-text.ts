import type { ValueView } from './value-view.ts';

export interface ViewTextOptions {
  /** How many levels of lists and objects are written out; what lies deeper is named: `Array(3)`, `{…}`. @default 1 */
  readonly depth?: number | undefined;
  /**
   * About how many characters a list or a text takes; inside another value it gets half of what that
   * one has. A list shows at least its first part. @default 80
   */
  readonly chars?: number | undefined;
}

/** What stands for a value that its view left out. */
const CUT_TEXTS: Readonly<Record<Extract<ValueView, { kind: 'cut' }>['reason'], string>> = {
  depth: '… (deeper than shown)',
  size: '… (more than shown)',
  cycle: '↻ (already shown further up)',
};

const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$]*$|^\d+$/u;

/**
 * A value on one line, close to how it is written in JavaScript: `{id: 7, items: Array(3)}`. Whatever
 * is left out, here or by the view, is said with how much it is: `[1, 2, … 98 more]`. Control
 * characters in class names, messages and the like are not escaped: a terminal has to do that.
 */
export function viewText(view: ValueView, { depth = 1, chars = 80 }: ViewTextOptions = {}): string {
  const inner = (part: ValueView): string => viewText(part, { depth: depth - 1, chars: chars / 2 });
  switch (view.kind) {
    case 'null':
    case 'undefined':
      return view.kind;
    case 'boolean':
    case 'number':
      return String(view.value);
    case 'bigint':
      return `${plain(view.value, chars)}n`;
    case 'string':
      return stringText(view.value, view.total, chars);
    case 'array':
      if (depth <= 0 && view.total > 0) return `Array(${view.total})`;
      return `[${listText(view.items.map(inner), view.total, chars)}]`;
    case 'set':
      if (depth <= 0) return `Set(${view.total})`;
      return `Set(${view.total}) {${listText(view.items.map(inner), view.total, chars)}}`;
    case 'map': {
      if (depth <= 0) return `Map(${view.total})`;
      const parts = view.entries.map(
        ([key, part]) => `${viewText(key, { depth: 0, chars: chars / 2 })} → ${inner(part)}`,
      );
      return `Map(${view.total}) {${listText(parts, view.total, chars)}}`;
    }
    case 'object': {
      const name = view.type === undefined ? '' : `${plain(view.type, chars)} `;
      if (depth <= 0 && view.total > 0) return `${name}{…}`;
      const parts = view.entries.map(([key, part]) => `${keyText(key, chars / 2)}: ${inner(part)}`);
      return `${name}{${listText(parts, view.total, chars)}}`;
    }
    case 'error':
      return plain(`${view.name}: ${view.message}`, chars);
    case 'other':
      return plain(`${view.type} ${view.text}`, chars);
    case 'cut':
      return CUT_TEXTS[view.reason];
  }
}

/** As many parts as fit, then how many more there are. */
function listText(parts: readonly string[], total: number, chars: number): string {
  const shown: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += part.length + 2;
    if (used > chars && shown.length > 0) break;
    shown.push(part);
  }
  if (shown.length < total) shown.push(`… ${total - shown.length} more`);
  return shown.join(', ');
}

function stringText(text: string, total: number, chars: number): string {
  const shown = beginning(text, chars);
  const quoted = JSON.stringify(shown);
  return shown.length < total ? `${quoted}… ${total - shown.length} more characters` : quoted;
}

function keyText(key: string, chars: number): string {
  return PLAIN_KEY.test(key) && key.length <= chars ? key : stringText(key, key.length, chars);
}

/** A text without quotes, on one line. */
function plain(text: string, chars: number): string {
  const shown = beginning(text, chars);
  const line = shown.replaceAll(/\s*[\r\n\u2028\u2029]\s*/gu, ' ');
  return shown.length < text.length ? `${line}… ${text.length - shown.length} more characters` : line;
}

/** The first characters, never half of one that takes two units. */
function beginning(text: string, chars: number): string {
  if (text.length <= chars) return text;
  const end = Math.floor(chars);
  const isHigh = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return text.slice(0, isHigh ? end - 1 : end);
}
