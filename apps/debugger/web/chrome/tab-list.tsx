import type { HTMLAttributes, KeyboardEvent } from 'react';

interface TabListProps<T extends string> {
  /** Unique on the page; ids are made of it. */
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly text: string; readonly count?: number }[];
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
}

/** Tabs with the keys that the ARIA patterns give them: left and right choose, one of them is a tab stop. */
export function TabList<T extends string>({ name, label, tabs, chosen, onChoose }: TabListProps<T>) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const index = tabs.findIndex((tab) => tab.id === chosen);
    const next = tabs[(index + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next.id);
    document.getElementById(`${name}-tab-${next.id}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(({ id, text, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${name}-tab-${id}`}
          className="tab"
          aria-selected={id === chosen}
          aria-controls={`${name}-panel`}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {text}
          {count !== undefined && <span className="soft count">{count.toLocaleString()}</span>}
        </button>
      ))}
    </div>
  );
}

/** For the element that shows the chosen tab's content. */
export function tabPanelProps(name: string, chosen: string): HTMLAttributes<HTMLElement> {
  return { role: 'tabpanel', id: `${name}-panel`, 'aria-labelledby': `${name}-tab-${chosen}`, tabIndex: 0 };
}
