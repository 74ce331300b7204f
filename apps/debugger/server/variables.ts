import { type InstanceState, type ValueView, viewText } from '@holon/engine/events';

/** Entries of one value shown at once; more come in ranges, each opened by itself. */
const PAGE_SIZE = 100;

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
    value: viewText(view),
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
      return { parts: view.entries.map(([key, part]) => variableOf(viewText(key), part)), total: view.total };
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
