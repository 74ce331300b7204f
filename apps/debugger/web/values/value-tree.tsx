import { type ValueView, viewText } from '@holon/engine/events';
import { visibleText } from '@holon/viz';
import { type KeyboardEvent, useState } from 'react';
import { Icon } from '../chrome/icon.tsx';
import { shownLines } from './shown-text.ts';

/** Rows shown of one array or object before asking for more. */
const PAGE = 100;
/** A string longer than this opens instead of filling the panel. */
const LONG_STRING = 120;

interface Row {
  readonly name: string;
  readonly view: ValueView;
}

/** A value as a tree to open, row by row. What was cut says how much: `20 of 4,000`. */
export function ValueTree({ view, label }: { readonly view: ValueView; readonly label: string }) {
  return (
    <ul className="value-tree" role="tree" aria-label={label} onKeyDown={moveBetweenRows}>
      <ValueRow name={undefined} view={view} depth={0} />
    </ul>
  );
}

function ValueRow({
  name,
  view,
  depth,
}: {
  readonly name: string | undefined;
  readonly view: ValueView;
  readonly depth: number;
}) {
  const rows = rowsOf(view);
  const longText =
    view.kind === 'string' && view.value.length > LONG_STRING
      ? view.value
      : view.kind === 'error'
        ? view.stack
        : undefined;
  const opens = rows.length > 0 || longText !== undefined;
  const [isOpen, setOpen] = useState(depth === 0 && rows.length > 0);
  const [shown, setShown] = useState(PAGE);
  const total = totalOf(view);
  return (
    <li role="treeitem" aria-expanded={opens ? isOpen : undefined} aria-level={depth + 1}>
      <div
        className="value-row"
        tabIndex={depth === 0 ? 0 : -1}
        data-opens={opens || undefined}
        onClick={() => opens && setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (!opens) return;
          const wanted =
            event.key === 'Enter' || event.key === ' '
              ? !isOpen
              : event.key === 'ArrowRight'
                ? true
                : event.key === 'ArrowLeft'
                  ? false
                  : undefined;
          if (wanted === undefined || wanted === isOpen) return;
          event.preventDefault();
          event.stopPropagation();
          setOpen(wanted);
        }}
      >
        {opens ? (
          <Icon name="chevron" className={isOpen ? 'value-chevron open' : 'value-chevron'} />
        ) : (
          <span className="value-chevron" />
        )}
        {name !== undefined && <span className="value-name">{visibleText(name)}</span>}
        <span className={`value-text kind-${view.kind}`}>
          {visibleText(viewText(view, { depth: isOpen && rows.length > 0 ? 0 : 1 }))}
        </span>
      </div>
      {isOpen && longText !== undefined && <pre className="value-long">{shownLines(longText)}</pre>}
      {isOpen && rows.length > 0 && (
        <ul role="group">
          {rows.slice(0, shown).map((row) => (
            <ValueRow key={row.name} name={row.name} view={row.view} depth={depth + 1} />
          ))}
          {(rows.length > shown || total > rows.length) && (
            <li className="value-more" role="none">
              {Math.min(shown, rows.length).toLocaleString()} of {total.toLocaleString()}
              {rows.length > shown && (
                <button type="button" className="button small quiet" onClick={() => setShown(shown + PAGE)}>
                  Show more
                </button>
              )}
            </li>
          )}
        </ul>
      )}
      {isOpen && view.kind === 'string' && view.value.length < view.total && (
        <div className="value-more">
          {view.value.length.toLocaleString()} of {view.total.toLocaleString()} characters
        </div>
      )}
    </li>
  );
}

/** Up and down walk the rows that are visible; only one of them is a tab stop. */
function moveBetweenRows(event: KeyboardEvent<HTMLUListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.value-row')];
  const next = rows[rows.indexOf(event.target as HTMLElement) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function rowsOf(view: ValueView): readonly Row[] {
  switch (view.kind) {
    case 'array':
    case 'set':
      return view.items.map((item, index) => ({ name: String(index), view: item }));
    case 'object':
      return view.entries.map(([name, part]) => ({ name, view: part }));
    case 'map':
      // Keys may look the same; the position tells the rows apart.
      return view.entries.map(([key, part], index) => ({
        name: `${index}: ${viewText(key, { depth: 0 })}`,
        view: part,
      }));
    default:
      return [];
  }
}

function totalOf(view: ValueView): number {
  return 'total' in view ? view.total : 0;
}
