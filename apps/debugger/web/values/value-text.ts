import type { ValueView } from '@holon/engine/events';

const MOST_CHARS = 80;

/** A value in one short line, as consoles show it. What was cut ends in `…`. */
export function valueText(view: ValueView, depth = 1): string {
  switch (view.kind) {
    case 'null':
    case 'undefined':
      return view.kind;
    case 'boolean':
    case 'number':
      return String(view.value);
    case 'bigint':
      return `${view.value}n`;
    case 'string': {
      const shown = view.value.slice(0, MOST_CHARS);
      return shown.length < view.total ? `${JSON.stringify(shown).slice(0, -1)}…"` : JSON.stringify(shown);
    }
    case 'array':
      return depth === 0
        ? `Array(${view.total})`
        : listText(
            '[',
            ']',
            view.items.map((item) => valueText(item, depth - 1)),
            view.total,
          );
    case 'set':
      return depth === 0
        ? `Set(${view.total})`
        : listText(
            `Set(${view.total}) {`,
            '}',
            view.items.map((item) => valueText(item, depth - 1)),
            view.total,
          );
    case 'object': {
      const name = view.type === undefined ? '' : `${view.type} `;
      if (depth === 0) return view.total === 0 ? `${name}{}` : `${name}{…}`;
      return listText(
        `${name}{`,
        '}',
        view.entries.map(([key, part]) => `${key}: ${valueText(part, depth - 1)}`),
        view.total,
      );
    }
    case 'map':
      if (depth === 0) return `Map(${view.total})`;
      return listText(
        `Map(${view.total}) {`,
        '}',
        view.entries.map(([key, part]) => `${valueText(key, 0)} → ${valueText(part, depth - 1)}`),
        view.total,
      );
    case 'error':
      return `${view.name}: ${view.message}`;
    case 'other':
      return view.type === 'function' ? `ƒ ${view.text}` : `${view.type} ${view.text}`;
    case 'cut':
      return CUT_WORDS[view.reason];
  }
}

export const CUT_WORDS = {
  depth: '… (deeper than shown)',
  size: '… (more than shown)',
  cycle: '↻ (already shown further up)',
} as const;

/** As many parts as fit, the rest as `…`. */
function listText(open: string, close: string, parts: readonly string[], total: number): string {
  const fitting: string[] = [];
  let chars = 0;
  for (const part of parts) {
    chars += part.length + 2;
    if (chars > MOST_CHARS && fitting.length > 0) break;
    fitting.push(part);
  }
  const rest = fitting.length < total ? (fitting.length === 0 ? '…' : ', …') : '';
  return `${open}${fitting.join(', ')}${rest}${close}`;
}
