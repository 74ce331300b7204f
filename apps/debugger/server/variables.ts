import type { InstanceState, ValueView } from '@holon/engine/events';

/** Entries of one value shown at once; more come in ranges, each opened by itself. */
const PAGE_SIZE = 100;
const MAX_TEXT_CHARS = 200;
const MAX_SHOWN_ENTRIES = 4;

/** What a variable may be opened to. */
export type Expandable =
  | { readonly kind: 'view'; readonly view: ValueView }
  | { readonly kind: 'range'; readonly variables: readonly Variable[] };

export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type: string | undefined;
  readonly inside: Expandable | undefined;
}

/** The variables of a scope: the parts of a value, or the value itself where it has none. */
export function scopeVariables(view: ValueView, name: string): readonly Variable[] {
  return canOpen(view) ? variablesIn({ kind: 'view', view }) : [variableOf(name, view)];
}

/** One level of what is inside; what was cut is said in a variable of its own. */
export function variablesIn(expandable: Expandable): readonly Variable[] {
  if (expandable.kind === 'range') return expandable.variables;
  const { parts, total } = partsOf(expandable.view);
  const shown = parts.length <= PAGE_SIZE ? parts : rangesOf(parts);
  if (total <= parts.length) return shown;
  return [...shown, { name: '…', value: `${parts.length} of ${total} shown`, type: undefined, inside: undefined }];
}

/** What is known of an instance beside its values. */
export function stateVariables(instance: InstanceState): readonly Variable[] {
  const { path, status, phase, reason, attempt, branch, edited, error } = instance;
  const facts: Record<string, string | number | boolean | undefined> = {
    path,
    status,
    heldAt: phase,
    reason,
    attempt,
    branch,
    edited,
    error: error === undefined ? undefined : `${error.name}: ${error.message}`,
  };
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value: String(value), type: typeof value, inside: undefined }));
}

function variableOf(name: string, view: ValueView): Variable {
  return {
    name,
    value: textOfView(view),
    type: typeOf(view),
    inside: canOpen(view) ? { kind: 'view', view } : undefined,
  };
}

function partsOf(view: ValueView): { readonly parts: readonly Variable[]; readonly total: number } {
  switch (view.kind) {
    case 'array':
    case 'set':
      return { parts: view.items.map((item, index) => variableOf(String(index), item)), total: view.total };
    case 'object':
      return { parts: view.entries.map(([key, part]) => variableOf(key, part)), total: view.total };
    case 'map':
      return { parts: view.entries.map(([key, part]) => variableOf(textOfView(key), part)), total: view.total };
    default:
      return { parts: [], total: 0 };
  }
}

function rangesOf(parts: readonly Variable[]): Variable[] {
  const ranges: Variable[] = [];
  for (let first = 0; first < parts.length; first += PAGE_SIZE) {
    const variables = parts.slice(first, first + PAGE_SIZE);
    const last = first + variables.length - 1;
    ranges.push({
      name: `[${first} … ${last}]`,
      value: `${variables.length} entries`,
      type: undefined,
      inside: { kind: 'range', variables },
    });
  }
  return ranges;
}

function canOpen(view: ValueView): boolean {
  return 'total' in view && view.kind !== 'string' && view.total > 0;
}

function typeOf(view: ValueView): string | undefined {
  switch (view.kind) {
    case 'object':
    case 'other':
      return view.type ?? 'object';
    case 'error':
      return view.name;
    case 'cut':
      return undefined;
    default:
      return view.kind;
  }
}

/** A value on one line. */
export function textOfView(view: ValueView): string {
  switch (view.kind) {
    case 'null':
    case 'undefined':
      return view.kind;
    case 'boolean':
    case 'number':
      return String(view.value);
    case 'bigint':
      return `${view.value}n`;
    case 'string':
      return textOfString(view.value, view.total);
    case 'array':
      return `Array(${view.total})${listed(view.items.map(briefly), view.total, '[', ']')}`;
    case 'set':
      return `Set(${view.total})${listed(view.items.map(briefly), view.total, '{', '}')}`;
    case 'map':
      return `Map(${view.total})${listed(
        view.entries.map(([key, part]) => `${briefly(key)} → ${briefly(part)}`),
        view.total,
        '{',
        '}',
      )}`;
    case 'object':
      return `${view.type ?? ''}${listed(
        view.entries.map(([key, part]) => `${key}: ${briefly(part)}`),
        view.total,
        '{',
        '}',
      )}`.trimStart();
    case 'error':
      return `${view.name}: ${view.message}`;
    case 'other':
      return `${view.type} ${view.text}`;
    case 'cut':
      return view.reason === 'cycle' ? '↑ shown further up' : '… too large to show';
  }
}

function textOfString(text: string, total: number): string {
  const shown = text.slice(0, MAX_TEXT_CHARS);
  return shown.length < total
    ? `${JSON.stringify(shown)}… (${shown.length} of ${total} characters)`
    : JSON.stringify(shown);
}

/** An inner value within the text of an outer one. */
function briefly(view: ValueView): string {
  if (view.kind === 'array' || view.kind === 'set' || view.kind === 'map')
    return `${view.kind === 'array' ? 'Array' : view.kind}(${view.total})`;
  if (view.kind === 'object') return view.type ?? '{…}';
  if (view.kind === 'string' && view.total > 40) return `${JSON.stringify(view.value.slice(0, 40))}…`;
  return textOfView(view);
}

function listed(parts: readonly string[], total: number, open: string, close: string): string {
  const shown = parts.slice(0, MAX_SHOWN_ENTRIES);
  if (shown.length < total) shown.push(`… ${total - shown.length} more`);
  return ` ${open}${shown.join(', ')}${close}`;
}
