import { useEffect, useRef } from 'react';
import { SHORTCUTS } from '../keys/shortcuts.ts';
import { STATUS_WORDS, type DisplayStatus } from '../state/display-status.ts';
import { useView } from '../state/view-store.ts';
import { Icon } from './icon.tsx';
import { StatusIcon } from './status-icon.tsx';

const WIDGET_KEYS = [
  { title: 'Move through the graph and the drawings', keys: ['←', '→', '↑', '↓'] },
  { title: 'Select the focused node', keys: ['Enter'] },
  { title: 'Start a run, in the input box; apply, in an edited value', keys: ['Ctrl+Enter'] },
  { title: 'Close', keys: ['Esc'] },
] as const;

/** All keys, and what the shapes mean. */
export function HelpSheet() {
  const isOpen = useView((view) => view.help);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = (): void => useView.setState({ help: false });
  return (
    <dialog
      className="sheet"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className="sheet-head">
        <h2 id="help-title">Keys and signs</h2>
        <button type="button" className="button quiet icon" aria-label="Close" title="Close (Esc)" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <dl className="key-list">
        {[...SHORTCUTS, ...WIDGET_KEYS].map(({ title, keys }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <ul className="sign-list">
        {(Object.keys(STATUS_WORDS) as DisplayStatus[]).map((status) => (
          <li key={status}>
            <StatusIcon status={status} /> {STATUS_WORDS[status]}
          </li>
        ))}
        <li>
          <span className="breakpoint-dot" data-set="true" data-verified="true" /> breakpoint
        </li>
        <li>
          <span className="breakpoint-dot" data-set="true" data-verified="false" /> breakpoint that no run can stop at
        </li>
      </ul>
    </dialog>
  );
}
